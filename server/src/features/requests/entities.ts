import { col, defineTable } from '../../core/db/tables'
import type { ClockKind, ServiceClass } from '../catalogue'
import type { HoldReason, RequestState } from './schema'

export interface RequestRow {
  id: string
  number: string
  companyId: string
  /** Who made it; null for a caller. Kept for an anonymous one too, and shown to nobody. */
  residentId: string | null
  householdId: string | null
  /** The knot of the place tree it is in, and the ids from the root down to it, each followed by a slash. */
  areaId: string | null
  areaPath: string
  /** Without names and numbers, such as 松海园 41号楼; for lists. */
  areaName: string
  typeId: string
  class: ServiceClass
  catalogueVersion: number
  channel: string
  state: RequestState
  /** Where it was when it was put on hold. */
  stateBefore: RequestState | null
  /** Where it was when it was merged into another, on hold included. */
  mergedState: RequestState | null
  holdReason: HoldReason | null
  holdUntil: number | null
  priority: number
  words: string
  /** Answers by question code, as JSON. */
  answers: string
  /** SealedContact as JSON under one seal: name, phone, address, on behalf of whom. */
  contactSealed: string
  /** Blind indexes, for search: of the whole phone number, and of its last four digits with the company. */
  phoneIndex: string | null
  phoneTailIndex: string | null
  anonymous: number
  latE6: number | null
  lngE6: number | null
  teamId: string | null
  assigneeId: string | null
  /** Until when the assignee must take the order; null once taken. */
  answerBy: number | null
  parentId: string | null
  /** How many were merged into this one. */
  children: number
  /** How many neighbours follow it. */
  followers: number
  followsUpId: string | null
  /** The outage notice that it was merged into; it ends with the restoration. */
  noticeId: string | null
  /** Of a request without supply: what feeds its household, or the building where that is not known. */
  outagePlaceId: string | null
  /** Lines of the checklist that are ticked, as a JSON array of indexes. */
  checked: string
  urges: number
  /** Urges that nobody has answered yet. */
  urgesWaiting: number
  lastUrgedAt: number | null
  reopened: number
  /** When it was opened again last; evidence of earlier work does not count for later work. */
  reopenedAt: number | null
  escalation: number
  /** When the clock that is due next is due; far in the future when none runs. The inbox sorts by it. */
  nextDueAt: number
  nextWarnAt: number
  hasPhotos: number
  /** Set while something is still to be done; null when it is over, so that open ones have an index of their own. */
  openSlot: number | null
  version: number
  createdAt: number
  updatedAt: number
  resolvedAt: number | null
  closedAt: number | null
  reopenUntil: number | null
  surveyAt: number | null
  /** What the portal does next by itself, and when: look at a hold again, close, remind of the rating, ask again. */
  wake: 'hold' | 'close' | 'rate' | 'survey' | null
  wakeAt: number | null
  /** Some of its words wait for a person's look, because the content check was not sure or was away. */
  wordsFlagged: number
  /** What was reported is shown to nobody but its writer and, covered, to the desk. */
  wordsHidden: number
  followTokenHash: string | null
  /** The household's code by which whoever made it came; null for everybody else. What they see is masked. */
  codeId: string | null
}

/** No clock is due: sorts behind everything that has one. */
export const NEVER_DUE = 9_000_000_000_000

