import type { UtilityAnswer, UtilitySystem } from '../utility-system'

/** Where a company keeps no billing system of its own: our ledger is the record, and there is nobody to tell. */
export function createNoUtility(): UtilitySystem {
  const answer: UtilityAnswer = { state: 'accepted', code: 'NO_SYSTEM' }
  return { postReceipt: () => Promise.resolve(answer), postReading: () => Promise.resolve(answer) }
}
