import type { z } from 'zod'
import { shanghaiDay } from '../../core/clock'
import { companyOf } from '../../core/config/companies'
import { type Ctx, residentOf } from '../../platforms/context'
import { assertBound, placesOfHouseholds } from '../households'
import { currentCatalogue, serviceTypeOf } from '../catalogue'
import { coversArea, type TeamFacts, teamsOf } from '../staff'
import { daysFrom, planDays } from './plan-days'
import { freeOf, presentSlot } from './present'
import type { appointmentsOperations } from './schema'
import { type CountedSlot, slotsBetween } from './slot-store'

type Answer = z.input<(typeof appointmentsOperations)['slots.list']['output']>

/**
 * Free times for a visit of this type at this household. Where several teams could come, each span is offered once,
 * by the team with the most places left. Errors: not_found for a company, or a household that is not the resident's.
 */
export async function listSlots(
  ctx: Ctx,
  input: { companyId: string; typeId: string; householdId?: string | undefined },
): Promise<Answer> {
  const { id: residentId } = residentOf(ctx)
  const company = companyOf(ctx, input.companyId)
  const prepare = ctx.config.appointments.prepare[company.kind] ?? ''
  if (input.householdId !== undefined) await assertBound(ctx, residentId, [input.householdId])
  const { body } = await currentCatalogue(ctx, company.id)
  const type = serviceTypeOf(body, input.typeId)
  if (!type || type.appointment === 'none') return { slots: [], prepare }
  const { noticeMinutes, listDays } = ctx.config.appointments
  const now = ctx.clock.now()
  const teams = await teamsFor(ctx, company.id, input.householdId, type.receivers)
  const days = daysFrom(shanghaiDay(now), listDays)
  await planDays(
    ctx,
    teams.map(({ id }) => ({ id, companyId: company.id })),
    days,
  )
  const range = { from: days[0] ?? '', to: days.at(-1) ?? '' }
  const slots = await slotsBetween(
    ctx.db.reader,
    teams.map(({ id }) => id),
    range,
    now,
  )
  const earliest = now + noticeMinutes * 60_000
  const open = slots.filter((slot) => slot.capacity > 0 && Number(slot.startsAt) >= earliest)
  return { slots: onePerSpan(open).map((slot) => presentSlot({ ...slot, free: freeOf(slot) })), prepare }
}

/** Teams whose area the household lies in, those named by the type first; a team without areas goes everywhere. */
async function teamsFor(
  ctx: Ctx,
  companyId: string,
  householdId: string | undefined,
  receivers: readonly string[],
): Promise<TeamFacts[]> {
  const { reader } = ctx.db
  const all = await teamsOf(reader, companyId)
  const area =
    householdId === undefined ? undefined : (await placesOfHouseholds(reader, [householdId])).get(householdId)
  const near = area === undefined ? all : all.filter((team) => coversArea(team.areaPaths, area.path))
  const named = near.filter((team) => receivers.includes(team.name))
  return named.length > 0 ? named : near
}

function onePerSpan(slots: readonly CountedSlot[]): CountedSlot[] {
  const best = new Map<string, CountedSlot>()
  for (const slot of slots) {
    const key = `${slot.startsAt}-${slot.endsAt}`
    const other = best.get(key)
    if (!other || freeOf(slot) > freeOf(other)) best.set(key, slot)
  }
  return [...best.values()].toSorted((a, b) => Number(a.startsAt) - Number(b.startsAt))
}
