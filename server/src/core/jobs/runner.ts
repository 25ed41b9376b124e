import type { Core, CoreCtx } from '../context'
import { inTransaction, outsideTransaction, placeholders } from '../db/database'
import { runDueSchedules } from './schedules'
import type { AnyJob, RunningJob, Schedule } from './define'
import type { JobRow } from './table'

export interface JobRunner {
  /** Looks for due work now instead of at the next poll. */
  wake(): void
  /** Runs what is due until nothing is, and answers how many ran; for tests and for the last turn before a stop. */
  runDue(): Promise<number>
  /** Stops claiming and waits for what is running. */
  stop(): Promise<void>
}

export interface RunnerOptions<C extends CoreCtx> {
  readonly core: Core
  readonly jobs: readonly AnyJob<C>[]
  readonly schedules: readonly Schedule<C>[]
  readonly contextFor: (requestId: string) => C
  /** Without it nothing runs by itself; tests call runDue. */
  readonly poll: boolean
}

const BATCH = 50
/** Commits come in bursts; a short wait lets one turn serve many of them, and lets the callbacks go first. */
const GATHER_MS = 50

/**
 * Runs jobs from their table. A claim is a compare-and-set with a token and a lease on the primary key, the same
 * SQL on both engines; a runner that comes back after its lease finds its token gone and changes nothing. Any
 * number of processes may run this against one database.
 */
export function startJobRunner<C extends CoreCtx>(options: RunnerOptions<C>): JobRunner {
  const { core } = options
  const byName = new Map(options.jobs.map((job) => [job.name, job]))
  let stopped = false
  let turn: Promise<number> | null = null
  let again = false
  let timer: NodeJS.Timeout | null = null

  const oneTurn = async (): Promise<number> => {
    await runDueSchedules(core, options.schedules, options.contextFor)
    const claimed = await claimDue(core, [...byName.keys()])
    await inLanes(claimed, core.config.jobs.concurrency, (row) => runOne(options, byName, row))
    return claimed.length
  }
  const turnUntilIdle = async (): Promise<number> => {
    let total = 0
    for (let ran = 1; ran > 0 && !stopped; ) {
      again = false
      ran = await oneTurn()
      total += ran
      if (again) ran = 1
    }
    return total
  }
  const begin = (): Promise<number> => {
    turn ??= outsideTransaction(turnUntilIdle).finally(() => {
      turn = null
    })
    return turn
  }
  const beginQuietly = (): void => {
    begin().catch((error: unknown) => core.log.error({ err: error }, 'jobs.turn-failed'))
  }
  if (options.poll) timer = setInterval(beginQuietly, core.config.jobs.pollMs)
  let gathering: NodeJS.Timeout | null = null
  return {
    wake: () => {
      again = true
      if (!options.poll || stopped || gathering) return
      gathering = setTimeout(() => {
        gathering = null
        if (!stopped) beginQuietly()
      }, GATHER_MS)
      gathering.unref()
    },
    runDue: begin,
    stop: async () => {
      stopped = true
      if (timer) clearInterval(timer)
      await turn?.catch(() => undefined)
    },
  }
}

async function claimDue(core: Core, names: readonly string[]): Promise<JobRow[]> {
  if (names.length === 0) return []
  const now = core.clock.now()
  const due = await core.db.reader.query<{ id: string }>(
    `SELECT id FROM job WHERE state = 'due' AND runAt <= ? ORDER BY runAt, id LIMIT ${BATCH}`,
    [now],
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

async function runOne<C extends CoreCtx>(
  options: RunnerOptions<C>,
  byName: ReadonlyMap<string, AnyJob<C>>,
  row: JobRow,
): Promise<void> {
  const { core } = options
  const job = byName.get(row.job)
  if (!job) return
  let completed = false
  const running: RunningJob = {
    id: row.id,
    attempt: row.attempts,
    completeIn: async (tx) => {
      const marked = await tx.execute(DONE, [core.clock.now(), row.id, row.token])
      if (marked === 0) throw new Error(`The lease of job ${row.id} has passed to another runner.`)
      completed = true
    },
  }
  try {
    await withTimeout(
      job.runRaw(options.contextFor(`job-${row.id}`), JSON.parse(row.payload), running),
      job.timeoutMs,
    )
    if (!completed) await inTransaction(core, (tx) => tx.execute(DONE, [core.clock.now(), row.id, row.token]))
    core.metrics.jobs.inc({ job: job.name, outcome: 'done' })
  } catch (error) {
    await putBack(core, job, row, error)
  }
}

const DONE = "UPDATE job SET state = 'done', doneAt = ?, token = NULL WHERE id = ? AND token = ?"

/** A failed attempt comes back later; after the last one it stays visible as dead. */
async function putBack<C extends CoreCtx>(
  core: Core,
  job: AnyJob<C>,
  row: JobRow,
  error: unknown,
): Promise<void> {
  const dead = row.attempts >= job.maxAttempts
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
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
        message.slice(0, 500),
        row.id,
        row.token,
      ],
    ),
  )
}

async function withTimeout(work: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Runs `work` over `items`, at most `lanes` at a time. */
export async function inLanes<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items]
  const lane = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane))
}
