import { DAY_MS } from '../clock'
import type { CoreCtx } from '../context'
import { inTransaction, placeholders, type Tx } from '../db/database'
import type { Schedule } from './define'

const BATCH_ROWS = 500
const MOST_BATCHES = 40

/**
 * Deletes jobs that were done `jobs.keepDoneDays` ago, in small transactions and with an upper bound per run, so
 * that the table which every claim reads stays small. What is due or dead stays.
 */
export const forgetDoneJobsHourly: Schedule<CoreCtx> = {
  name: 'jobs.forget-done',
  everyMs: 3_600_000,
  run: async (ctx, stopping) => {
    const before = ctx.clock.now() - ctx.config.jobs.keepDoneDays * DAY_MS
    for (let batch = 0; batch < MOST_BATCHES && !stopping.aborted; batch++) {
      if ((await inTransaction(ctx, (tx) => deleteDone(tx, before))) < BATCH_ROWS) break
    }
  },
}

async function deleteDone(tx: Tx, before: number): Promise<number> {
  // Only done rows have the instant, so the index on it holds nothing else that is this old.
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM job WHERE doneAt < ? ORDER BY doneAt LIMIT ${BATCH_ROWS}`,
    [before],
  )
  if (rows.length === 0) return 0
  return tx.execute(
    `DELETE FROM job WHERE id IN (${placeholders(rows.length)}) AND state = 'done'`,
    rows.map((row) => row.id),
  )
}
