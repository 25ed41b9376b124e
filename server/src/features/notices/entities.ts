import { col, defineTable } from '../../core/db/tables'
import type { ChangeKind, NoticeKind, NoticeState, VersionState } from './schema'

/** One outage or announcement, from its draft to its end. What residents read are its versions. */
export interface NoticeRow {
  id: string
  companyId: string
  /** For people on the telephone, such as TD2026112200012. */
  number: string
  kind: NoticeKind
  state: NoticeState
  /** Grows with every change, so that two publishers never overwrite each other. */
  revision: number
  /** The newest version that residents see; 0 before the first. */
  version: number
  title: string
  /** Why, in a resident's words. */
  reasonWords: string
  phone: string
  startsAt: number | null
  /** When it is expected to be over. */
  endsAt: number | null
  restoredAt: number | null
  /** Supply is really gone, so minutes are counted; false for an announcement. */
  cutsSupply: number
  /** Since when supply is gone; later than planned when it began late. */
  cutSince: number | null
  urgency: number
  /** Where `requests` closes what was merged into it; null until that is done after the restoration. */
  requestsClosedAt: number | null
  minutesKeptAt: number | null
  /** Requests that were merged into it, counted by `requests`. */
  mergedRequests: number
  suggestionId: string | null
  createdBy: string
  createdAt: number
  updatedAt: number
}

