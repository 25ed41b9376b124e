import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'
import { appointmentView } from '../appointments/schema'
import { clockKind, serviceClass } from '../catalogue/schema'
import { fileView } from '../files/schema'
import { clockView, holdReason, requestState, stepView, submitInput } from '../requests/schema'
import { exportOperations } from './export-schema'
import { outageOperations } from './outage-schema'
import { householdPanel, other } from './panel-schema'
import { visitOperations } from './visit-schema'
import { viewOperations } from './views-schema'

export { householdPanel } from './panel-schema'

const person = z.object({ id: shape.id, name: z.string() })

/** One line of the inbox. No name, phone or exact address of a resident is in it. */
const row = z.object({
  id: shape.id,
  number: z.string(),
  version: z.int(),
  companyId: shape.companyId,
  typeId: z.string(),
  typeName: z.string(),
  class: serviceClass,
  state: requestState,
  priority: z.int().min(1).max(4),
  areaName: z.string().nullable(),
  addressMasked: z.string().nullable(),
  /** The first forty characters of what was said. */
  excerpt: z.string(),
  team: person.nullable(),
  assignee: person.nullable(),
  createdAt: shape.instant,
  updatedAt: shape.instant,
  /** The clock that is due next; null when none runs. */
  clock: z
    .object({
      kind: clockKind,
      dueAt: shape.instant.nullable(),
      warnAt: shape.instant.nullable(),
      state: z.string(),
    })
    .nullable(),
  urges: z.int(),
  /** Urges that nobody has answered yet. */
  urgesWaiting: z.int(),
  /** The words wait for a person's look: the content check was not sure, or was away. */
  wordsFlagged: z.boolean(),
  reopened: z.int(),
  escalation: z.int(),
  children: z.int(),
  hasPhotos: z.boolean(),
})
export type DeskRow = z.infer<typeof row>

const filters = {
  tab: z.enum(['mine', 'team', 'all']).default('all'),
  companyId: shape.companyId.optional(),
  /**
   * Comma-separated states; `open` is every state in which something is still to be done, `working` the same without
   * what is resolved and waits for its resident alone; `all` or nothing is every state. Only what is open can be sorted by `due`; other lists are newest first then.
   */
  states: z.string().max(120).optional(),
  class: serviceClass.optional(),
  typeId: z.string().max(32).optional(),
  teamId: shape.id.optional(),
  assigneeId: shape.id.optional(),
  areaId: shape.id.optional(),
  /** What is part of this outage notice. */
  noticeId: shape.id.optional(),
  /** By the clock that is due next; `urged`: urges wait for an answer; `words`: words wait for a look. Of what is open only, whatever `states` says. */
  due: z.enum(['overdue', 'warning', 'escalated', 'urged', 'words']).optional(),
  /** A request number, an account number, a phone number or its last four digits; newest first. */
  q: z.string().trim().max(40).optional(),
  from: z.coerce.number().int().min(0).optional(),
  to: z.coerce.number().int().min(0).optional(),
}

const sort = z.enum(['due', 'newest', 'updated']).default('due')
/** The filters as a list's address has them; what else stands in an address is left alone. */
export const inboxQuery = z.object({ ...filters, sort })

const wordsCheck = z.enum(['waiting', 'hidden'])

const deskRequest = row.extend({
  words: z.string(),
  /** The words above: the line of the timeline they came with, and whether they wait for a look or were hidden. */
  wordsCheck: z.object({ stepId: shape.id, state: wordsCheck }).nullable(),
  answers: z.array(z.object({ label: z.string(), value: z.string() })),
  files: z.array(fileView),
  channel: z.string(),
  /** Made by whoever held the household's code: nobody showed that they live there. */
  byCode: z.boolean(),
  anonymous: z.boolean(),
  onBehalfOfMasked: z.string().nullable(),
  contactNameMasked: z.string().nullable(),
  contactPhoneMasked: z.string().nullable(),
  place: z.object({ latE6: z.int(), lngE6: z.int(), words: z.string() }).nullable(),
  clocks: z.array(clockView),
  /** All steps, internal notes among them (`internal` true). */
  steps: z.array(
    stepView.omit({ by: true }).extend({
      internal: z.boolean(),
      byKind: z.enum(['resident', 'staff', 'system']),
      /** Its words wait for a look, or were hidden; null where there is nothing about them. */
      wordsCheck: wordsCheck.nullable(),
    }),
  ),
  checklist: z.array(z.object({ text: z.string(), done: z.boolean() })),
  evidenceMissing: z.array(z.enum(['after-photo', 'signature', 'reading'])),
  appointment: appointmentView.nullable(),
  /** A visit can be booked, moved or cancelled now; within the residents' own limit without a reason. */
  mayBookVisit: z.boolean(),
  rating: z
    .object({
      stars: z.int(),
      outcome: z.enum(['solved', 'partly', 'not']),
      reasons: z.array(z.string()),
      words: z.string().nullable(),
      at: shape.instant,
      reply: z.string().nullable(),
    })
    .nullable(),
  parent: other.nullable(),
  merged: z.array(other.extend({ createdAt: shape.instant })),
  linked: z.array(other),
  /** Moves that this person may make now. */
  moves: z.array(z.string()),
  /** Who else has it open now. */
  lookers: z.array(person),
  /** Null without one, and for somebody who did not want to be known. */
  household: householdPanel.nullable(),
})
export type DeskRequest = z.infer<typeof deskRequest>

