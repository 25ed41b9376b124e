import type { Core, CoreCtx } from '../context'
import { inTransaction, isDuplicate } from '../db/database'
import type { Schedule } from './define'
import { scheduleTable, type ScheduleRow } from './table'
import { within } from './within'

export interface ScheduleTurns {
  /** Begins every schedule whose time has come and does not wait for any of them. */
  beginDue(): Promise<void>
  /** Runs every schedule whose time has come, one after the other in their order. */
  runDue(): Promise<void>
  /** Answers when nothing of this process is under way any more. */
  settled(): Promise<void>
}

interface Due<C extends CoreCtx> {
  readonly schedule: Schedule<C>
  /** What its row says; null when it never ran. */
  readonly nextRunAt: number | null
}

/**
 * Each schedule turns by itself, so that a slow one keeps no other and no job waiting. Over all nodes the one that
 * moves its row forward runs it; within a process a schedule never has two turns at once. A turn that does not end
 * within `jobs.turnLimitMs` is given up on, so that one lost answer cannot silence a sweep until the next restart.
 */
export function scheduleTurns<C extends CoreCtx>(options: {
  readonly core: Core
  readonly schedules: readonly Schedule<C>[]
  readonly contextFor: (requestId: string) => C
  readonly stopping: AbortSignal
}): ScheduleTurns {
  const { core, schedules, stopping } = options
  const underWay = new Map<string, Promise<void>>()

  const turn = async ({ schedule, nextRunAt }: Due<C>): Promise<void> => {
    const now = core.clock.now()
    try {
      if (!(await claim(core, schedule.name, nextRunAt, now + schedule.everyMs))) return
      const run = schedule.run(options.contextFor(`schedule-${schedule.name}-${now}`), stopping)
      if (await within(core.config.jobs.turnLimitMs, run)) return
      run.catch((error: unknown) =>
        core.log.error({ schedule: schedule.name, err: error }, 'schedules.failed-late'),
      )
      throw new Error(`the turn took longer than ${core.config.jobs.turnLimitMs} ms`)
    } catch (error) {
      core.log.error({ schedule: schedule.name, err: error }, 'schedules.run-failed')
      core.metrics.jobs.inc({ job: schedule.name, outcome: 'retry' })
    }
  }
  const begin = (due: Due<C>): Promise<void> => {
    const { name } = due.schedule
    const known = underWay.get(name)
    if (known) return known
    const begun = turn(due).finally(() => underWay.delete(name))
    underWay.set(name, begun)
    return begun
  }
  const dueNow = async (): Promise<Due<C>[]> => {
    const free = schedules.filter((schedule) => !underWay.has(schedule.name))
    if (free.length === 0 || stopping.aborted) return []
    const rows = await core.db.reader.query<ScheduleRow>('SELECT * FROM schedule')
    const known = new Map(rows.map((row) => [row.name, Number(row.nextRunAt)]))
    const now = core.clock.now()
    return free
      .map((schedule) => ({ schedule, nextRunAt: known.get(schedule.name) ?? null }))
      .filter(({ nextRunAt }) => nextRunAt === null || nextRunAt <= now)
  }
  return {
    beginDue: async () => {
      const due = await dueNow()
      if (!stopping.aborted) due.forEach((one) => void begin(one))
    },
    runDue: async () => {
      for (const one of await dueNow()) if (!stopping.aborted) await begin(one)
    },
    settled: async () => {
      await Promise.all(underWay.values())
    },
  }
}

async function claim(core: Core, name: string, expected: number | null, nextRunAt: number): Promise<boolean> {
  return inTransaction(core, async (tx) => {
    if (expected !== null) {
      const moved = await tx.execute('UPDATE schedule SET nextRunAt = ? WHERE name = ? AND nextRunAt = ?', [
        nextRunAt,
        name,
        expected,
      ])
      return moved === 1
    }
    try {
      await tx.insert(scheduleTable, { name, nextRunAt, token: null })
      return true
    } catch (error) {
      if (isDuplicate(error)) return false
      throw error
    }
  })
}
