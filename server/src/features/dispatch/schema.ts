import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'
import { appointmentView } from '../appointments/schema'
import { fileView } from '../files/schema'
import { clockView, holdReason, requestState } from '../requests/schema'

const candidate = z.object({
  staffId: shape.id,
  name: z.string(),
  teamName: z.string().nullable(),
  presence: z.enum(['online', 'away', 'offline']),
  openOrders: z.int(),
  /** Metres in a straight line from where they last were; null when we do not know. */
  distanceM: z.int().nullable(),
  hasSkill: z.boolean(),
  inArea: z.boolean(),
  score: z.number(),
  /** Why this one, in words, such as 在线 · 会修阀门 · 负责松海园 · 手上2单 · 约1.2公里. */
  reason: z.string(),
})
export type Candidate = z.infer<typeof candidate>

const evidenceKind = z.enum(['after-photo', 'signature', 'reading'])

const order = z.object({
  requestId: shape.id,
  number: z.string(),
  version: z.int(),
  companyId: shape.companyId,
  typeName: z.string(),
  priority: z.int(),
  state: requestState,
  words: z.string(),
  answers: z.array(z.object({ label: z.string(), value: z.string() })),
  /** A worker goes there, so the address is whole; name and phone only while the order is theirs. */
  address: z.string().nullable(),
  place: z.object({ latE6: z.int(), lngE6: z.int() }).nullable(),
  contactName: z.string().nullable(),
  contactPhone: z.string().nullable(),
  /** With what each shows: `problem`, `added`, `before`, `after`, `signature`, `voice`, `note` … */
  files: z.array(fileView.extend({ role: z.string() })),
  clocks: z.array(clockView),
  appointment: appointmentView.nullable(),
  checklist: z.array(z.object({ text: z.string(), done: z.boolean() })),
  /** What must be there before the work counts as done. */
  evidence: z.array(evidenceKind),
  /** What of it is not there yet; also what is still in the telephone's queue. */
  missing: z.array(evidenceKind),
  /** What was measured and used since the order was made or opened again. */
  readings: z.array(
    z.object({
      at: shape.instant,
      room: z.string(),
      tenths: z.int(),
      heightCm: z.int().nullable(),
      windowsClosedSince: shape.instant.nullable(),
    }),
  ),
  parts: z.array(z.object({ name: z.string(), count: z.int(), priceFen: shape.fen })),
  /** What was charged on site, and whether the resident has paid it. */
  charge: z.object({ what: z.string(), amountFen: shape.fen, paid: z.boolean() }).nullable(),
  /** Until when an offered order must be taken before it goes to the team lead; null once it is taken. */
  answerBy: shape.instant.nullable(),
  distanceM: z.int().nullable(),
  notes: z.array(z.object({ at: shape.instant, byName: z.string(), words: z.string() })),
})
export type FieldOrder = z.infer<typeof order>

/** What a worker did, in order, also while there was no network. `actionId` makes each happen once. */
const action = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('take') }),
  z.strictObject({ kind: z.literal('give-back'), reason: z.string().trim().min(2).max(100) }),
  z.strictObject({
    kind: z.literal('pass-on'),
    toStaffId: shape.id,
    reason: z.string().trim().min(2).max(100),
  }),
  z.strictObject({ kind: z.literal('set-out') }),
  z.strictObject({
    kind: z.literal('arrive'),
    place: z.strictObject({ latE6: z.int(), lngE6: z.int(), accuracyM: z.int().min(0) }).nullable(),
  }),
  z.strictObject({
    kind: z.literal('hold'),
    reason: holdReason,
    words: z.string().trim().min(2).max(200),
    until: shape.instant.nullable(),
  }),
  z.strictObject({ kind: z.literal('resume') }),
  z.strictObject({ kind: z.literal('photo'), fileId: shape.id, role: z.enum(['before', 'after']) }),
  z.strictObject({
    kind: z.literal('reading'),
    room: z.string().trim().min(1).max(20),
    /** Tenths of a degree Celsius. */
    tenths: z.int().min(-300).max(600),
    /** How high above the floor, and since when doors and windows were closed. */
    heightCm: z.int().min(10).max(300).optional(),
    windowsClosedSince: shape.instant.optional(),
    /** The thermometer where it stood. */
    fileId: shape.id.optional(),
  }),
  /** The resident will not sign; somebody saw it, and a photo shows the sheet. */
  z.strictObject({
    kind: z.literal('refusal'),
    fileId: shape.id,
    witness: z.string().trim().min(1).max(20),
    words: z.string().trim().max(200).default(''),
  }),
  z.strictObject({
    kind: z.literal('part'),
    name: z.string().trim().min(1).max(40),
    count: z.int().min(1).max(99),
    priceFen: shape.fen,
  }),
  z.strictObject({
    kind: z.literal('signature'),
    fileId: shape.id,
    signer: z.string().trim().min(1).max(20),
  }),
  z.strictObject({ kind: z.literal('voice'), fileId: shape.id }),
  z.strictObject({ kind: z.literal('note'), words: z.string().trim().min(1).max(500) }),
  z.strictObject({ kind: z.literal('check'), index: z.int().min(0).max(11), done: z.boolean() }),
  /** What the resident pays on site, by the normal cashier; the sum of parts and work. */
  z.strictObject({ kind: z.literal('charge'), amountFen: shape.fen, what: z.string().trim().min(2).max(30) }),
  z.strictObject({ kind: z.literal('resolve'), words: z.string().trim().min(2).max(500) }),
])
export type FieldAction = z.infer<typeof action>

