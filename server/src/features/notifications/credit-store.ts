import { isDuplicate, placeholders, type Reader, type Tx } from '../../core/db/database'
import { type CreditRow, creditTable } from './entities'

type CreditKey = Pick<CreditRow, 'channel' | 'templateId'>

export async function addCredit(tx: Tx, row: Omit<CreditRow, 'endsAt'>): Promise<void> {
  const add = (): Promise<number> =>
    tx.execute(
      'UPDATE message_credit SET credits = credits + ?, updatedAt = ? WHERE residentId = ? AND channel = ? AND templateId = ?',
      [row.credits, row.updatedAt, row.residentId, row.channel, row.templateId],
    )
  if ((await add()) > 0) return
  try {
    await tx.insert(creditTable, { ...row, endsAt: null })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    await add()
  }
}

/** So many and no more, until then, whatever was counted before. */
export async function setCredit(tx: Tx, row: CreditRow): Promise<void> {
  const set = (): Promise<number> =>
    tx.execute(
      'UPDATE message_credit SET credits = ?, endsAt = ?, updatedAt = ? WHERE residentId = ? AND channel = ? AND templateId = ?',
      [row.credits, row.endsAt, row.updatedAt, row.residentId, row.channel, row.templateId],
    )
  if ((await set()) > 0) return
  try {
    await tx.insert(creditTable, row)
  } catch (error) {
    if (!isDuplicate(error)) throw error
    await set()
  }
}

/** Under its lock; null where nothing was counted yet. */
export async function lockCredit(
  tx: Tx,
  key: Pick<CreditRow, 'residentId' | 'channel' | 'templateId'>,
): Promise<CreditRow | null> {
  const rows = await tx.query<CreditRow>(
    `SELECT * FROM message_credit WHERE residentId = ? AND channel = ? AND templateId = ?${tx.forUpdate}`,
    [key.residentId, key.channel, key.templateId],
  )
  return rows[0] ?? null
}

/** One permission of each of these is used up; a count that we did not have stays unknown. */
export async function spendCredits(
  tx: Tx,
  key: CreditKey,
  residentIds: readonly string[],
  nowMs: number,
): Promise<void> {
  await tx.execute(
    `UPDATE message_credit SET credits = CASE WHEN credits > 0 THEN credits - 1 ELSE 0 END, updatedAt = ?
      WHERE channel = ? AND templateId = ? AND residentId IN (${placeholders(residentIds.length)})`,
    [nowMs, key.channel, key.templateId, ...residentIds],
  )
}

/** None is left for these, whatever we counted; kept also where we had counted nothing. */
export async function emptyCredits(
  tx: Tx,
  key: CreditKey,
  residentIds: readonly string[],
  nowMs: number,
): Promise<void> {
  if (residentIds.length === 0) return
  const rows = await tx.query<{ residentId: string }>(
    `SELECT residentId FROM message_credit
      WHERE channel = ? AND templateId = ? AND residentId IN (${placeholders(residentIds.length)})`,
    [key.channel, key.templateId, ...residentIds],
  )
  const known = new Set(rows.map(({ residentId }) => residentId))
  const fresh = residentIds.filter((id) => !known.has(id))
  if (known.size > 0)
    await tx.execute(
      `UPDATE message_credit SET credits = 0, updatedAt = ?
        WHERE channel = ? AND templateId = ? AND residentId IN (${placeholders(known.size)})`,
      [nowMs, key.channel, key.templateId, ...known],
    )
  if (fresh.length > 0)
    await tx.insert(
      creditTable,
      fresh.map((residentId) => ({ residentId, ...key, credits: 0, endsAt: null, updatedAt: nowMs })),
    )
}

export async function dropCredits(tx: Tx, key: CreditKey, residentIds: readonly string[]): Promise<void> {
  if (residentIds.length === 0) return
  await tx.execute(
    `DELETE FROM message_credit
      WHERE channel = ? AND templateId = ? AND residentId IN (${placeholders(residentIds.length)})`,
    [key.channel, key.templateId, ...residentIds],
  )
}

/** At least one is left: a platform's own word, which our page may have told us already. */
export async function atLeastOneCredit(
  tx: Tx,
  key: Pick<CreditRow, 'residentId' | 'channel' | 'templateId'>,
  nowMs: number,
): Promise<void> {
  const known = await tx.execute(
    `UPDATE message_credit SET credits = CASE WHEN credits < 1 THEN 1 ELSE credits END, updatedAt = ?
      WHERE residentId = ? AND channel = ? AND templateId = ?`,
    [nowMs, key.residentId, key.channel, key.templateId],
  )
  if (known === 0) await addCredit(tx, { ...key, credits: 1, updatedAt: nowMs })
}

export function creditsOfResidents(reader: Reader, residentIds: readonly string[]): Promise<CreditRow[]> {
  return reader.query<CreditRow>(
    `SELECT * FROM message_credit WHERE residentId IN (${placeholders(residentIds.length)})
      ORDER BY residentId, channel, templateId`,
    [...residentIds],
  )
}

/** Whoever has no account at this channel any more has allowed nothing there. */
export async function deleteCredits(tx: Tx, residentId: string, channel: string): Promise<void> {
  await tx.execute('DELETE FROM message_credit WHERE residentId = ? AND channel = ?', [residentId, channel])
}
