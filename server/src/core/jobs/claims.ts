import type { Core } from '../context'
import { inTransaction, placeholders } from '../db/database'
import { messageOf } from '../error-facts'
import type { JobLimits } from './define'
import type { JobRow } from './table'

/**
 * A claim is a compare-and-set with a token and a lease on the primary key, the same SQL on both engines. Every
 * change of a claimed row names the token, so that whoever lost the claim changes nothing.
 */

const BATCH = 50

/** Claims what is due of these kinds. A kind that only a newer version knows is left to the processes that know it. */
export async function claimDue(core: Core, names: readonly string[]): Promise<JobRow[]> {
  if (names.length === 0) return []
  const now = core.clock.now()
  const due = await core.db.reader.query<{ id: string }>(
    `SELECT id FROM job WHERE state = 'due' AND runAt <= ? AND job IN (${placeholders(names.length)})
     ORDER BY runAt, id LIMIT ${BATCH}`,
    [now, ...names],
  )
  if (due.length === 0) return []
  const token = core.ids.token(16)
  const ids = due.map((row) => row.id)
  return inTransaction(core, async (tx) => {
    await tx.execute(
      `UPDATE job SET token = ?, runAt = ?, attempts = attempts + 1
       WHERE id IN (${placeholders(ids.length)}) AND state = 'due' AND runAt <= ?`,
      [token, now + core.config.jobs.leaseMs, ...ids, now],
    )
    return tx.query<JobRow>(`SELECT * FROM job WHERE id IN (${placeholders(ids.length)}) AND token = ?`, [
      ...ids,
      token,
    ])
  })
}

/** Sees to it that the lease outlives one run. False when the claim has passed to another runner while it waited. */
export async function keepLease(core: Core, row: JobRow, timeoutMs: number): Promise<boolean> {
  const now = core.clock.now()
  if (Number(row.runAt) - now > timeoutMs) return true
  const until = now + timeoutMs + core.config.jobs.leaseMs
  const kept = await inTransaction(core, (tx) =>
    tx.execute('UPDATE job SET runAt = ? WHERE id = ? AND token = ?', [until, row.id, row.token]),
  )
  return kept === 1
}

/** Gives rows back that were claimed and never begun, as if nobody had claimed them. */
export async function giveBack(core: Core, rows: readonly JobRow[]): Promise<void> {
  if (rows.length === 0) return
  const now = core.clock.now()
  await inTransaction(core, async (tx) => {
    for (const row of rows) {
      await tx.execute(
        'UPDATE job SET runAt = ?, token = NULL, attempts = attempts - 1 WHERE id = ? AND token = ?',
        [now, row.id, row.token],
      )
    }
  })
}

export const DONE = "UPDATE job SET state = 'done', doneAt = ?, token = NULL WHERE id = ? AND token = ?"

/** A failed attempt comes back later; after the last one it stays visible as dead. */
export async function putBack(core: Core, job: JobLimits, row: JobRow, error: unknown): Promise<void> {
  const dead = row.attempts >= job.maxAttempts
  const name = error instanceof Error ? `${error.name}: ` : ''
  core.metrics.jobs.inc({ job: job.name, outcome: dead ? 'dead' : 'retry' })
  core.log[dead ? 'error' : 'warn'](
    { job: job.name, jobId: row.id, attempt: row.attempts, err: error },
    'jobs.attempt-failed',
  )
  await inTransaction(core, (tx) =>
    tx.execute(
      'UPDATE job SET state = ?, runAt = ?, token = NULL, lastError = ? WHERE id = ? AND token = ?',
      [
        dead ? 'dead' : 'due',
        core.clock.now() + job.backoffMs(row.attempts),
        `${name}${messageOf(error)}`.slice(0, 500),
        row.id,
        row.token,
      ],
    ),
  )
}
