import type { z } from 'zod'
import { AppError } from '../../core/errors'
import type { Reader } from '../../core/db/database'
import { type Ctx, staffOf } from '../../platforms/context'
import { teamById } from '../staff'
import { daysFrom, type PlannedTeam, planDays } from './plan-days'
import { presentPlannedSlot } from './present'
import type { appointmentsOperations } from './schema'
import { slotsBetween } from './slot-store'

/** A team whose plan this person at work may see and set. Errors: not_found. */
export async function teamInScope(ctx: Ctx, reader: Reader, teamId: string): Promise<PlannedTeam> {
  const staff = staffOf(ctx)
  const team = await teamById(reader, teamId)
  if (!team) throw new AppError('not_found')
  if (staff.companies !== null && !staff.companies.includes(team.companyId)) throw new AppError('not_found')
  return { id: team.id, companyId: team.companyId }
}

/** A team's spans of some days with places, bookings and holds; days nobody planned show the configured plan. */
export async function readSlotPlan(
  ctx: Ctx,
  input: { teamId: string; from: string; days: number },
): Promise<z.input<(typeof appointmentsOperations)['slots.plan']['output']>> {
  const team = await teamInScope(ctx, ctx.db.reader, input.teamId)
  const days = daysFrom(input.from, input.days)
  await planDays(ctx, [team], days)
  const range = { from: days[0] ?? input.from, to: days.at(-1) ?? input.from }
  const slots = await slotsBetween(ctx.db.reader, [team.id], range, ctx.clock.now())
  return { slots: slots.map(presentPlannedSlot) }
}
