import type { Ctx } from '../../platforms/context'
import type { VisitSlotRow } from './entities'
import type { CountedSlot } from './slot-store'
import type { AppointmentView, SlotView } from './schema'
import type { BookedVisit } from './store'

const pad = (value: number): string => String(value).padStart(2, '0')

/** Minutes since midnight as a clock shows them: 840 is 14:00. */
export const timeWords = (minute: number): string => `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`

type Span = Pick<VisitSlotRow, 'day' | 'fromMinute' | 'toMinute' | 'startsAt' | 'endsAt'>

export function presentSlot(slot: Span & { id: string; free: number }): SlotView {
  return {
    slotId: slot.id,
    day: slot.day,
    from: timeWords(slot.fromMinute),
    to: timeWords(slot.toMinute),
    startsAt: Number(slot.startsAt),
    endsAt: Number(slot.endsAt),
    free: slot.free,
  }
}

/** Free places, with those of holds that are over but were not swept up yet. */
export function freeOf(slot: CountedSlot): number {
  return Math.max(0, slot.capacity - slot.used + Number(slot.stale))
}

export function presentPlannedSlot(
  slot: CountedSlot,
): SlotView & { capacity: number; taken: number; held: number } {
  const held = Number(slot.held)
  return {
    ...presentSlot({ ...slot, free: freeOf(slot) }),
    capacity: slot.capacity,
    taken: slot.used - held - Number(slot.stale),
    held,
  }
}

/** A visit as its resident sees it: when it is, and until when it can still be changed. */
export function presentAppointment(ctx: Ctx, visit: BookedVisit): AppointmentView {
  const changeUntil = Number(visit.startsAt) - ctx.config.appointments.changeUntilMinutes * 60_000
  return {
    slot: presentSlot({ ...visit, id: visit.slotId, free: Math.max(0, visit.capacity - visit.used) }),
    changeUntil,
    mayChange: ctx.clock.now() < changeUntil,
  }
}
