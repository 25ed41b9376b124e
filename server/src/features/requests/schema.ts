import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'
import { appointmentView } from '../appointments/schema'
import { clockKind, serviceClass } from '../catalogue/schema'
import { fileView } from '../files/schema'

export const requestState = z.enum([
  'submitted',
  'accepted',
  'dispatched',
  'on-the-way',
  'on-site',
  'on-hold',
  'resolved',
  'closed',
  'returned',
  'merged',
  'cancelled',
])
export type RequestState = z.infer<typeof requestState>

export const holdReason = z.enum(['customer', 'parts', 'weather'])
export type HoldReason = z.infer<typeof holdReason>

export const pausedFor = z.enum([...holdReason.options, 'hold', 'outage', 'merged'])
export type PausedFor = z.infer<typeof pausedFor>

/** Whose step it is: one's own, the desk's, or that of whoever came. */
export const stepBy = z.enum(['me', 'desk', 'worker'])

/** One running promise, as the page ticks it: `dueAt` moves while the clock is paused. */
export const clockView = z.object({
  kind: clockKind,
  state: z.enum(['running', 'paused', 'met', 'missed', 'void']),
  /** In words for a resident, such as 最迟 15:40 前到达. */
  promise: z.string(),
  dueAt: shape.instant.nullable(),
  warnAt: shape.instant.nullable(),
  metAt: shape.instant.nullable(),
  /** Why it does not run, in words and by its code; null while it does. */
  pausedBecause: z.string().nullable(),
  pausedFor: pausedFor.nullable(),
  limitMinutes: z.int(),
})
export type ClockView = z.infer<typeof clockView>

export const stepView = z.object({
  id: shape.id,
  at: shape.instant,
  /** What happened, such as `submitted`, `move:dispatched`, `words`, `urged`, `rated`, `reply`, `note`, `reading`. */
  kind: z.string(),
  /** In a resident's words, such as 孙师傅已出发. */
  title: z.string(),
  words: z.string().nullable(),
  byName: z.string().nullable(),
  by: stepBy.nullable(),
  files: z.array(fileView),
})
export type StepView = z.infer<typeof stepView>

const urges = z.object({ count: z.int(), lastAt: shape.instant.nullable(), nextAt: shape.instant.nullable() })

const rating = z.object({
  stars: z.int().min(1).max(5),
  outcome: z.enum(['solved', 'partly', 'not']),
  reasons: z.array(z.string()),
  words: z.string().nullable(),
  files: z.array(fileView),
  at: shape.instant,
  reply: z.object({ words: z.string(), at: shape.instant, byName: z.string() }).nullable(),
})
export type RatingView = z.infer<typeof rating>

const summary = z.object({
  id: shape.id,
  /** What people say on the telephone, such as BX20261122-000123. */
  number: z.string(),
  companyId: shape.companyId,
  companyName: z.string(),
  hotline: z.string(),
  typeId: z.string(),
  typeName: z.string(),
  class: serviceClass,
  state: requestState,
  /** The state in a resident's words, such as 师傅在路上. */
  stateWords: z.string(),
  shortAddress: z.string().nullable(),
  createdAt: shape.instant,
  updatedAt: shape.instant,
  /** The nearest promise that still runs or is paused. */
  nextClock: clockView.nullable(),
  /** Mine, or one that I follow. */
  mine: z.boolean(),
})
export type RequestSummary = z.infer<typeof summary>

const request = summary.extend({
  words: z.string(),
  answers: z.array(z.object({ label: z.string(), value: z.string() })),
  files: z.array(fileView),
  contactNameMasked: z.string().nullable(),
  contactPhoneMasked: z.string().nullable(),
  anonymous: z.boolean(),
  onBehalfOf: z.string().nullable(),
  workerName: z.string().nullable(),
  clocks: z.array(clockView),
  steps: z.array(stepView),
  appointment: appointmentView.nullable(),
  urges,
  /** What may be done now; the page shows no other button. */
  may: z.array(
    z.enum(['add', 'urge', 'cancel', 'rate', 'reopen', 'follow-up', 'change-appointment', 'unfollow']),
  ),
  rating: rating.nullable(),
  reasonsUnderFour: z.array(z.string()),
  /** Until when “没解决” reopens it; null while it is not closed. */
  reopenUntil: shape.instant.nullable(),
  /** The request this one follows up, or the one it was merged into. */
  parent: z.object({ id: shape.id, number: z.string() }).nullable(),
  /** The outage that it was merged into; it ends with it. */
  notice: z.object({ id: shape.id, title: z.string() }).nullable(),
  survey: z.object({ dueAt: shape.instant, open: z.boolean() }).nullable(),
  /** Money for parts or work on site that waits to be paid by the normal cashier. */
  charge: z.object({ billId: shape.id, amountFen: shape.fen, paid: z.boolean() }).nullable(),
})
export type RequestView = z.infer<typeof request>

