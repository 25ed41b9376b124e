import { DAY_MS, shanghaiDay, shanghaiDayStart } from '../../core/clock'
import { companyOf } from '../../core/config/companies'
import type { DayPlan } from '../../core/config/appointments'
import { inTransaction, isDuplicate, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { calendarNamed, workingBetween } from '../catalogue'
import type { VisitSlotRow } from './entities'
import { insertDay, insertSlots, plannedDays } from './slot-store'

export interface PlannedTeam {
  readonly id: string
  readonly companyId: string
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** The days from one on, such as 2026-11-22 and the thirteen after it. */
export function daysFrom(day: string, count: number): string[] {
  const start = shanghaiDayStart(day)
  return Array.from({ length: count }, (_, index) => shanghaiDay(start + index * DAY_MS))
}

/** The row of one span of a team's day, empty as yet. Times are minutes since midnight in Shanghai. */
export function slotRow(
  ctx: Ctx,
  team: PlannedTeam,
  day: string,
  span: { fromMinute: number; toMinute: number; capacity: number },
): VisitSlotRow {
  const midnight = shanghaiDayStart(day)
  return {
    id: ctx.ids.next(),
    companyId: team.companyId,
    teamId: team.id,
    day,
    ...span,
    startsAt: midnight + span.fromMinute * 60_000,
    endsAt: midnight + span.toMinute * 60_000,
    used: 0,
  }
}

/** The configured spans of a day; none on a day on which the plan's calendar is shut. */
function planOf(ctx: Ctx, companyId: string, day: string): DayPlan['spans'] {
  const { plans } = ctx.config.appointments
  const plan = plans[companyOf(ctx, companyId).kind] ?? plans['other']
  if (!plan) return []
  const midnight = shanghaiDayStart(day)
  return workingBetween(calendarNamed(ctx, plan.calendar), midnight, midnight + DAY_MS) > 0 ? plan.spans : []
}

/** Everything that is wrong with the configured plans; asked before the portal starts. */
export function planFaults(
  plans: Readonly<Record<string, DayPlan>>,
  calendarNames: ReadonlySet<string>,
): string[] {
  return Object.entries(plans).flatMap(([kind, plan]) => {
    const at = `appointments.plans.${kind}`
    const faults = calendarNames.has(plan.calendar)
      ? []
      : [`${at}.calendar: there is no calendar ${plan.calendar}`]
    for (const [index, span] of plan.spans.entries()) {
      const before = plan.spans[index - 1]
      if (span.to <= span.from) faults.push(`${at}.spans.${index}: ends before it begins`)
      if (before && before.to > span.from)
        faults.push(`${at}.spans.${index}: begins before the one before it ends`)
    }
    return faults
  })
}

/** Gives a team's day its configured spans. Errors: a duplicate key where another process has just done so. */
export async function planDay(tx: Tx, ctx: Ctx, team: PlannedTeam, day: string): Promise<void> {
  await insertDay(tx, { teamId: team.id, day, byHand: 0, plannedAt: ctx.clock.now() })
  const spans = planOf(ctx, team.companyId, day)
  await insertSlots(
    tx,
    spans.map(({ from, to, capacity }) =>
      slotRow(ctx, team, day, { fromMinute: minuteOf(from), toMinute: minuteOf(to), capacity }),
    ),
  )
}

/**
 * Sees to it that these days of these teams have their spans: those that nobody planned by hand get the configured
 * ones. Days are made once, when somebody first looks at them, so that a team without appointments has no rows.
 */
export async function planDays(
  ctx: Ctx,
  teams: readonly PlannedTeam[],
  days: readonly string[],
): Promise<void> {
  const [from, to] = [days[0], days.at(-1)]
  if (from === undefined || to === undefined) return
  const known = await plannedDays(
    ctx.db.reader,
    teams.map(({ id }) => id),
    { from, to },
  )
  const missing = teams.flatMap((team) =>
    days.filter((day) => !known.has(`${team.id} ${day}`)).map((day) => ({ team, day })),
  )
  for (const { team, day } of missing) {
    try {
      await inTransaction(ctx, (tx) => planDay(tx, ctx, team, day))
    } catch (error) {
      if (!isDuplicate(error)) throw error
    }
  }
}