export const requestTable = defineTable<RequestRow>('request', {
  columns: {
    id: col.key(26),
    number: col.key(20),
    companyId: col.key(32),
    residentId: col.key(26).orNull(),
    householdId: col.key(26).orNull(),
    areaId: col.key(26).orNull(),
    areaPath: col.key(160),
    areaName: col.words(80),
    typeId: col.key(32),
    class: col.key(10),
    catalogueVersion: col.int(),
    channel: col.key(16),
    state: col.key(12),
    stateBefore: col.key(12).orNull(),
    mergedState: col.key(12).orNull(),
    holdReason: col.key(10).orNull(),
    holdUntil: col.instant().orNull(),
    priority: col.int(),
    words: col.words(600),
    answers: col.text(),
    contactSealed: col.text(),
    phoneIndex: col.key(64).orNull(),
    phoneTailIndex: col.key(64).orNull(),
    anonymous: col.flag(),
    latE6: col.int().orNull(),
    lngE6: col.int().orNull(),
    teamId: col.key(26).orNull(),
    assigneeId: col.key(26).orNull(),
    answerBy: col.instant().orNull(),
    parentId: col.key(26).orNull(),
    children: col.int(),
    followers: col.int(),
    followsUpId: col.key(26).orNull(),
    noticeId: col.key(26).orNull(),
    outagePlaceId: col.key(26).orNull(),
    checked: col.key(60),
    urges: col.int(),
    urgesWaiting: col.int(),
    lastUrgedAt: col.instant().orNull(),
    reopened: col.int(),
    reopenedAt: col.instant().orNull(),
    escalation: col.int(),
    nextDueAt: col.instant(),
    nextWarnAt: col.instant(),
    hasPhotos: col.flag(),
    openSlot: col.int().orNull(),
    version: col.int(),
    createdAt: col.instant(),
    updatedAt: col.instant(),
    resolvedAt: col.instant().orNull(),
    closedAt: col.instant().orNull(),
    reopenUntil: col.instant().orNull(),
    surveyAt: col.instant().orNull(),
    wake: col.key(8).orNull(),
    wakeAt: col.instant().orNull(),
    wordsFlagged: col.flag(),
    wordsHidden: col.flag(),
    followTokenHash: col.key(64).orNull(),
    codeId: col.key(26).orNull(),
  },
  primaryKey: ['id'],
  unique: { request_number: ['number'], request_follow_token: ['followTokenHash'] },
  indexes: {
    request_closed: ['closedAt'],
    request_of_resident: ['residentId', 'id'],
    request_of_household: ['householdId', 'id'],
    request_open_due: ['companyId', 'openSlot', 'nextDueAt', 'id'],
    request_of_team: ['teamId', 'openSlot', 'nextDueAt', 'id'],
    request_of_assignee: ['assigneeId', 'openSlot', 'nextDueAt', 'id'],
    request_by_company: ['companyId', 'id'],
    request_changed: ['updatedAt', 'id'],
    request_in_area: ['areaId', 'typeId', 'createdAt'],
    request_nearby: ['companyId', 'typeId', 'latE6'],
    request_children: ['parentId', 'id'],
    request_of_notice: ['noticeId', 'state', 'id'],
    request_without_supply: ['outagePlaceId', 'createdAt'],
    request_by_phone: ['phoneIndex'],
    request_by_phone_tail: ['phoneTailIndex'],
    request_answer_by: ['answerBy', 'id'],
    request_wake: ['wakeAt', 'id'],
  },
})

/** One line of the timeline. Rows are only added. */
export interface StepRow {
  id: string
  requestId: string
  at: number
  kind: string
  title: string
  words: string | null
  byKind: 'resident' | 'staff' | 'system'
  byId: string | null
  byName: string | null
  /** Internal ones are never shown to a resident. */
  internal: number
  /** Facts by name as JSON: place, reading, reason, from and to. */
  facts: string
}

export const stepTable = defineTable<StepRow>('request_step', {
  columns: {
    id: col.key(26),
    requestId: col.key(26),
    at: col.instant(),
    kind: col.key(32),
    title: col.words(80),
    words: col.words(1000).orNull(),
    byKind: col.key(8),
    byId: col.key(26).orNull(),
    byName: col.words(40).orNull(),
    internal: col.flag(),
    facts: col.text(),
  },
  primaryKey: ['id'],
  indexes: { request_step_of: ['requestId', 'id'] },
})

/** One promise of one request. A request that is opened again gets new rows; the old ones keep their verdict. */
export interface ClockRow {
  id: string
  requestId: string
  companyId: string
  kind: ClockKind
  /** 1 for the first time, 2 after it was opened again, and so on. */
  round: number
  state: 'waiting' | 'running' | 'paused' | 'met' | 'missed' | 'void'
  calendar: string
  limitMinutes: number
  warnShare: number
  /** Counted time that was used before the last pause. */
  usedMs: number
  /** When it ran before the last pause, as a JSON array of [from, to], so that another calendar can count it anew. */
  runs: string
  /** Since when it runs; null while it waits or is paused. */
  runsSince: number | null
  dueAt: number | null
  warnAt: number | null
  /** What the sweep does next and when: warn, breach, escalate 1 to 3; null when nothing is left to do. */
  nextStep: string | null
  nextStepAt: number | null
  /** How long until the next step, kept while a clock that was missed is paused. */
  stepLeftMs: number | null
  metAt: number | null
  breachedAt: number | null
  /** The visit that was agreed; where there is one, it is what is promised. */
  visitFrom: number | null
  visitTo: number | null
}