const fileIds = z.array(shape.id).max(8).default([])
const words = z.string().trim().min(1, '请说一说').max(500)

/** Degrees times a million, WGS 84: integers compare and store exactly. */
export const place = z.strictObject({
  latE6: z.int().min(-90_000_000).max(90_000_000),
  lngE6: z.int().min(-180_000_000).max(180_000_000),
  words: z.string().max(80).default(''),
})

export const submitInput = {
  companyId: shape.companyId,
  typeId: z.string().max(32),
  /** The catalogue the form was made from; the request keeps it. */
  catalogueVersion: z.int(),
  householdId: shape.id.optional(),
  /** Where it is when it is not at a household, or more exactly. */
  addressText: z.string().trim().max(120).optional(),
  place: place.optional(),
  words: z.string().trim().min(2, '请说一说哪里有问题').max(500),
  answers: z.record(
    z.string().max(32),
    z.union([z.string().max(200), z.number(), z.array(z.string().max(30)).max(12)]),
  ),
  fileIds,
  contactName: z.string().trim().max(20).optional(),
  contactPhone: z
    .string()
    .regex(/^1[3-9]\d{9}$|^0\d{2,3}-?\d{7,8}$/, '请填写手机号或座机号')
    .optional(),
}

/**
 * An open request that looks like the same thing: my own first, marked `own`; of somebody else's enough to recognise it
 * and nothing of the person.
 */
const similar = z.object({
  requestId: shape.id,
  typeName: z.string(),
  /** The unit, the building or the distance, such as 同单元 or 约120米. */
  where: z.string(),
  createdAt: shape.instant,
  state: requestState,
  stateWords: z.string(),
  followers: z.int(),
  /** Mine: there is nothing to follow, the page says 您已报过 and opens it. */
  own: z.boolean(),
})

