import { col, defineTable } from '../../core/db/tables'

/** A proof of one payment for one household. What it says is read from the payment each time, so it cannot grow stale. */
export interface ProofRow {
  id: string
  /** Sixteen characters, the last of which checks the others (proof-code.ts). */
  code: string
  paymentId: string
  householdId: string
  companyId: string
  createdAt: number
}

export const proofTable = defineTable<ProofRow>('payment_proof', {
  columns: {
    id: col.key(26),
    code: col.key(16),
    paymentId: col.key(26),
    householdId: col.key(26),
    companyId: col.key(32),
    createdAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { payment_proof_code: ['code'], payment_proof_once: ['paymentId', 'householdId'] },
  indexes: { payment_proof_of_household: ['householdId'] },
})
