import { col, defineTable } from '../../core/db/tables'

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
  indexes: {
    notice_subscriber_since: ['createdAt'],
    notice_subscriber_by_resident: ['residentId', 'noticeId'],
  },
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
  indexes: { notice_feedback_by_resident: ['residentId'], notice_feedback_at: ['at'] },
})

/** How long one household was without supply: for compensation and for the reliability figures. */
export interface OutageMinutesRow {
  noticeId: string
  householdId: string
  fromAt: number
  untilAt: number
  /** The whole span that this notice says. */
  minutes: number
  /** What of it no other notice has counted for this household. */
  countedMinutes: number
}

export const outageMinutesTable = defineTable<OutageMinutesRow>('outage_minutes', {
  columns: {
    noticeId: col.key(26),
    householdId: col.key(26),
    fromAt: col.instant(),
    untilAt: col.instant(),
    minutes: col.int(),
    countedMinutes: col.int(),
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
  /** Minutes of all households together, and those that no other notice has counted. */
  minutes: number
  countedMinutes: number
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
    countedMinutes: col.fen(),
    movedAt: col.instant(),
  },
  primaryKey: ['noticeId'],
  indexes: { outage_minutes_running: ['state', 'noticeId'] },
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
  indexes: {
    notice_suggestion_by_company: ['companyId', 'state', 'id'],
    /** The desk's live news. */
    notice_suggestion_by_state: ['state', 'lastAt'],
  },
})
