import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, '时间格式如 08:30')
const spans = z.array(z.strictObject({ from: time, to: time })).max(4)

/** When an outlet is open, in the words of its door: the week from Monday, public holidays, and single days. */
export const outletHours = z.strictObject({
  week: z.array(spans).length(7),
  /** On public holidays; none is closed. */
  holiday: spans.default([]),
  exceptions: z
    .array(
      z.strictObject({
        from: shape.day,
        to: shape.day,
        spans,
        note: z.string().trim().min(2).max(30),
      }),
    )
    .max(40)
    .default([]),
})
export type OutletHours = z.infer<typeof outletHours>

/** What the law on accessible surroundings asks of a place of service (无障碍环境建设法 §40), and what helps beside it. */
export const accessFact = z.enum([
  'low-desk',
  'accessible-window',
  'ramp',
  'toilet',
  'parking',
  'large-print',
  'sign-language',
])
const yesNo = z.enum(['yes', 'no'])
/** What nobody has checked is left out: unknown is not "no". */
const access = z.partialRecord(accessFact, yesNo)
export type Access = z.infer<typeof access>

const latE6 = z.int().min(3_000_000).max(54_000_000)
const lngE6 = z.int().min(73_000_000).max(136_000_000)

/** What a company says of an outlet; the same in its file, in the console and to residents. */
export const outletFacts = z.strictObject({
  name: z.string().trim().min(2).max(40),
  address: z.string().trim().min(4).max(120),
  phone: z.string().regex(/^[\d-]{5,16}$/, '电话只能有数字和短横'),
  latE6,
  lngE6,
  hours: outletHours,
  services: z.array(z.string().trim().min(2).max(16)).min(1).max(20),
  access,
  note: z.string().trim().max(200).default(''),
  hasTickets: z.boolean().default(false),
  minutesEach: z.int().min(1).max(120).default(8),
  state: z.enum(['open', 'closed']).default('open'),
})
export type OutletFacts = z.infer<typeof outletFacts>

const openDay = z.object({
  day: shape.day,
  spans: z.array(z.object({ from: shape.instant, to: shape.instant })),
  note: z.string().nullable(),
})

const outlet = z.object({
  id: shape.id,
  companyId: shape.companyId,
  companyName: z.string(),
  brandColour: z.string(),
  name: z.string(),
  address: z.string(),
  phone: z.string(),
  latE6: z.int(),
  lngE6: z.int(),
  services: z.array(z.string()),
  access: z.partialRecord(accessFact, yesNo),
  note: z.string(),
  hasTickets: z.boolean(),
  /** Today first; a page from a cache still knows when the door opens. */
  days: z.array(openDay),
  updatedAt: shape.instant,
})
export type OutletView = z.input<typeof outlet>

const queue = z.object({
  waiting: z.int(),
  /** For somebody who takes a number now. */
  minutes: z.int(),
  /** Numbers at the counters, the newest first. */
  called: z.array(z.object({ number: z.int(), counter: z.string() })),
  asOf: shape.instant,
})

export const ticketState = z.enum(['waiting', 'called', 'served', 'missed', 'cancelled', 'expired'])
const ticket = z.object({
  id: shape.id,
  outletId: shape.id,
  outletName: z.string(),
  address: z.string(),
  number: z.int(),
  state: ticketState,
  /** People before me; null when it is not waiting. */
  ahead: z.int().nullable(),
  minutes: z.int().nullable(),
  counter: z.string().nullable(),
  takenAt: shape.instant,
  calledAt: shape.instant.nullable(),
  calls: z.int(),
  asOf: shape.instant,
})
export type TicketView = z.input<typeof ticket>

const deskTicket = z.object({
  id: shape.id,
  number: z.int(),
  state: ticketState,
  counter: z.string().nullable(),
  /** Whether it was given at the counter, to somebody without a telephone. */
  onPaper: z.boolean(),
  takenAt: shape.instant,
  calledAt: shape.instant.nullable(),
  calls: z.int(),
})
export type DeskTicket = z.input<typeof deskTicket>

const deskOutlet = outletFacts.extend({
  id: shape.id,
  companyId: shape.companyId,
  version: z.int(),
  updatedAt: shape.instant,
})
export type DeskOutlet = z.input<typeof deskOutlet>

const counter = z.string().trim().min(1).max(12)

