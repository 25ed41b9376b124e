import type { Core, CoreCtx } from '../context'
import { inTransaction, outsideTransaction } from '../db/database'
import { claimDue, DONE, giveBack, keepLease, putBack } from './claims'
import type { AnyJob, Pump, RunningJob, Schedule } from './define'
import { pumpTurns } from './pumps'
import { scheduleTurns } from './schedules'
import type { JobRow } from './table'
import { within } from './within'

export interface JobRunner {
  /** Looks for due jobs now instead of at the next poll. */
  wake(): void
  /** Runs every due schedule and job until nothing is due, and answers how many jobs ran; for tests. */
  runDue(): Promise<number>
  /** Claims nothing more, gives back what was not begun, and waits at most `jobs.stopWaitMs` for what runs. */
  stop(): Promise<void>
}

export interface RunnerOptions<C extends CoreCtx> {
  readonly core: Core
  readonly jobs: readonly AnyJob<C>[]
  readonly schedules: readonly Schedule<C>[]
  readonly pumps?: readonly Pump<C>[]
  readonly contextFor: (requestId: string) => C
  /** Without it nothing runs by itself; tests call runDue. */
  readonly poll: boolean
}

/** Commits come in bursts; a short wait lets one claim serve many of them, and lets the callbacks go first. */
const GATHER_MS = 50

/**
 * Runs jobs from their table, and schedules beside them; neither waits for the other. Any number of processes may
 * run this against one database.
 */
export function startJobRunner<C extends CoreCtx>(options: RunnerOptions<C>): JobRunner {
  const { core } = options
  const stopping = new AbortController()
  const turns = scheduleTurns({ ...options, stopping: stopping.signal })
  const pumps = pumpTurns({ ...options, pumps: options.pumps ?? [], stopping: stopping.signal })
  const pool = jobPool(options, stopping.signal)
  let idle: Promise<number> | null = null

  const untilIdle = async (): Promise<number> => {
    for (let total = 0; ; ) {
      await turns.runDue()
      const began = await pool.beginDue()
      await pool.settled()
      const pumped = await pumps.runDue()
      total += began
      if (began + pumped === 0 || stopping.signal.aborted) return total
    }
  }
  const quietly = (begin: () => Promise<unknown>): void => {
    outsideTransaction(begin).catch((error: unknown) => core.log.error({ err: error }, 'jobs.turn-failed'))
  }
  const tick = (): void => {
    quietly(turns.beginDue)
    quietly(pool.beginDue)
    pumps.begin()
  }
  const timer = options.poll ? setInterval(tick, core.config.jobs.pollMs) : undefined
  let gathering: NodeJS.Timeout | undefined
  return {
    wake: () => {
      pool.lookAgain()
      if (!options.poll || stopping.signal.aborted || gathering) return
      gathering = setTimeout(() => {
        gathering = undefined
        quietly(pool.beginDue)
        pumps.begin()
      }, GATHER_MS)
      gathering.unref()
    },
    runDue: () => {
      idle ??= outsideTransaction(untilIdle).finally(() => {
        idle = null
      })
      return idle
    },
    stop: async () => {
      stopping.abort()
      clearInterval(timer)
      clearTimeout(gathering)
      const finished = Promise.all([
        pool.giveUp(),
        turns.settled(),
        pumps.settled(),
        idle?.catch(() => undefined),
      ])
      const inTime = await within(core.config.jobs.stopWaitMs, finished)
      if (!inTime) core.log.warn({ waitedMs: core.config.jobs.stopWaitMs }, 'jobs.left-running')
    },
  }
}

interface JobPool {
  /** Claims and begins what is due until nothing is, and answers how many. It does not wait for the last of them. */
  beginDue(): Promise<number>
  /** Something became due while somebody was looking. */
  lookAgain(): void
  settled(): Promise<void>
  /** After the stop: gives back what was not begun and answers when what runs has ended. */
  giveUp(): Promise<void>
}

/** At most `jobs.concurrency` jobs at a time; a slow one keeps its own place and no other. */
function jobPool<C extends CoreCtx>(options: RunnerOptions<C>, stopping: AbortSignal): JobPool {
  const { core } = options
  const byName = new Map(options.jobs.map((job) => [job.name, job]))
  const names = [...byName.keys()]
  const claimed: JobRow[] = []
  const running = new Set<Promise<void>>()
  let looking: Promise<number> | null = null
  let again = false

  const begin = (row: JobRow): void => {
    const job = byName.get(row.job)
    if (!job) return
    const run = runOne(options, job, row)
      // The database is away, or nothing would come here: the lease ends and the row comes back.
      .catch((error: unknown) => core.log.error({ err: error, jobId: row.id }, 'jobs.not-marked'))
      .finally(() => running.delete(run))
    running.add(run)
  }
  const look = async (): Promise<number> => {
    let total = 0
    while (!stopping.aborted) {
      if (claimed.length === 0) {
        again = false
        claimed.push(...(await claimDue(core, names)))
        total += claimed.length
        if (claimed.length === 0 && !again) break
      }
      while (running.size < core.config.jobs.concurrency && !stopping.aborted) {
        const row = claimed.shift()
        if (!row) break
        begin(row)
      }
      if (running.size >= core.config.jobs.concurrency) await Promise.race(running)
    }
    return total
  }
  const settled = async (): Promise<void> => {
    await Promise.all(running)
  }
  const giveBackClaimed = (): Promise<void> =>
    giveBack(core, claimed.splice(0)).catch((error: unknown) =>
      core.log.warn({ err: error }, 'jobs.not-given-back'),
    )
  return {
    beginDue: () => {
      looking ??= look().finally(() => {
        looking = null
      })
      return looking
    },
    lookAgain: () => {
      again = true
    },
    settled,
    giveUp: async () => {
      await giveBackClaimed()
      // A claim that was under way at the stop may have brought more.
      await looking?.catch(() => undefined)
      await giveBackClaimed()
      await settled()
    },
  }
}

async function runOne<C extends CoreCtx>(
  options: RunnerOptions<C>,
  job: AnyJob<C>,
  row: JobRow,
): Promise<void> {
  const { core } = options
  if (row.attempts > job.maxAttempts) {
    // Its last attempt never came to an end: the process died in it, and would die in the next one too.
    return putBack(core, job, row, new Error('the process ended in the middle of the last attempt'))
  }
  if (!(await keepLease(core, row, job.timeoutMs))) return
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

async function withTimeout(work: Promise<void>, timeoutMs: number): Promise<void> {
  if (!(await within(timeoutMs, work))) throw new Error(`took longer than ${timeoutMs} ms`)
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
