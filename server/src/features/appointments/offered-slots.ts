import { shanghaiDay } from '../../core/clock'
import { companyOf } from '../../core/config/companies'
import { AppError } from '../../core/errors'
import type { Reader } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { currentCatalogue, serviceTypeOf } from '../catalogue'
import { coversArea, type TeamFacts, teamsOf } from '../staff'
import type { VisitSlotRow } from './entities'
import { daysFrom, planDays } from './plan-days'
import { freeOf, presentSlot } from './present'
import type { SlotView } from './schema'
import { type CountedSlot, slotsBetween } from './slot-store'
import { findSlot } from './store'

/** What is to be visited, and where; without a path of areas it may be anywhere. */
export interface VisitWish {
  readonly companyId: string
  readonly typeId: string
  readonly areaPath: string | undefined
}

/** What people should do before somebody comes; '' where nothing is set. */
export function prepareFor(ctx: Ctx, companyId: string): string {
  return ctx.config.appointments.prepare[companyOf(ctx, companyId).kind] ?? ''
}

/** The receivers that the type names; null where nobody comes for it. */
async function receiversOf(ctx: Ctx, wish: VisitWish): Promise<readonly string[] | null> {
  const { body } = await currentCatalogue(ctx, wish.companyId)
  const type = serviceTypeOf(body, wish.typeId)
  return !type || type.appointment === 'none' ? null : type.receivers
}

/**
 * Free times for a visit of this type at this place. Where several teams could come, each span is offered once, by the
 * team with the most places left.
 */
export async function offeredSlots(ctx: Ctx, wish: VisitWish): Promise<SlotView[]> {
  const receivers = await receiversOf(ctx, wish)
  if (receivers === null) return []
  const { noticeMinutes, listDays } = ctx.config.appointments
  const now = ctx.clock.now()
  const { companyId } = wish
  const teams = await teamsFor(ctx.db.reader, wish, receivers)
  const ids = teams.map(({ id }) => id)
  const days = daysFrom(shanghaiDay(now), listDays)
  await planDays(
    ctx,
    ids.map((id) => ({ id, companyId })),
    days,
  )
  const range = { from: days[0] ?? '', to: days.at(-1) ?? '' }
  const slots = await slotsBetween(ctx.db.reader, ids, range, now)
  const earliest = now + noticeMinutes * 60_000
  const open = slots.filter((slot) => slot.capacity > 0 && Number(slot.startsAt) >= earliest)
  return onePerSpan(open).map((slot) => presentSlot({ ...slot, free: freeOf(slot) }))
}

/** The slot, when a team that comes to this place for this type has it. Errors: not_found. */
export async function slotFor(
  reader: Reader,
  ctx: Ctx,
  wish: VisitWish & { readonly slotId: string },
): Promise<VisitSlotRow> {
  const [slot, receivers] = await Promise.all([findSlot(reader, wish.slotId), receiversOf(ctx, wish)])
  if (!slot || slot.companyId !== wish.companyId || receivers === null) throw new AppError('not_found')
  const teams = await teamsFor(reader, wish, receivers)
  if (!teams.some(({ id }) => id === slot.teamId)) throw new AppError('not_found')
  return slot
}

/** Teams whose area the household lies in, those named by the type first; a team without areas goes everywhere. */
async function teamsFor(
  reader: Reader,
  { companyId, areaPath }: VisitWish,
  receivers: readonly string[],
): Promise<TeamFacts[]> {
  const all = await teamsOf(reader, companyId)
  const near = areaPath === undefined ? all : all.filter((team) => coversArea(team.areaPaths, areaPath))
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