const helpMessage = z.object({
  id: shape.id,
  at: shape.instant,
  byName: z.string(),
  mine: z.boolean(),
  words: z.string(),
  files: z.array(fileView),
})

export const dispatchOperations = {
  'dispatch.suggest': {
    method: 'GET',
    auth: 'staff',
    summary: 'Who should go, best first, each with the reason in words.',
    input: z.strictObject({ requestId: shape.id }),
    output: z.object({ candidates: z.array(candidate) }),
  },
  'dispatch.assign': {
    method: 'POST',
    auth: 'staff',
    summary:
      'Gives a request to a worker (派单, 转单), or to a team’s pool for whoever takes it first (抢单). The worker must take it in time or it goes to the team lead.',
    input: shape.act.extend({
      requestId: shape.id,
      version: z.int(),
      teamId: shape.id,
      staffId: shape.id.nullable(),
      words: z.string().trim().max(200).optional(),
    }),
    output: shape.done,
    audits: ['requestId', 'teamId', 'staffId'],
  },
  'dispatch.recall': {
    method: 'POST',
    auth: 'staff',
    summary: 'Takes an order back from its worker, with a reason.',
    input: shape.act.extend({
      requestId: shape.id,
      version: z.int(),
      reason: z.string().trim().min(2).max(100),
    }),
    output: shape.done,
    audits: ['requestId', 'reason'],
  },
  'dispatch.offers': {
    method: 'GET',
    auth: 'staff',
    summary:
      'Orders that wait for my answer, with their countdown: mine, and those that came to me as team lead.',
    input: shape.nothing,
    output: z.object({
      offers: z.array(
        z.object({
          requestId: shape.id,
          number: z.string(),
          version: z.int(),
          typeName: z.string(),
          areaName: z.string().nullable(),
          answerBy: shape.instant.nullable(),
          workerName: z.string().nullable(),
          asLead: z.boolean(),
        }),
      ),
    }),
  },
  'map.read': {
    method: 'GET',
    auth: 'staff',
    summary: 'Open requests and workers of my scope on the company’s own base map, at most 2,000 points.',
    input: z.strictObject({ companyId: shape.companyId }),
    output: z.object({
      /** The base: polygons and lines of the company’s own map data, degrees times a million. */
      base: z.array(
        z.object({
          kind: z.enum(['district', 'community', 'road', 'water']),
          name: z.string(),
          points: z.array(z.tuple([z.int(), z.int()])),
        }),
      ),
      requests: z.array(
        z.object({
          requestId: shape.id,
          number: z.string(),
          typeName: z.string(),
          state: requestState,
          priority: z.int(),
          dueAt: shape.instant.nullable(),
          latE6: z.int(),
          lngE6: z.int(),
          /** `area` when only the community is known. */
          exact: z.enum(['point', 'area']),
        }),
      ),
      workers: z.array(
        z.object({
          staffId: shape.id,
          name: z.string(),
          presence: z.enum(['online', 'away', 'offline']),
          latE6: z.int(),
          lngE6: z.int(),
          seenAt: shape.instant,
          openOrders: z.int(),
        }),
      ),
      asOf: shape.instant,
    }),
  },
  'help.list': {
    method: 'GET',
    auth: 'staff',
    summary: 'Orders on which a worker asks for help.',
    input: shape.nothing,
    output: z.object({
      threads: z.array(
        z.object({
          requestId: shape.id,
          number: z.string(),
          typeName: z.string(),
          workerName: z.string(),
          lastAt: shape.instant,
          waiting: z.boolean(),
        }),
      ),
    }),
  },
  'help.read': {
    method: 'GET',
    auth: 'staff',
    summary: 'The help thread of one order.',
    input: z.strictObject({ requestId: shape.id }),
    output: z.object({ messages: z.array(helpMessage) }),
  },
  'help.answer': {
    method: 'POST',
    auth: 'staff',
    summary: 'Answers a worker on the order.',
    input: shape.act.extend({
      requestId: shape.id,
      words: z.string().trim().min(1).max(500),
      fileIds: z.array(shape.id).max(4).default([]),
    }),
    output: z.object({ messages: z.array(helpMessage) }),
    audits: ['requestId'],
  },
  'field.today': {
    method: 'GET',
    auth: 'worker',
    summary:
      'My orders with all that is needed without a network, those of my pool, and who could take one over.',
    input: z.strictObject({
      latE6: z.coerce.number().int().optional(),
      lngE6: z.coerce.number().int().optional(),
    }),
    output: z.object({
      worker: z.object({
        id: shape.id,
        name: z.string(),
        teamName: z.string().nullable(),
        presence: z.enum(['online', 'away', 'offline']),
        /** Whether this worker agreed that the place is sent while an order is on the way. */
        locationConsent: z.boolean(),
      }),
      orders: z.array(order),
      pool: z.array(order),
      mates: z.array(z.object({ staffId: shape.id, name: z.string() })),
      asOf: shape.instant,
    }),
  },
  'field.sync': {
    method: 'POST',
    auth: 'worker',
    summary:
      'Does what the worker did, in order. Each action answers for itself; the first that is refused stops those of the same order behind it.',
    input: shape.act.extend({
      actions: z
        .array(
          z.strictObject({
            actionId: shape.clientId,
            requestId: shape.id,
            /** When it was done, by the telephone’s clock. */
            at: shape.instant,
            action,
          }),
        )
        .min(1)
        .max(50),
    }),
    output: z.object({
      results: z.array(
        z.object({
          actionId: shape.clientId,
          outcome: z.enum(['done', 'done-before', 'refused', 'skipped']),
          why: z.string().nullable(),
        }),
      ),
      orders: z.array(order),
    }),
  },
  'field.grab': {
    method: 'POST',
    auth: 'worker',
    summary: 'Takes an order of my team’s pool; the first gets it.',
    input: shape.act.extend({ requestId: shape.id }),
    output: z.object({ order }),
    audits: ['requestId'],
  },
  'field.setPresence': {
    method: 'POST',
    auth: 'worker',
    summary: 'Says whether I take orders now.',
    input: shape.act.extend({ presence: z.enum(['online', 'away', 'offline']) }),
    output: shape.done,
  },
  'field.setLocationConsent': {
    method: 'POST',
    auth: 'worker',
    summary: 'Agrees, or no longer agrees, that my place is sent while an order is on the way.',
    input: shape.act.extend({ agreed: z.boolean() }),
    output: shape.done,
  },
  'field.sendPlace': {
    method: 'POST',
    auth: 'worker',
    isPulse: true,
    summary: 'Where I am, only while an order is on the way; the answer says when to stop.',
    input: shape.act.extend({ latE6: z.int(), lngE6: z.int(), accuracyM: z.int().min(0) }),
    output: z.object({ goOn: z.boolean() }),
  },
  'field.askHelp': {
    method: 'POST',
    auth: 'worker',
    summary: 'Asks an expert on the order, or reads the thread (no words).',
    input: shape.act.extend({
      requestId: shape.id,
      words: z.string().trim().max(500).default(''),
      fileIds: z.array(shape.id).max(4).default([]),
    }),
    output: z.object({ messages: z.array(helpMessage) }),
  },
} as const satisfies Operations
