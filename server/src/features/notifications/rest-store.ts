import { isDuplicate, type Reader, type Tx } from '../../core/db/database'
import { type RestRow, restTable } from './entities'

/** What rests now. A rest lasts until a probe goes through or a person ends it. */
export function restsNow(reader: Reader): Promise<RestRow[]> {
  return reader.query<RestRow>(
    'SELECT * FROM message_rest WHERE restsUntil IS NOT NULL ORDER BY channel, templateId',
  )
}

/** Everything that counts or rests: some dozens of rows at most. */
export function allRests(reader: Reader): Promise<RestRow[]> {
  return reader.query<RestRow>('SELECT * FROM message_rest')
}

export async function saveRest(tx: Tx, row: RestRow): Promise<void> {
  const save = (): Promise<number> =>
    tx.execute(
      `UPDATE message_rest SET failures = ?, reason = ?, restsUntil = ?, probeAt = ?, updatedAt = ?
        WHERE channel = ? AND templateId = ?`,
      [row.failures, row.reason, row.restsUntil, row.probeAt, row.updatedAt, row.channel, row.templateId],
    )
  if ((await save()) > 0) return
  try {
    await tx.insert(restTable, row)
  } catch (error) {
    if (!isDuplicate(error)) throw error
    await save()
  }
}

/** The number of failures in a row; a rest that somebody else began meanwhile stays. */
export async function saveCountOfRest(tx: Tx, row: RestRow): Promise<void> {
  const known = await tx.query<RestRow>('SELECT * FROM message_rest WHERE channel = ? AND templateId = ?', [
    row.channel,
    row.templateId,
  ])
  // A row without failures ends a rest, because a probe went through; one with failures only counts.
  if (row.failures > 0 && known[0] !== undefined && known[0].restsUntil !== null) return
  await saveRest(tx, row)
}

/** True for the one process that may try, until `nextProbeAt`, whether this channel works again. */
export async function claimProbe(
  tx: Tx,
  channel: string,
  times: { readonly now: number; readonly nextProbeAt: number },
): Promise<boolean> {
  const claimed = await tx.execute(
    `UPDATE message_rest SET probeAt = ? WHERE channel = ? AND templateId = '*' AND restsUntil IS NOT NULL
      AND probeAt <= ?`,
    [times.nextProbeAt, channel, times.now],
  )
  return claimed === 1
}

export async function endRest(tx: Tx, channel: string, templateId: string, nowMs: number): Promise<number> {
  return tx.execute(
    `UPDATE message_rest SET failures = 0, reason = NULL, restsUntil = NULL, probeAt = NULL, updatedAt = ?
      WHERE channel = ? AND templateId = ?`,
    [nowMs, channel, templateId],
  )
}
