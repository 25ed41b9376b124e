import type { Core, CoreCtx } from '../context'
import { inTransaction, isDuplicate } from '../db/database'
import { scheduleTable, type ScheduleRow } from './table'
import type { Schedule } from './define'

/** Runs each schedule whose time has come, once over all nodes: the one that moves its row forward runs it. */
export async function runDueSchedules<C extends CoreCtx>(
  core: Core,
  schedules: readonly Schedule<C>[],
  contextFor: (requestId: string) => C,
): Promise<void> {
  if (schedules.length === 0) return
  const rows = await core.db.reader.query<ScheduleRow>('SELECT * FROM schedule')
  const known = new Map(rows.map((row) => [row.name, Number(row.nextRunAt)]))
  for (const schedule of schedules) {
    const now = core.clock.now()
    const nextRunAt = known.get(schedule.name)
    if (nextRunAt !== undefined && nextRunAt > now) continue
    if (!(await claim(core, schedule.name, nextRunAt ?? null, now + schedule.everyMs))) continue
    try {
      await schedule.run(contextFor(`schedule-${schedule.name}-${now}`))
    } catch (error) {
      core.log.error({ schedule: schedule.name, err: error }, 'schedules.run-failed')
      core.metrics.jobs.inc({ job: schedule.name, outcome: 'retry' })
    }
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