export const requestsOperations = {
  'requests.precheck': {
    method: 'GET',
    auth: 'resident',
    guests: true,
    summary:
      'Before the form is filled in: outages that cover the household, requests that look the same, and what is promised.',
    input: z.strictObject({
      companyId: shape.companyId,
      typeId: z.string().max(32),
      householdId: shape.id.optional(),
      latE6: z.coerce.number().int().optional(),
      lngE6: z.coerce.number().int().optional(),
    }),
    output: z.object({
      outages: z.array(
        z.object({
          noticeId: shape.id,
          title: z.string(),
          until: shape.instant.nullable(),
          subscribed: z.boolean(),
        }),
      ),
      similar: z.array(similar),
      clocks: z.array(z.object({ kind: clockKind, promise: z.string(), dueAt: shape.instant })),
      /** What we know already, so that nobody types it. */
      contactNameMasked: z.string().nullable(),
      contactPhoneMasked: z.string().nullable(),
    }),
  },
  'requests.submit': {
    method: 'POST',
    auth: 'resident',
    guests: true,
    summary: 'Submits a request. Its promises start with the answer.',
    input: shape.act.extend({
      ...submitInput,
      holdId: shape.id.optional(),
      /** It is part of this outage of the precheck: it ends with the restoration, and nobody is sent. */
      noticeId: shape.id.optional(),
      anonymous: z.boolean().default(false),
      /** The name of the parent one acts for; the household must be bound, or the parent’s phone given. */
      onBehalfOf: z.string().trim().max(20).optional(),
      /** That the danger gate was passed, with the answer that was given. */
      dangerSeen: z.boolean().default(false),
    }),
    output: z.object({ request }),
  },
  'requests.list': {
    method: 'GET',
    auth: 'resident',
    guests: true,
    summary: 'My requests and those I follow, open ones first, then the newest.',
    input: z.strictObject({
      show: z.enum(['open', 'closed', 'all']).default('all'),
      cursor: shape.cursor.optional(),
      limit: shape.pageLimit,
    }),
    output: z.object({ items: z.array(summary), nextCursor: shape.cursor.nullable() }),
  },
  'requests.get': {
    method: 'GET',
    auth: 'resident',
    guests: true,
    summary:
      'One request with its timeline. Of one that I only follow: no words, photos or names of its owner.',
    input: z.strictObject({ requestId: shape.id }),
    output: z.object({ request }),
  },
  'requests.follow': {
    method: 'POST',
    auth: 'resident',
    summary: 'Follows a neighbour’s request instead of making another, or stops following it.',
    input: shape.act.extend({ requestId: shape.id, follow: z.boolean() }),
    output: shape.done,
  },
  'requests.add': {
    method: 'POST',
    auth: 'resident',
    guests: true,
    summary: 'Adds words or photos to my open request.',
    input: shape.act.extend({ requestId: shape.id, words, fileIds }),
    output: z.object({ request }),
  },
  'requests.urge': {
    method: 'POST',
    auth: 'resident',
    guests: true,
    summary:
      'Urges (催办): at most once in two hours; the second raises the priority, the third reaches the supervisor.',
    input: shape.act.extend({ requestId: shape.id, words: z.string().trim().max(200).optional() }),
    output: z.object({ request }),
  },
  'requests.cancel': {
    method: 'POST',
    auth: 'resident',
    guests: true,
    summary: 'Takes my request back, before work has begun.',
    input: shape.act.extend({ requestId: shape.id, reason: z.string().trim().min(1).max(100) }),
    output: z.object({ request }),
  },
  'requests.rate': {
    method: 'POST',
    auth: 'resident',
    guests: true,
    summary:
      'Says how it went. `not` reopens it inside the company’s window, `partly` opens a follow-up; under four stars a reason is asked.',
    input: shape.act.extend({
      requestId: shape.id,
      stars: z.int().min(1).max(5),
      outcome: z.enum(['solved', 'partly', 'not']),
      reasons: z.array(z.string().max(12)).max(8).default([]),
      words: z.string().trim().max(300).optional(),
      fileIds,
    }),
    output: z.object({ request, followUp: z.object({ id: shape.id, number: z.string() }).nullable() }),
  },
  'requests.reopen': {
    method: 'POST',
    auth: 'resident',
    summary: 'Not solved after all: opens it again until `reopenUntil`.',
    input: shape.act.extend({ requestId: shape.id, words, fileIds }),
    output: z.object({ request }),
  },
  'requests.changeAppointment': {
    method: 'POST',
    auth: 'resident',
    summary: 'Moves the visit to another slot that I hold, or cancels it; until the limit.',
    input: shape.act.extend({ requestId: shape.id, holdId: shape.id.nullable() }),
    output: z.object({ request }),
  },
  'requests.answerSurvey': {
    method: 'POST',
    auth: 'resident',
    summary: 'Four weeks later: is it still good? Also switches such questions off.',
    input: shape.act.extend({
      requestId: shape.id,
      stillGood: z.boolean().nullable(),
      noMoreSurveys: z.boolean(),
    }),
    output: shape.done,
  },
  'requests.answerRestored': {
    method: 'POST',
    auth: 'resident',
    summary:
      '恢复了吗: yes, or no, which at once opens my request of this outage again, or makes an urgent one where there is none.',
    input: shape.act.extend({
      noticeId: shape.id,
      householdId: shape.id,
      answer: z.enum(['yes', 'no']),
    }),
    /** Where it is looked at now; null after a yes. */
    output: z.object({ request: z.object({ id: shape.id, number: z.string() }).nullable() }),
  },
  'requests.byLink': {
    method: 'GET',
    auth: 'public',
    summary:
      'A request behind the link that its caller got by SMS. A wrong or old link and none answer alike.',
    input: z.strictObject({ token: z.string().regex(/^[0-9a-f]{32}$/, '链接不对') }),
    output: z.object({ request }),
  },
  'requests.actByLink': {
    method: 'POST',
    auth: 'public',
    summary: 'What the holder of a follow-link may do: add words, urge, cancel, rate.',
    input: z.strictObject({
      clientId: shape.clientId,
      token: z.string().regex(/^[0-9a-f]{32}$/, '链接不对'),
      act: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('add'), words }),
        z.strictObject({ kind: z.literal('urge') }),
        z.strictObject({ kind: z.literal('cancel'), reason: z.string().trim().min(1).max(100) }),
        z.strictObject({
          kind: z.literal('rate'),
          stars: z.int().min(1).max(5),
          outcome: z.enum(['solved', 'partly', 'not']),
          reasons: z.array(z.string().max(12)).max(8).default([]),
          words: z.string().trim().max(300).optional(),
        }),
      ]),
    }),
    output: z.object({ request }),
  },
} as const satisfies Operations
