import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { deleteBytes } from './delete-bytes'
import type { FileRow } from './entities'
import { attachedFiles, moveFile, postponeFile } from './store'

const BATCH = 200
const MOST_BATCHES = 20

/**
 * What whoever owns the claim says about a file: from when its days are counted and how many there are; null while the
 * matter is open, or where the file is not theirs.
 */
export type KeepRule = (
  claims: readonly string[],
) => Promise<ReadonlyMap<string, { readonly fromMs: number; readonly days: number } | null>>

/**
 * Deletes files whose claim begins so, such as `request:`, when their time is over (security.md C13), in pages, the
 * oldest first. The row stays and says that it was deleted. A file that is still needed is looked at again when as long
 * has passed as it may be kept at least.
 */
export async function expireFiles(
  ctx: Ctx,
  of: {
    readonly claims: string
    /** No file is deleted before so many days have passed. */
    readonly leastDays: number
    readonly rule: KeepRule
  },
  stopping?: AbortSignal,
): Promise<number> {
  const leastMs = of.leastDays * DAY_MS
  const now = ctx.clock.now()
  let deleted = 0
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const rows = await attachedFiles(ctx.db.reader, {
      claims: of.claims,
      before: now - leastMs,
      limit: BATCH,
    })
    const kept = await of.rule([...new Set(rows.map(({ claim }) => claim ?? ''))])
    for (const row of rows) {
      if (stopping?.aborted) return deleted
      const keep = kept.get(row.claim ?? '') ?? null
      const until = keep === null ? null : keep.fromMs + keep.days * DAY_MS
      if (until !== null && until <= now) deleted += (await expire(ctx, row, now)) ? 1 : 0
      // As old as it must be for the next look to come when its time is over.
      else await inTransaction(ctx, (tx) => postponeFile(tx, row, until === null ? now : until - leastMs))
    }
    if (rows.length < BATCH) break
  }
  return deleted
}

async function expire(ctx: Ctx, row: FileRow, now: number): Promise<boolean> {
  const moved = await inTransaction(ctx, (tx) => moveFile(tx, row.id, { from: 'ready', to: 'expiring', now }))
  if (moved) await finishExpiry(ctx, row)
  return moved
}

/** Deletes the bytes; when the storage is away the sweep comes back for them. */
export async function finishExpiry(
  ctx: Ctx,
  row: Pick<FileRow, 'id' | 'storageKey' | 'thumbKey'>,
): Promise<void> {
  if (!(await deleteBytes(ctx, row))) return
  await inTransaction(ctx, (tx) =>
    moveFile(tx, row.id, { from: 'expiring', to: 'expired', now: ctx.clock.now() }),
  )
}
