import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { deleteBytes } from './delete-bytes'
import type { FileRow } from './entities'
import { finishExpiry } from './expire-files'
import { ABANDONED_MS, processFile } from './process-file'
import {
  deleteFileRow,
  discardLoose,
  forgetPushes,
  judge,
  looseFiles,
  unansweredChecks,
  unfinishedAmong,
  unfinishedFiles,
} from './store'
import { dropTemporary, waitingIds } from './upload-folder'

const BATCH = 200
/** WeChat answers within half an hour (wechat.md section 5). */
const CHECK_PATIENCE_MS = 60 * 60_000
const PUSH_KEPT_MS = 2 * DAY_MS

/**
 * Clears away what nobody came back for: uploads that stopped, files attached to nothing, bytes whose deletion failed.
 * Takes up again what a process left half decoded, and hands checks without an answer to a person. Every turn is
 * bounded; what is left comes with the next.
 */
export async function sweepFiles(ctx: Ctx, stopping: AbortSignal): Promise<void> {
  const { files } = ctx.config
  const now = ctx.clock.now()
  for (const row of await unfinishedFiles(ctx.db.reader, 'processing', now - ABANDONED_MS, BATCH)) {
    if (stopping.aborted) return
    await processFile(ctx, row.id).catch((error: unknown) =>
      ctx.log.warn({ err: error, fileId: row.id }, 'files.not-processed'),
    )
  }
  const dead = await unfinishedFiles(ctx.db.reader, 'receiving', now - files.abandonedMinutes * 60_000, BATCH)
  const loose = await looseFiles(ctx.db.reader, now - files.looseHours * 3_600_000, BATCH)
  for (const row of [...dead, ...loose]) {
    if (stopping.aborted) return
    await clear(ctx, row, now)
  }
  for (const row of await unfinishedFiles(ctx.db.reader, 'expiring', now, BATCH)) {
    if (stopping.aborted) return
    await finishExpiry(ctx, row)
  }
  for (const row of await unansweredChecks(ctx.db.reader, now - CHECK_PATIENCE_MS, BATCH)) {
    await inTransaction(ctx, (tx) =>
      judge(tx, row.id, { from: ['pending'], to: 'review', label: null, by: 'system' }),
    )
  }
  await inTransaction(ctx, (tx) => forgetPushes(tx, now - PUSH_KEPT_MS))
  await sweepTemporary(ctx)
}

/** The row itself goes once its day is over: until then it keeps the place that it took. */
async function clear(ctx: Ctx, row: FileRow, now: number): Promise<void> {
  const discarded =
    row.state === 'discarded' || (await inTransaction(ctx, (tx) => discardLoose(tx, row.id, now)))
  if (!discarded || !(await deleteBytes(ctx, row))) return
  if (Number(row.createdAt) < now - DAY_MS) await inTransaction(ctx, (tx) => deleteFileRow(tx, row.id))
}

/** Temporary files whose file is finished, discarded or gone; also those that a dead decoder was writing. */
export async function sweepTemporary(ctx: Ctx): Promise<void> {
  const ids = await waitingIds(ctx)
  for (let at = 0; at < ids.length; at += BATCH) {
    const some = ids.slice(at, at + BATCH)
    const alive = await unfinishedAmong(ctx.db.reader, some)
    for (const id of some) if (!alive.has(id)) await dropTemporary(ctx, id)
  }
}