export const clockTable = defineTable<ClockRow>('request_clock', {
  columns: {
    id: col.key(26),
    requestId: col.key(26),
    companyId: col.key(32),
    kind: col.key(8),
    round: col.int(),
    state: col.key(8),
    calendar: col.key(32),
    limitMinutes: col.int(),
    warnShare: col.int(),
    usedMs: col.instant(),
    runs: col.text(),
    runsSince: col.instant().orNull(),
    dueAt: col.instant().orNull(),
    warnAt: col.instant().orNull(),
    nextStep: col.key(12).orNull(),
    nextStepAt: col.instant().orNull(),
    stepLeftMs: col.instant().orNull(),
    metAt: col.instant().orNull(),
    breachedAt: col.instant().orNull(),
    visitFrom: col.instant().orNull(),
    visitTo: col.instant().orNull(),
  },
  primaryKey: ['id'],
  unique: { request_clock_of: ['requestId', 'kind', 'round'] },
  indexes: { request_clock_due: ['nextStepAt', 'id'] },
})

/** A file that belongs to a request: to what was reported, to a step, or to the work. */
export interface RequestFileRow {
  requestId: string
  fileId: string
  stepId: string
  /** `problem`, `added`, `before`, `after`, `signature`, `voice`, `rating`, `reply`, `note`. */
  role: string
  position: number
}

export const requestFileTable = defineTable<RequestFileRow>('request_file', {
  columns: {
    requestId: col.key(26),
    fileId: col.key(26),
    stepId: col.key(26),
    role: col.key(12),
    position: col.int(),
  },
  primaryKey: ['requestId', 'fileId'],
  unique: { request_file_once: ['fileId'] },
})

/** Somebody who follows a neighbour's request. */
export interface FollowerRow {
  requestId: string
  residentId: string
  since: number
}

export const followerTable = defineTable<FollowerRow>('request_follower', {
  columns: { requestId: col.key(26), residentId: col.key(26), since: col.instant() },
  primaryKey: ['requestId', 'residentId'],
  indexes: { request_followed_by: ['residentId', 'requestId'] },
})

export interface RatingRow {
  requestId: string
  round: number
  stars: number
  outcome: 'solved' | 'partly' | 'not'
  reasons: string
  words: string | null
  at: number
  replyWords: string | null
  replyAt: number | null
  replyById: string | null
  replyByName: string | null
}

export const ratingTable = defineTable<RatingRow>('request_rating', {
  columns: {
    requestId: col.key(26),
    round: col.int(),
    stars: col.int(),
    outcome: col.key(8),
    reasons: col.words(200),
    words: col.words(300).orNull(),
    at: col.instant(),
    replyWords: col.words(500).orNull(),
    replyAt: col.instant().orNull(),
    replyById: col.key(26).orNull(),
    replyByName: col.words(40).orNull(),
  },
  primaryKey: ['requestId', 'round'],
})

/** Two requests put beside each other; the smaller id first. */
export interface RequestLinkRow {
  requestId: string
  otherId: string
  at: number
  byId: string
}

export const requestLinkTable = defineTable<RequestLinkRow>('request_link', {
  columns: { requestId: col.key(26), otherId: col.key(26), at: col.instant(), byId: col.key(26) },
  primaryKey: ['requestId', 'otherId'],
  indexes: { request_link_back: ['otherId', 'requestId'] },
})

/** The question four weeks later, asked once. */
export interface SurveyRow {
  requestId: string
  residentId: string
  askedAt: number
  stillGood: number | null
  answeredAt: number | null
}

export const surveyTable = defineTable<SurveyRow>('request_survey', {
  columns: {
    requestId: col.key(26),
    residentId: col.key(26),
    askedAt: col.instant(),
    stillGood: col.flag().orNull(),
    answeredAt: col.instant().orNull(),
  },
  primaryKey: ['requestId'],
  indexes: { request_survey_by_resident: ['residentId'] },
})

/** Residents who do not want to be asked four weeks later. */
export interface NoSurveyRow {
  residentId: string
  since: number
}

export const noSurveyTable = defineTable<NoSurveyRow>('request_no_survey', {
  columns: { residentId: col.key(26), since: col.instant() },
  primaryKey: ['residentId'],
})

/**
 * Counts requests of one day. Each company has a row and takes numbers from the day's common row (`*`) in blocks,
 * so that a number is nobody else's and companies do not wait for each other.
 */
export interface RequestCounterRow {
  companyId: string
  day: string
  last: number
  /** The last number of the block that was taken. */
  upTo: number
}

export const requestCounterTable = defineTable<RequestCounterRow>('request_counter', {
  columns: { companyId: col.key(32), day: col.key(10), last: col.int(), upTo: col.int() },
  primaryKey: ['companyId', 'day'],
})
