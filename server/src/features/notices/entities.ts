import { col, defineTable } from '../../core/db/tables'
import type { ChangeKind, NoticeKind, NoticeState, VersionState } from './schema'

export * from './outcome-entities'

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
    /** The desk's live news. */
    notice_by_change: ['updatedAt'],
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
  indexes: { notice_call_of_household: ['householdId'] },
})
