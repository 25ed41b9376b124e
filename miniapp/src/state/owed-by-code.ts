import { write } from '../api/client'
import { ApiError } from '../api/errors'
import type { Owed } from '../api/types'
import { words } from '../words'
import { type CodeVisit, currentVisit } from './code-visit'

/** What is owed at the household whose code is in hand, asked anew, in the cashier's own shape. */
export async function owedByCode(): Promise<Owed> {
  const visit = currentVisit()
  if (visit === null) throw new ApiError('visit_over', words.code.visitOver)
  const answer = await write('codes.open', { token: visit.token, again: true })
  if (answer.state === 'revoked') throw new ApiError('code_revoked', answer.words)
  return owedOf({ ...visit, page: answer.page })
}

/** Pure. */
export function owedOf({ householdId, page }: Pick<CodeVisit, 'householdId' | 'page'>): Owed {
  const { companyId, companyName, kind, owedFen, unknownReason, asOf } = page
  return {
    totalFen: owedFen ?? 0,
    missing: owedFen === null ? [companyName] : [],
    asOf,
    groups: [
      {
        householdId,
        companyId,
        companyName,
        kind,
        shortAddress: page.addressMasked,
        accountNoMasked: page.accountNoMasked,
        owedFen,
        unknownReason,
        asOf,
        creditFen: 0,
        merchantKey: companyId,
        bills: page.bills.map((bill) => ({
          ...bill,
          householdId,
          companyId,
          kind,
          amountFen: bill.owedFen,
          paidFen: 0,
          lateFeeFen: 0,
          state: 'open',
          heldByPaymentId: null,
          heldByOtherUntil: null,
          asOf: asOf ?? 0,
        })),
      },
    ],
  }
}
