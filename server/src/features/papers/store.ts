import type { Reader, Tx } from '../../core/db/database'
import { type ProofRow, proofTable } from './entities'

export async function findProof(
  reader: Reader,
  of: { readonly paymentId: string; readonly householdId: string },
): Promise<ProofRow | null> {
  const rows = await reader.query<ProofRow>(
    'SELECT * FROM payment_proof WHERE paymentId = ? AND householdId = ?',
    [of.paymentId, of.householdId],
  )
  return rows[0] ?? null
}

export async function findProofByCode(reader: Reader, code: string): Promise<ProofRow | null> {
  const rows = await reader.query<ProofRow>('SELECT * FROM payment_proof WHERE code = ?', [code])
  return rows[0] ?? null
}

export async function insertProof(tx: Tx, row: ProofRow): Promise<void> {
  await tx.insert(proofTable, row)
}
