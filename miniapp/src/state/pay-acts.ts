import { newClientId } from '../api/act-ids'
import { load, save } from '../platform/storage'
import type { PayProduct } from '../api/types'

/**
 * One intended payment, kept from the first tap until it has come to an end, so that a retry after a lost network
 * (or "go on paying" later) repeats the same act under the same id and can never become a second payment.
 */
export interface PayAct {
  clientId: string
  billIds: string[]
  product: PayProduct
  shownTotalFen: number
  /** Known once the server has answered. */
  paymentId: string | null
}

const key = 'pay-acts'
const keptActs = 20
const acts = (): PayAct[] => load<PayAct[]>(key) ?? []
const same = (a: PayAct, b: Omit<PayAct, 'clientId' | 'paymentId'>) =>
  a.product === b.product && a.shownTotalFen === b.shownTotalFen && a.billIds.join() === b.billIds.join()

/** The act for exactly these bills at exactly this total: the kept one, or a new one that is kept from now on. */
export function actFor(billIds: readonly string[], product: PayProduct, shownTotalFen: number): PayAct {
  const wanted = { billIds: [...billIds].sort(), product, shownTotalFen }
  const kept = acts().find((act) => same(act, wanted))
  if (kept) return kept
  const act: PayAct = { ...wanted, clientId: newClientId(), paymentId: null }
  save(key, [act, ...acts()].slice(0, keptActs))
  return act
}

/** The server has answered with this payment. */
export function answerAct(clientId: string, paymentId: string): void {
  save(
    key,
    acts().map((act) => (act.clientId === clientId ? { ...act, paymentId } : act)),
  )
}

/** The act is over (paid, closed, or refused for good); the same bills may start anew. */
export function endAct(match: { clientId?: string; paymentId?: string }): void {
  const over = (act: PayAct) =>
    act.clientId === match.clientId || (match.paymentId !== undefined && act.paymentId === match.paymentId)
  save(
    key,
    acts().filter((act) => !over(act)),
  )
}

export const actOfPayment = (paymentId: string): PayAct | null =>
  acts().find((act) => act.paymentId === paymentId) ?? null
