import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type EmailRow, emailTable } from './entities'

/** The confirmed address of whoever had these ids, sealed; null without one. */
export async function addressOf(reader: Reader, residentIds: readonly string[]): Promise<string | null> {
  const rows = await reader.query<Pick<EmailRow, 'addressSealed'>>(
    `SELECT addressSealed FROM resident_email
      WHERE residentId IN (${placeholders(residentIds.length)}) AND addressSealed IS NOT NULL
      ORDER BY confirmedAt DESC LIMIT 1`,
    [...residentIds],
  )
  return rows[0]?.addressSealed ?? null
}

export async function emailRow(tx: Tx, residentId: string): Promise<EmailRow | null> {
  const rows = await tx.query<EmailRow>(`SELECT * FROM resident_email WHERE residentId = ?${tx.forUpdate}`, [
    residentId,
  ])
  return rows[0] ?? null
}

type Pending = Pick<EmailRow, 'pendingSealed' | 'codeHash' | 'triesLeft' | 'codeSentAt' | 'codeExpiresAt'>

/** Remembers the code that was sent; the confirmed address stays until another one is. */
export async function savePendingEmail(tx: Tx, residentId: string, pending: Pending): Promise<void> {
  const changed = await tx.execute(
    `UPDATE resident_email SET pendingSealed = ?, codeHash = ?, triesLeft = ?, codeSentAt = ?, codeExpiresAt = ?
      WHERE residentId = ?`,
    [
      pending.pendingSealed,
      pending.codeHash,
      pending.triesLeft,
      pending.codeSentAt,
      pending.codeExpiresAt,
      residentId,
    ],
  )
  if (changed === 0)
    await tx.insert(emailTable, { residentId, addressSealed: null, confirmedAt: null, ...pending })
}

/** Counts a try; false when none is left or the code is too old. */
export async function spendEmailTry(tx: Tx, residentId: string, nowMs: number): Promise<boolean> {
  const changed = await tx.execute(
    `UPDATE resident_email SET triesLeft = triesLeft - 1
      WHERE residentId = ? AND codeHash IS NOT NULL AND triesLeft > 0 AND codeExpiresAt > ?`,
    [residentId, nowMs],
  )
  return changed === 1
}

export async function confirmPendingEmail(tx: Tx, residentId: string, nowMs: number): Promise<void> {
  await tx.execute(
    `UPDATE resident_email SET addressSealed = pendingSealed, confirmedAt = ?, pendingSealed = NULL, codeHash = NULL,
        triesLeft = 0, codeExpiresAt = NULL
      WHERE residentId = ?`,
    [nowMs, residentId],
  )
}

export async function removeEmails(tx: Tx, residentIds: readonly string[]): Promise<void> {
  await tx.execute(`DELETE FROM resident_email WHERE residentId IN (${placeholders(residentIds.length)})`, [
    ...residentIds,
  ])
}
