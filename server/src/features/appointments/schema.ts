import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

export const slotView = z.object({
  slotId: shape.id,
  day: shape.day,
  /** Start and end in Shanghai, such as 14:00. */
  from: z.string(),
  to: z.string(),
  startsAt: shape.instant,
  endsAt: shape.instant,
  free: z.int(),
})
export type SlotView = z.infer<typeof slotView>

export const appointmentView = z.object({
  slot: slotView,
  /** Until when it can be changed or cancelled. */
  changeUntil: shape.instant,
  mayChange: z.boolean(),
})
export type AppointmentView = z.infer<typeof appointmentView>

export const appointmentsOperations = {
  'slots.list': {
    method: 'GET',
    auth: 'resident',
    guests: true,
    summary: 'Free times for a visit of this type at this household, for the next fourteen days.',
    input: z.strictObject({
      companyId: shape.companyId,
      typeId: z.string().max(32),
      householdId: shape.id.optional(),
    }),
    output: z.object({ slots: z.array(slotView), prepare: z.string() }),
  },
  'slots.hold': {
    method: 'POST',
    auth: 'resident',
    guests: true,
    summary:
      'Keeps a place for ten minutes while the form is open; an earlier hold of mine for this type is let go.',
    input: shape.act.extend({
      slotId: shape.id,
      typeId: z.string().max(32),
      householdId: shape.id.optional(),
    }),
    output: z.object({ holdId: shape.id, expiresAt: shape.instant }),
  },
  'slots.release': {
    method: 'POST',
    auth: 'resident',
    guests: true,
    summary: 'Lets a hold go.',
    input: shape.act.extend({ holdId: shape.id }),
    output: shape.done,
  },
  'slots.plan': {
    method: 'GET',
    auth: 'staff',
    summary: 'A team’s times of some days, with how many places there are and how many are taken.',
    input: z.strictObject({
      teamId: shape.id,
      from: shape.day,
      days: z.coerce.number().int().min(1).max(31),
    }),
    output: z.object({
      slots: z.array(slotView.extend({ capacity: z.int(), taken: z.int(), held: z.int() })),
    }),
  },
  'slots.save': {
    method: 'POST',
    auth: 'staff',
    summary:
      'Sets how many visits a team can make in each span of a day. Fewer than are taken already is refused.',
    input: shape.act.extend({
      teamId: shape.id,
      day: shape.day,
      spans: z
        .array(
          z.strictObject({
            from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '请填写时间，如 09:00'),
            to: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, '请填写时间，如 11:00'),
            capacity: z.int().min(0).max(200),
          }),
        )
        .max(12),
    }),
    output: z.object({
      slots: z.array(slotView.extend({ capacity: z.int(), taken: z.int(), held: z.int() })),
    }),
    audits: ['teamId', 'day'],
  },
} as const satisfies Operations
