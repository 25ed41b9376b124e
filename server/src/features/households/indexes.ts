import type { Vault } from '../../core/vault'

/** Blind indexes of this feature. Each kind has a name of its own, so that equal texts of two kinds never match. */

/** Bound to the household: ten thousand tails are few, and one leaked index must not tell of another household. */
export function phoneTailIndex(vault: Vault, householdId: string, tail: string): string {
  return vault.index('household-phone-tail', `${householdId}\n${tail}`)
}

/** By which a caller's household is found; equal for all households of one owner. */
export function ownerPhoneIndex(vault: Vault, phone: string): string {
  return vault.index('household-phone', phone)
}

/** Stands for an account number in counters and audit rows, whether or not a household has it. */
export function accountIndex(vault: Vault, companyId: string, accountNo: string): string {
  return vault.index('household-account', `${companyId}\n${accountNo}`)
}
