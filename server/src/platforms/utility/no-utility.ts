import type { UtilitySystem } from '../utility-system'

/** Where a company keeps no billing system of its own: our ledger is the record, and there is nobody to tell. */
export function createNoUtility(): UtilitySystem {
  return { postReceipt: () => Promise.resolve({ state: 'accepted', code: 'NO_SYSTEM' }) }
}
