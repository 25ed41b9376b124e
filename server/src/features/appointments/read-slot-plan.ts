import type { z } from 'zod'
import type { Ctx } from '../../platforms/context'
import { daysFrom, planDays } from './plan-days'
import { presentPlannedSlot } from './present'
import type { appointmentsOperations } from './schema'
import { slotsBetween } from './slot-store'
import { teamToRead } from './teams-in-scope'

/**
 * A team's spans of some days with places, bookings and holds; days nobody planned show the configured plan. Errors:
 * not_found outside my scope.
 */
export async function readSlotPlan(
  ctx: Ctx,
  input: { teamId: string; from: string; days: number },
): Promise<z.input<(typeof appointmentsOperations)['slots.plan']['output']>> {
  const team = await teamToRead(ctx, input.teamId)
  const days = daysFrom(input.from, input.days)
  await planDays(ctx, [team], days)
  const range = { from: days[0] ?? input.from, to: days.at(-1) ?? input.from }
  const slots = await slotsBetween(ctx.db.reader, [team.id], range, ctx.clock.now())
  return { slots: slots.map(presentPlannedSlot) }
}