export const outletsOperations = {
  'outlets.list': {
    method: 'GET',
    auth: 'public',
    summary:
      'Every outlet that is in use. Distances are counted on the telephone, which need not say where it is.',
    input: z.strictObject({ companyId: shape.companyId.optional() }),
    output: z.object({ asOf: shape.instant, outlets: z.array(outlet) }),
  },
  'outlets.get': {
    method: 'GET',
    auth: 'public',
    summary: 'One outlet, and its queue where it has one.',
    input: z.strictObject({ outletId: shape.id }),
    output: z.object({
      asOf: shape.instant,
      outlet,
      queue: queue.nullable(),
    }),
  },
  'outlets.takeTicket': {
    method: 'POST',
    auth: 'resident',
    summary: 'Takes a number; one that I hold there today is answered again.',
    input: shape.act.extend({ outletId: shape.id }),
    output: z.object({ ticket }),
  },
  'outlets.listTickets': {
    method: 'GET',
    auth: 'resident',
    summary: 'My numbers of today.',
    input: shape.nothing,
    output: z.object({ tickets: z.array(ticket) }),
  },
  'outlets.getTicket': {
    method: 'GET',
    auth: 'resident',
    summary: 'One of my numbers, with how many are before me.',
    input: z.strictObject({ ticketId: shape.id }),
    output: z.object({ ticket }),
  },
  'outlets.cancelTicket': {
    method: 'POST',
    auth: 'resident',
    summary: 'Gives a number back.',
    input: shape.act.extend({ ticketId: shape.id }),
    output: z.object({ ticket }),
  },
} as const satisfies Operations

export const outletDeskOperations = {
  'outletDesk.list': {
    method: 'GET',
    auth: 'staff',
    summary: 'The outlets of my companies, also those out of use.',
    input: shape.nothing,
    output: z.object({ outlets: z.array(deskOutlet) }),
  },
  'outletDesk.save': {
    method: 'POST',
    auth: 'staff',
    summary: 'Adds an outlet, or changes one.',
    input: shape.act.extend({
      companyId: shape.companyId,
      /** Null for a new one. */
      outletId: shape.id.nullable(),
      /** The version that was edited; another one in between is a conflict. */
      basedOn: z.int(),
      facts: outletFacts,
    }),
    output: z.object({ outlet: deskOutlet }),
    audits: ['companyId', 'outletId', 'basedOn'],
  },
  'outletDesk.import': {
    method: 'POST',
    auth: 'staff',
    summary: 'Adds and changes outlets of a company by name, all of a list or none.',
    input: shape.act.extend({ companyId: shape.companyId, outlets: z.array(outletFacts).min(1).max(500) }),
    output: z.object({ added: z.int(), changed: z.int(), same: z.int() }),
    audits: ['companyId'],
    bodyLimitBytes: 1_048_576,
  },
  'outletDesk.queue': {
    method: 'GET',
    auth: 'staff',
    summary: 'The queue of an outlet today.',
    input: z.strictObject({ outletId: shape.id }),
    output: z.object({
      asOf: shape.instant,
      name: z.string(),
      waiting: z.int(),
      minutes: z.int(),
      served: z.int(),
      missed: z.int(),
      tickets: z.array(deskTicket),
    }),
  },
  'outletDesk.callNext': {
    method: 'POST',
    auth: 'staff',
    summary: 'Ends whom this counter has, and calls the next number to it; null when nobody waits.',
    input: shape.act.extend({ outletId: shape.id, counter }),
    output: z.object({ ticket: deskTicket.nullable() }),
    audits: ['outletId', 'counter'],
  },
  'outletDesk.callAgain': {
    method: 'POST',
    auth: 'staff',
    summary: 'Calls a number once more, also one that was missed today.',
    input: shape.act.extend({ ticketId: shape.id, counter }),
    output: z.object({ ticket: deskTicket }),
    audits: ['ticketId', 'counter'],
  },
  'outletDesk.endTicket': {
    method: 'POST',
    auth: 'staff',
    summary: 'Who was called was served, or did not come.',
    input: shape.act.extend({ ticketId: shape.id, as: z.enum(['served', 'missed']) }),
    output: z.object({ ticket: deskTicket }),
    audits: ['ticketId', 'as'],
  },
  'outletDesk.giveTicket': {
    method: 'POST',
    auth: 'staff',
    summary: 'Gives a number on paper to somebody without a telephone.',
    input: shape.act.extend({ outletId: shape.id }),
    output: z.object({ ticket: deskTicket }),
    audits: ['outletId'],
  },
} as const satisfies Operations
