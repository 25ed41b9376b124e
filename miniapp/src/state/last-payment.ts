import type { Payment } from '../api/types'

/** The payment just started, so that the result page has something to show before its first answer. */
let last: Payment | null = null

export const keepPayment = (payment: Payment): void => {
  last = payment
}
export const keptPayment = (paymentId: string): Payment | null => (last?.id === paymentId ? last : null)
