import type { Household } from '../../api/types'
import { words } from '../../words'

/** The form as the resident left it; a code is not kept, it is dead by then. */
export interface Draft {
  companyId: string | null
  accountNo: string
  proofKind: 'phone-tail' | 'sms-code'
  tail: string
  /** Acting for somebody is agreed to, never chosen. */
  role: Exclude<Household['role'], 'proxy'>
}
export const emptyDraft: Draft = {
  companyId: null,
  accountNo: '',
  proofKind: 'phone-tail',
  tail: '',
  role: 'owner',
}

export interface Faults {
  accountNo: string | null
  proof: string | null
}

/** What is wrong with the form, in words; null where nothing is. A scanned code stands for the number (null). */
export function faultsOf(draft: Draft, code: string, accountNoLength: number | null): Faults {
  return {
    accountNo:
      accountNoLength === null || draft.accountNo.length === accountNoLength
        ? null
        : words.bind.wrongLength(accountNoLength),
    proof:
      draft.proofKind === 'phone-tail'
        ? /^\d{4}$/.test(draft.tail)
          ? null
          : words.bind.wrongTail
        : /^\d{6}$/.test(code)
          ? null
          : words.bind.wrongCode,
  }
}
