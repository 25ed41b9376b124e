import type { z } from 'zod'
import type { paymentState } from './schema'

export type PaymentState = z.infer<typeof paymentState>

/** Which moves an order may make. Verified money reopens a closed order; nothing else does (I6). */
const moves: Readonly<Record<PaymentState, readonly PaymentState[]>> = {
  preparing: ['waiting', 'paid', 'closed', 'refunding', 'credited'],
  waiting: ['paid', 'closed', 'refunding', 'credited'],
  closed: ['paid', 'refunding', 'credited'],
  paid: [],
  refunding: ['refunded'],
  refunded: [],
  credited: [],
}

/** Throws when the table does not know the move: money would otherwise change state by mistake. */
export function assertMove(from: string, to: PaymentState): void {
  const allowed = Object.entries(moves).find(([state]) => state === from)?.[1] ?? []
  if (!allowed.includes(to)) throw new Error(`A payment cannot go from ${from} to ${to}.`)
}

/** Still open: money may be asked for. */
export const isOpen = (state: string): boolean => state === 'preparing' || state === 'waiting'

/** The money came and was posted, whatever became of it after. */
export const isSettled = (state: string): boolean =>
  state === 'paid' || state === 'refunding' || state === 'refunded' || state === 'credited'