/** Made by a person on one request; `version` is what they saw, and another change in between is a conflict. */
const onRequest = shape.act.extend({ requestId: shape.id, version: z.int() })

const moveInput = {
  move: z.enum(['accept', 'return', 'hold', 'resume', 'resolve', 'close', 'cancel', 'reopen']),
  words: z.string().trim().max(500).optional(),
  holdReason: holdReason.optional(),
  /** For `hold`: when to look again. */
  until: shape.instant.optional(),
  fileIds: z.array(shape.id).max(8).default([]),
}

export const deskOperations = {
  'desk.list': {
    method: 'GET',
    auth: 'staff',
    summary: 'The inbox: requests in my scope by filter, the nearest due first.',
    input: z.strictObject({
      ...filters,
      sort,
      cursor: shape.cursor.optional(),
      limit: shape.pageLimit,
    }),
    output: z.object({ items: z.array(row), nextCursor: shape.cursor.nullable() }),
  },
  'desk.counts': {
    method: 'GET',
    auth: 'staff',
    summary: 'How much waits in each tab, how much of it is overdue; counted up to 999.',
    input: z.strictObject({ companyId: shape.companyId.optional() }),
    output: z.object({
      mine: z.int(),
      team: z.int(),
      all: z.int(),
      overdue: z.int(),
      warning: z.int(),
      escalated: z.int(),
      /** Urges wait for an answer. */
      urged: z.int(),
      /** Words wait for a person's look. */
      words: z.int(),
      /** Of `all`: done, and waiting for the resident alone; `states: working` leaves them out. */
      resolved: z.int(),
      asOf: shape.instant,
    }),
  },
  'desk.get': {
    method: 'GET',
    auth: 'staff',
    summary: 'One request with everything beside it.',
    input: z.strictObject({ requestId: shape.id }),
    output: z.object({ request: deskRequest }),
  },
  'desk.look': {
    // A read, although it leaves a mark: it is said again every twenty seconds, in the background, and not audited.
    method: 'GET',
    auth: 'staff',
    summary: 'Says that I have this request open, or no longer; answers who else has.',
    input: z.strictObject({ requestId: shape.id, looking: z.enum(['yes', 'no']).default('yes') }),
    output: z.object({ lookers: z.array(person) }),
  },
  'desk.move': {
    method: 'POST',
    auth: 'staff',
    summary: 'Moves a request by the transition table; what a move needs and who may make it stand there.',
    input: onRequest.extend(moveInput),
    output: z.object({ request: deskRequest }),
    audits: ['requestId', 'move'],
  },
  'desk.bulk': {
    method: 'POST',
    auth: 'staff',
    summary: 'One move on many requests; each succeeds or fails by itself.',
    input: shape.act.extend({ requestIds: z.array(shape.id).min(1).max(50), ...moveInput }),
    output: z.object({ results: z.array(z.object({ requestId: shape.id, refused: z.string().nullable() })) }),
    audits: ['requestIds', 'move'],
  },
  'desk.note': {
    method: 'POST',
    auth: 'staff',
    summary: 'Writes an internal note; residents never see it.',
    input: shape.act.extend({
      requestId: shape.id,
      words: z.string().trim().min(1).max(1000),
      fileIds: z.array(shape.id).max(8).default([]),
    }),
    output: z.object({ request: deskRequest }),
    audits: ['requestId'],
  },
  'desk.reply': {
    method: 'POST',
    auth: 'staff',
    summary: 'Answers the resident: in the timeline and as a message. Also answers an urge or a rating.',
    input: shape.act.extend({
      requestId: shape.id,
      words: z.string().trim().min(1).max(500),
      to: z.enum(['resident', 'urge', 'rating']).default('resident'),
      fileIds: z.array(shape.id).max(8).default([]),
    }),
    output: z.object({ request: deskRequest }),
    audits: ['requestId', 'to'],
  },
  'desk.judgeWords': {
    method: 'POST',
    auth: 'staff',
    summary:
      'A person’s word on what a resident wrote and the content check was unsure of. What is hidden stays as evidence.',
    input: shape.act.extend({
      requestId: shape.id,
      /** The line of the timeline that the words came with. */
      stepId: shape.id,
      verdict: z.enum(['fine', 'hide']),
      reason: z.string().trim().min(2).max(100),
    }),
    output: z.object({ request: deskRequest }),
    audits: ['requestId', 'stepId', 'verdict', 'reason'],
  },
  'desk.check': {
    method: 'POST',
    auth: 'staff',
    summary: 'Ticks a line of the checklist, or takes the tick away.',
    input: shape.act.extend({ requestId: shape.id, index: z.int().min(0).max(11), done: z.boolean() }),
    output: z.object({ request: deskRequest }),
    audits: ['requestId', 'index', 'done'],
  },
  'desk.bookVisit': {
    method: 'POST',
    auth: 'staff',
    summary: 'Books a visit, or moves it; after the residents’ own limit with a reason.',
    input: onRequest.extend({ slotId: shape.id, reason: z.string().trim().min(2).max(100).optional() }),
    output: z.object({ request: deskRequest }),
    audits: ['requestId', 'slotId', 'reason'],
  },
  'desk.cancelVisit': {
    method: 'POST',
    auth: 'staff',
    summary: 'Lets the visit go; the request stays.',
    input: onRequest.extend({ reason: z.string().trim().min(2).max(100) }),
    output: z.object({ request: deskRequest }),
    audits: ['requestId', 'reason'],
  },
  'desk.classify': {
    method: 'POST',
    auth: 'staff',
    summary: 'Corrects type or priority; clocks that still run follow the new type from the first moment.',
    input: onRequest.extend({
      typeId: z.string().max(32),
      priority: z.int().min(1).max(4),
      reason: z.string().trim().min(2).max(100),
    }),
    output: z.object({ request: deskRequest }),
    audits: ['requestId', 'typeId', 'priority', 'reason'],
  },
  'desk.create': {
    method: 'POST',
    auth: 'staff',
    summary: 'Takes a request for a caller, who gets a follow-link by SMS where a mobile number is given.',
    input: shape.act.extend({
      ...submitInput,
      accountNo: z
        .string()
        .regex(/^\d{4,20}$/)
        .optional(),
      /** A time for the visit that I hold. */
      holdId: shape.id.optional(),
      callerKind: z.enum(['phone', 'counter', '12345']),
    }),
    output: z.object({ request: deskRequest, followUrl: z.string() }),
    audits: ['companyId', 'typeId', 'callerKind'],
  },
  'desk.merge': {
    method: 'POST',
    auth: 'staff',
    summary: 'Makes requests children of one (群体报修): they follow it, and their residents are told.',
    input: shape.act.extend({
      parentId: shape.id,
      childIds: z.array(shape.id).min(1).max(200),
      reason: z.string().trim().min(2).max(100),
    }),
    output: z.object({ request: deskRequest }),
    audits: ['parentId', 'childIds', 'reason'],
  },
  'desk.split': {
    method: 'POST',
    auth: 'staff',
    summary: 'Takes children out of their parent; they go on in the state they had, their clocks too.',
    input: shape.act.extend({
      childIds: z.array(shape.id).min(1).max(200),
      reason: z.string().trim().min(2).max(100),
    }),
    output: shape.done,
    audits: ['childIds', 'reason'],
  },
  'desk.link': {
    method: 'POST',
    auth: 'staff',
    summary: 'Puts two requests beside each other without joining them, or takes the link away.',
    input: shape.act.extend({ requestId: shape.id, otherId: shape.id, linked: z.boolean() }),
    output: z.object({ request: deskRequest }),
    audits: ['requestId', 'otherId', 'linked'],
  },
  'desk.unmask': {
    method: 'POST',
    auth: 'staff',
    summary: 'Shows one field unmasked, with a reason; counted per person and day.',
    input: shape.act.extend({
      requestId: shape.id,
      field: z.enum(['contactName', 'contactPhone', 'address', 'accountNo', 'ownerName']),
      reason: z.string().trim().min(4).max(100),
    }),
    output: z.object({ value: z.string(), leftToday: z.int() }),
    audits: ['requestId', 'field', 'reason'],
  },
  'desk.findHousehold': {
    method: 'GET',
    auth: 'staff',
    summary: 'Households in my scope by account number or address, for a caller; at most ten.',
    input: z.strictObject({ companyId: shape.companyId, q: z.string().trim().min(4).max(40) }),
    output: z.object({ households: z.array(householdPanel) }),
  },
  ...exportOperations,
  ...outageOperations,
  ...visitOperations,
  ...viewOperations,
} as const satisfies Operations
