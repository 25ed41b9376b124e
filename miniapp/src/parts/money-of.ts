import type { Payment } from '../api/types'
import { yuan } from '../format'
import { words } from '../words'
import { written } from '../format-words'

/** Pure words for where a payment's money went: into the bills, back, or into the household's credit. */

type Money = Pick<Payment, 'amountFen' | 'keptFen' | 'returnedFen' | 'creditedFen'>

/** The sum that stands for a payment: what the bills kept; or, when they kept nothing, what became of it. */
export function shownFen(payment: Money): number {
  if (payment.keptFen === null) return payment.amountFen
  return payment.keptFen || payment.returnedFen || payment.creditedFen || payment.amountFen
}

/** The part that the bills did not need, in figures; empty when everything was used. */
export function restFacts(payment: Money): { label: string; fen: number }[] {
  const { amountFen, keptFen, returnedFen, creditedFen } = payment
  if (keptFen === null || returnedFen + creditedFen === 0 || shownFen(payment) === amountFen) return []
  return [
    { label: words.money.paidInAll, fen: amountFen },
    ...(keptFen > 0 ? [{ label: words.money.kept, fen: keptFen }] : []),
    ...(returnedFen > 0 ? [{ label: words.money.returned, fen: returnedFen }] : []),
    ...(creditedFen > 0 ? [{ label: words.money.credited, fen: creditedFen }] : []),
  ]
}

/** The same in a sentence: what goes back and what stays as credit; null when everything was used. */
export function restSentence(payment: Money): string | null {
  if (restFacts(payment).length === 0) return null
  const parts = [
    ...(payment.returnedFen > 0 ? [words.money.goesBack(yuan(payment.returnedFen))] : []),
    ...(payment.creditedFen > 0 ? [words.money.stays(yuan(payment.creditedFen))] : []),
  ]
  return written.sentence(parts)
}
