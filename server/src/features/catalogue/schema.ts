import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

/** 投诉, 故障报修, 服务申请, 其他诉求. */
export const serviceClass = z.enum(['complaint', 'repair', 'service', 'other'])
export type ServiceClass = z.infer<typeof serviceClass>

export const clockKind = z.enum(['accept', 'arrive', 'restore', 'reply'])
export type ClockKind = z.infer<typeof clockKind>
export const areaClass = z.enum(['city', 'rural', 'remote'])
export type AreaClass = z.infer<typeof areaClass>

const code = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)

const question = z.strictObject({
  code,
  label: z.string().max(40),
  kind: z.enum(['text', 'choice', 'many', 'number', 'datetime']),
  options: z.array(z.string().max(30)).max(12).default([]),
  unit: z.string().max(8).optional(),
  required: z.boolean().default(false),
})
export type Question = z.infer<typeof question>

/** What stops the form: a danger where every second counts. Big words, one number to call, then the short form. */
const stopper = z.strictObject({
  /** The question that opens the gate, such as 闻到燃气味吗？; null shows the gate at once. */
  ask: z.string().max(40).nullable(),
  title: z.string().max(20),
  steps: z.array(z.string().max(24)).min(1).max(6),
  phone: z.string().regex(/^[\d-]{3,16}$/),
})

/** Limits in minutes by area class; a class that is missing uses `city`. */
const minutesByArea = z.strictObject({
  city: z.int().positive(),
  rural: z.int().positive().optional(),
  remote: z.int().positive().optional(),
})

const clock = z.strictObject({
  kind: clockKind,
  minutes: minutesByArea,
  /** Other limits for urgent requests, by priority. */
  atPriority: z.strictObject({ '1': minutesByArea.optional(), '2': minutesByArea.optional() }).optional(),
  /** Which calendar counts the minutes: `always` is every minute of every day. */
  calendar: code,
  /** The clock starts when the request reaches this state, and is met when it reaches `metBy`. */
  startsAt: z.enum(['submitted', 'accepted', 'dispatched', 'on-site']),
  metBy: z.enum(['accepted', 'on-site', 'resolved', 'closed']),
  /** Share of the limit after which the warning comes. */
  warnAt: z.number().min(0.1).max(0.99).default(0.7),
  /** Where the limit is written down, for the console and the resident who asks. */
  source: z.string().max(80),
})
export type ClockRule = z.infer<typeof clock>

const need = z.enum(['required', 'optional', 'none'])

const leaf = z.strictObject({
  id: code,
  class: serviceClass,
  name: z.string().max(12),
  /** One line under the name, in a resident's words. */
  hint: z.string().max(40),
  questions: z.array(question).max(6).default([]),
  household: need,
  photo: need,
  place: need,
  appointment: need,
  anonymous: z.boolean().default(false),
  /** Applied for on a page of its own instead of this form, by residents and by the desk for callers. */
  page: z.literal('heat').optional(),
  /** There is no supply at all: several of these at one station or in one building suggest an outage. */
  noSupply: z.boolean().default(false),
  /** An outage may be all that is behind it, so one that covers the home is offered first; `noSupply` always is. */
  explainedByOutage: z.boolean().default(false),
  stopper: stopper.nullable().default(null),
  /** 1 urgent, 2 high, 3 normal, 4 low. */
  priority: z.int().min(1).max(4),
  clocks: z.array(clock).max(4),
  /** Team names in order of preference; empty is the company's dispatchers. */
  receivers: z.array(z.string().max(30)).max(5).default([]),
  /** What a worker must be able to do. */
  skill: code.nullable().default(null),
  /** What must be there before `resolved`: photos after the work, a signature, a temperature reading. */
  evidence: z.array(z.enum(['after-photo', 'signature', 'reading'])).default([]),
  checklist: z.array(z.string().max(40)).max(12).default([]),
  reasonsUnderFour: z
    .array(z.string().max(12))
    .max(8)
    .default(['来得太晚', '没修好', '态度不好', '收费不清', '没有说明']),
})
export type ServiceType = z.infer<typeof leaf>

export const catalogueBody = z.strictObject({
  types: z
    .array(leaf)
    .min(1)
    .max(20)
    .refine(
      (types) => types.some((type) => type.class === 'other' && type.id === 'other'),
      '必须有一项“其他”',
    ),
  /** Names of communities (the first level of the place tree) that are not `city`. */
  areaClasses: z.record(z.string().max(80), areaClass).default({}),
  /** Where each community lies, for the map and for distances, degrees times a million. */
  areaPlaces: z.record(z.string().max(80), z.tuple([z.int(), z.int()])).default({}),
  reopenHours: z.int().min(1).max(720).default(72),
  urgeGapMinutes: z.int().min(1).default(120),
  /** Minutes after a breach at which the next level is told: lead, supervisor, head. */
  escalationMinutes: z.array(z.int().positive()).min(1).max(3).default([60, 240, 1440]),
  surveyAfterDays: z.int().min(1).max(90).default(28),
  /** Seconds in which a worker must take an order before it goes to the team lead. */
  offerSeconds: z.int().min(30).max(3600).default(120),
})
export type CatalogueBody = z.infer<typeof catalogueBody>

/** What a resident's pages need of a type; receivers, clocks and skills are the company's own. */
const residentType = z.object({
  id: z.string(),
  class: serviceClass,
  name: z.string(),
  hint: z.string(),
  questions: z.array(question),
  household: need,
  photo: need,
  place: need,
  appointment: need,
  anonymous: z.boolean(),
  stopper: stopper.nullable(),
  /** The page on which this is applied for; null where it is this form. */
  page: z.literal('heat').nullable(),
  /** The promise in words, such as 45 分钟内到达; null where the company promises nothing. */
  promise: z.string().nullable(),
})

export const catalogueOperations = {
  'catalogue.read': {
    method: 'GET',
    auth: 'public',
    summary: 'What can be reported to a company, as the form needs it.',
    input: z.strictObject({ companyId: shape.companyId }),
    output: z.object({
      companyId: shape.companyId,
      version: z.int(),
      hotline: z.string(),
      classes: z.array(z.object({ id: serviceClass, name: z.string() })),
      types: z.array(residentType),
    }),
  },
  'catalogue.versions': {
    method: 'GET',
    auth: 'staff',
    summary: 'The versions of a company’s catalogue, newest first.',
    input: z.strictObject({ companyId: shape.companyId }),
    output: z.object({
      versions: z.array(
        z.object({ version: z.int(), at: shape.instant, byName: z.string().nullable(), note: z.string() }),
      ),
    }),
  },
  'catalogue.get': {
    method: 'GET',
    auth: 'staff',
    summary: 'One version whole; the current one without a number.',
    input: z.strictObject({ companyId: shape.companyId, version: z.coerce.number().int().optional() }),
    output: z.object({
      companyId: shape.companyId,
      version: z.int(),
      body: catalogueBody,
      calendars: z.array(z.string()),
    }),
  },
  'catalogue.save': {
    method: 'POST',
    auth: 'staff',
    summary: 'Makes the next version. Requests that exist keep theirs.',
    input: shape.act.extend({
      companyId: shape.companyId,
      /** The version that was edited; another one in between is a conflict. */
      basedOn: z.int(),
      body: catalogueBody,
      note: z.string().trim().min(2).max(100),
    }),
    /** What was saved all the same but somebody should look at, such as a team that does not exist yet. */
    output: z.object({ version: z.int(), warnings: z.array(z.string()) }),
    audits: ['companyId', 'basedOn', 'note'],
  },
} as const satisfies Operations