export const noticeTable = defineTable<NoticeRow>('notice', {
  columns: {
    id: col.key(26),
    companyId: col.key(32),
    number: col.key(20),
    kind: col.key(16),
    state: col.key(16),
    revision: col.int(),
    version: col.int(),
    title: col.words(60),
    reasonWords: col.words(200),
    phone: col.key(24),
    startsAt: col.instant().orNull(),
    endsAt: col.instant().orNull(),
    restoredAt: col.instant().orNull(),
    cutsSupply: col.flag(),
    cutSince: col.instant().orNull(),
    urgency: col.int(),
    requestsClosedAt: col.instant().orNull(),
    minutesKeptAt: col.instant().orNull(),
    mergedRequests: col.int(),
    suggestionId: col.key(26).orNull(),
    createdBy: col.key(26),
    createdAt: col.instant(),
    updatedAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { notice_number: ['number'] },
  indexes: {
    notice_by_company: ['companyId', 'state', 'id'],
    notice_by_state: ['state', 'restoredAt', 'id'],
    /** What still follows from a restoration: null is among the first. */
    notice_minutes_due: ['state', 'minutesKeptAt', 'id'],
    notice_requests_due: ['state', 'requestsClosedAt', 'id'],
  },
})

/** What was said, once it was said: never changed afterwards; a change is the next version. */
export interface VersionRow {
  id: string
  noticeId: string
  version: number
  /** What kind of word it is; `change` is a word of SQL. */
  said: ChangeKind
  state: VersionState
  title: string
  words: string
  reasonWords: string
  startsAt: number | null
  endsAt: number | null
  /** What changed since the version before, in words; empty in the first. */
  changed: string
  /** Which lead-time rule was broken, and why all the same; null where none was. */
  leadRule: string | null
  leadReason: string | null
  publishAt: number | null
  /** Who wrote it as it stands, and who handed it in: neither may be the second person. */
  createdBy: string
  submittedBy: string | null
  approvedBy: string | null
  approvedAt: number | null
  refusedWords: string | null
  publishedAt: number | null
  stoppedAt: number | null
  stoppedBy: string | null
  bulkId: string | null
  createdAt: number
}

export const versionTable = defineTable<VersionRow>('notice_version', {
  columns: {
    id: col.key(26),
    noticeId: col.key(26),
    version: col.int(),
    said: col.key(16),
    state: col.key(12),
    title: col.words(60),
    words: col.text(),
    reasonWords: col.words(200),
    startsAt: col.instant().orNull(),
    endsAt: col.instant().orNull(),
    changed: col.words(200),
    leadRule: col.words(120).orNull(),
    leadReason: col.words(200).orNull(),
    publishAt: col.instant().orNull(),
    createdBy: col.key(26),
    submittedBy: col.key(26).orNull(),
    approvedBy: col.key(26).orNull(),
    approvedAt: col.instant().orNull(),
    refusedWords: col.words(200).orNull(),
    publishedAt: col.instant().orNull(),
    stoppedAt: col.instant().orNull(),
    stoppedBy: col.key(26).orNull(),
    bulkId: col.key(26).orNull(),
    createdAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { notice_version_number: ['noticeId', 'version'] },
  indexes: { notice_version_due: ['state', 'publishAt'] },
})

/** One area of either tree that a notice covers, with everything below it. */
export interface NoticeAreaRow {
  noticeId: string
  areaId: string
  tree: 'place' | 'supply'
  fullName: string
  path: string
}

export const noticeAreaTable = defineTable<NoticeAreaRow>('notice_area', {
  columns: {
    noticeId: col.key(26),
    areaId: col.key(26),
    tree: col.key(8),
    fullName: col.words(250),
    path: col.key(160),
  },
  primaryKey: ['noticeId', 'areaId'],
  indexes: { notice_area_by_area: ['areaId', 'noticeId'] },
})

/** One household that a notice names by its account number. */
export interface NoticeHouseholdRow {
  noticeId: string
  householdId: string
}

export const noticeHouseholdTable = defineTable<NoticeHouseholdRow>('notice_household', {
  columns: { noticeId: col.key(26), householdId: col.key(26) },
  primaryKey: ['noticeId', 'householdId'],
  indexes: { notice_household_by_household: ['householdId', 'noticeId'] },
})

/** An account number that a draft names and no household of the company has; shown in the preview. */
export interface NoticeUnknownRow {
  noticeId: string
  accountNo: string
}

export const noticeUnknownTable = defineTable<NoticeUnknownRow>('notice_unknown_account', {
  columns: { noticeId: col.key(26), accountNo: col.key(20) },
  primaryKey: ['noticeId', 'accountNo'],
})

/** The last number of a Shanghai day; the row is the lock. */
export interface NoticeCounterRow {
  day: string
  last: number
}

export const noticeCounterTable = defineTable<NoticeCounterRow>('notice_counter', {
  columns: { day: col.key(10), last: col.int() },
  primaryKey: ['day'],
})

/** How far a version's fan-out has come; everything before the cursor has its message row. */
export interface FanoutRow {
  id: string
  noticeId: string
  version: number
  bulkId: string
  state: 'running' | 'done' | 'stopped'
  /** Whom it reaches: everybody it covers, or only who was told before (a correction, a cancellation). */
  reach: 'covered' | 'told'
  /** How many parts of the audience are behind it: `AUDIENCE_PARTS` in audience.ts. */
  part: number
  cursorPath: string
  cursorId: string
  /** Pages written. Whoever writes a page names the number it stood at, so that no page is written twice. */
  pages: number
  /** When its messages may be sent at the earliest; null for at once. */
  dueAt: number | null
  households: number
  residents: number
  expected: number
  startedAt: number
  /** When the last page was written: one that stands still is taken up by the next turn of the schedule. */
  movedAt: number
  finishedAt: number | null
}

export const fanoutTable = defineTable<FanoutRow>('notice_fanout', {
  columns: {
    id: col.key(26),
    noticeId: col.key(26),
    version: col.int(),
    bulkId: col.key(26),
    state: col.key(8),
    reach: col.key(8),
    part: col.int(),
    cursorPath: col.key(160),
    cursorId: col.key(26),
    pages: col.int(),
    dueAt: col.instant().orNull(),
    households: col.int(),
    residents: col.int(),
    expected: col.int(),
    startedAt: col.instant(),
    movedAt: col.instant(),
    finishedAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  unique: { notice_fanout_version: ['noticeId', 'version'] },
  indexes: { notice_fanout_standing: ['state', 'movedAt'] },
})

/** A count of whom a draft would reach, made by a job because a city takes longer than a request may. */
export interface PreviewRow {
  id: string
  noticeId: string
  revision: number
  state: 'counting' | 'done' | 'failed'
  /** JSON of PreviewView without its state. */
  result: string | null
  createdAt: number
  finishedAt: number | null
}

export const previewTable = defineTable<PreviewRow>('notice_preview', {
  columns: {
    id: col.key(26),
    noticeId: col.key(26),
    revision: col.int(),
    state: col.key(8),
    result: col.text().orNull(),
    createdAt: col.instant(),
    finishedAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  unique: { notice_preview_of: ['noticeId', 'revision'] },
})

/** One customer to be called about a notice. */
export interface CallRow {
  noticeId: string
  householdId: string
  mark: string
  state: 'open' | 'called' | 'unreached'
  note: string
  /** Of the household's place, for the scope of whoever calls. */
  areaPath: string
  byStaff: string | null
  at: number | null
}

export const callTable = defineTable<CallRow>('notice_call', {
  columns: {
    noticeId: col.key(26),
    householdId: col.key(26),
    mark: col.key(16),
    state: col.key(12),
    note: col.words(200),
    areaPath: col.key(160),
    byStaff: col.key(26).orNull(),
    at: col.instant().orNull(),
  },
  primaryKey: ['noticeId', 'householdId'],
})

/** A resident who asked to be told, though no household of theirs need be in it. */
export interface SubscriberRow {
  noticeId: string
  residentId: string
  householdId: string | null
  createdAt: number
}

export const subscriberTable = defineTable<SubscriberRow>('notice_subscriber', {
  columns: {
    noticeId: col.key(26),
    residentId: col.key(26),
    householdId: col.key(26).orNull(),
    createdAt: col.instant(),
  },
  primaryKey: ['noticeId', 'residentId'],
  indexes: { notice_subscriber_by_resident: ['residentId', 'noticeId'] },
})

/** What a resident answered to 恢复了吗. */
export interface FeedbackRow {
  noticeId: string
  householdId: string
  residentId: string
  answer: 'yes' | 'no'
  requestId: string | null
  at: number
}

export const feedbackTable = defineTable<FeedbackRow>('notice_feedback', {
  columns: {
    noticeId: col.key(26),
    householdId: col.key(26),
    residentId: col.key(26),
    answer: col.key(4),
    requestId: col.key(26).orNull(),
    at: col.instant(),
  },
  primaryKey: ['noticeId', 'householdId'],
})

/** How long one household was without supply: for compensation and for the reliability figures. */
export interface OutageMinutesRow {
  noticeId: string
  householdId: string
  fromAt: number
  untilAt: number
  minutes: number
}

export const outageMinutesTable = defineTable<OutageMinutesRow>('outage_minutes', {
  columns: {
    noticeId: col.key(26),
    householdId: col.key(26),
    fromAt: col.instant(),
    untilAt: col.instant(),
    minutes: col.int(),
  },
  primaryKey: ['noticeId', 'householdId'],
  indexes: { outage_minutes_by_household: ['householdId', 'fromAt'] },
})

/** How far the keeping of minutes has come after a restoration, and what it amounts to. */
export interface MinutesRunRow {
  noticeId: string
  state: 'running' | 'done'
  part: number
  cursorPath: string
  cursorId: string
  pages: number
  households: number
  /** Minutes of all households together. */
  minutes: number
  movedAt: number
}

export const minutesRunTable = defineTable<MinutesRunRow>('outage_minutes_run', {
  columns: {
    noticeId: col.key(26),
    state: col.key(8),
    part: col.int(),
    cursorPath: col.key(160),
    cursorId: col.key(26),
    pages: col.int(),
    households: col.int(),
    minutes: col.fen(),
    movedAt: col.instant(),
  },
  primaryKey: ['noticeId'],
})

/** Several requests without supply in one place: a publisher is asked whether this is an outage. */
export interface SuggestionRow {
  id: string
  companyId: string
  areaId: string
  tree: 'place' | 'supply'
  /** 1 while open, null afterwards, so that one place has one open suggestion. */
  openSlot: number | null
  state: 'open' | 'used' | 'dismissed'
  requests: number
  firstAt: number
  lastAt: number
  noticeId: string | null
  endedBy: string | null
}

export const suggestionTable = defineTable<SuggestionRow>('notice_suggestion', {
  columns: {
    id: col.key(26),
    companyId: col.key(32),
    areaId: col.key(26),
    tree: col.key(8),
    openSlot: col.int().orNull(),
    state: col.key(12),
    requests: col.int(),
    firstAt: col.instant(),
    lastAt: col.instant(),
    noticeId: col.key(26).orNull(),
    endedBy: col.key(26).orNull(),
  },
  primaryKey: ['id'],
  unique: { notice_suggestion_open: ['areaId', 'openSlot'] },
  indexes: { notice_suggestion_by_company: ['companyId', 'state', 'id'] },
})
