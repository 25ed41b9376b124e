import { read, write } from '../api/client'
import type { Payment } from '../api/types'
import { asksPlatform, isSettled } from '../parts/payment-progress'

interface News {
  payment: Payment
  /** The platform itself was asked. */
  asked: boolean
}

const look = async (paymentId: string): Promise<News> => ({
  payment: (await read('payments.get', { paymentId })).payment,
  asked: false,
})

/**
 * How a payment stands, at the given attempt (from 0). Our own record comes first: what is settled needs no platform,
 * and a platform that is away, or a question too many, must not hide it. Rejects only when our record cannot be had.
 */
export async function askPayment(paymentId: string, attempt: number): Promise<News> {
  if (!asksPlatform(attempt)) return look(paymentId)
  if (attempt === 0) {
    const known = await look(paymentId)
    if (isSettled(known.payment.state)) return known
  }
  try {
    return { payment: (await write('payments.check', { paymentId })).payment, asked: true }
  } catch {
    return look(paymentId)
  }
}
