import { write } from '../api/client'
import { isUnsure } from '../api/errors'
import type { Cashier, Payment } from '../api/types'
import { pay } from '../platform/pay'
import type { WalletOutcome } from '../platform/types'
import { replace } from '../routes'
import { isSettled } from '../parts/payment-progress'
import { actFor, answerAct, endAct, type PayAct } from './pay-acts'
import { keepPayment } from './last-payment'

/** Asks the server for the order of this act. The same act again gives the same order. */
async function startAct(act: PayAct): Promise<{ payment: Payment; cashier: Cashier | null }> {
  const { clientId, billIds, product, shownTotalFen } = act
  try {
    const answer = await write('payments.start', { clientId, billIds, product, shownTotalFen })
    answerAct(clientId, answer.payment.id)
    keepPayment(answer.payment)
    return answer
  } catch (error) {
    if (!isUnsure(error)) endAct({ clientId })
    throw error
  }
}

/** Opens the wallet for an order, then the result page in place of this one, whatever the wallet says. */
async function openWallet(payment: Payment, cashier: Cashier | null, arrive: Arrive): Promise<void> {
  if (cashier === null || isSettled(payment.state)) return arrive(payment.id, 'unknown')
  if (!pay.leavesPage) return arrive(payment.id, await pay.open(cashier))
  // "Back" from the wallet's page must meet the result, not a cashier that would pay again.
  await arrive(payment.id, 'left')
  await pay.open(cashier)
}

type Arrive = (paymentId: string, wallet: WalletOutcome) => Promise<void>
const toResultPage: Arrive = async (paymentId, wallet) => {
  await replace('result', { paymentId, wallet })
}

/** From the cashier's tap to the result page. Rejects only when there is no order. */
export async function payBills(
  billIds: readonly string[],
  product: PayAct['product'],
  shownTotalFen: number,
  arrive: Arrive = toResultPage,
): Promise<void> {
  const act = actFor(billIds, product, shownTotalFen)
  let started = await startAct(act)
  if (started.payment.state === 'closed') {
    // The kept act belongs to an order that has expired since; the resident means a new one.
    endAct({ clientId: act.clientId })
    started = await startAct(actFor(billIds, product, shownTotalFen))
  }
  await openWallet(started.payment, started.cashier, arrive)
}

/** "Go on paying" on the result page: the same act again, the same order, the wallet once more. */
export async function resumePayment(act: PayAct, arrive: Arrive): Promise<void> {
  const { payment, cashier } = await startAct(act)
  await openWallet(payment, cashier, arrive)
}
