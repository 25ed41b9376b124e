import { col, defineTable } from '../../core/db/tables'

/** Filters that somebody keeps under a name. */
export interface ViewRow {
  id: string
  ownerId: string
  name: string
  /** The filters as they stand in the address. */
  query: string
  shared: number
  /** The owner's companies when it was saved, as JSON; null is all. Who shares none of them does not see it. */
  companies: string | null
  createdAt: number
  updatedAt: number
}

export const viewTable = defineTable<ViewRow>('desk_view', {
  columns: {
    id: col.key(26),
    ownerId: col.key(26),
    name: col.words(20),
    query: col.words(500),
    shared: col.flag(),
    companies: col.text().orNull(),
    createdAt: col.instant(),
    updatedAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { desk_view_name: ['ownerId', 'name'] },
  indexes: { desk_view_shared: ['shared', 'id'] },
})

export interface ReplyRow {
  id: string
  /** Null is for every company. */
  companyId: string | null
  title: string
  text: string
  /** Service types it is offered for, as JSON; none is all of them. */
  typeIds: string
  updatedById: string
  createdAt: number
  updatedAt: number
}

export const replyTable = defineTable<ReplyRow>('desk_reply', {
  columns: {
    id: col.key(26),
    companyId: col.key(32).orNull(),
    title: col.words(30),
    text: col.words(500),
    typeIds: col.text(),
    updatedById: col.key(26),
    createdAt: col.instant(),
    updatedAt: col.instant(),
  },
  primaryKey: ['id'],
  indexes: { desk_reply_of_company: ['companyId', 'title'] },
})

/**
 * `ready`: small enough for one person. `waiting`: somebody else must approve it. `approved` and `refused` are their
 * word. What was fetched has `takenAt`.
 */
export type ExportState = 'ready' | 'waiting' | 'approved' | 'refused'

/** A list that somebody asked to carry away. Its address works once, for that person, for five minutes. */
export interface ExportRow {
  id: string
  staffId: string
  state: ExportState
  /** Null until there is an address. */
  tokenHash: string | null
  query: string
  /** Column names as JSON. */
  chosen: string
  /** How many rows there were when it was asked for; no more of them may be carried away. */
  rowsFound: number
  /** What it is for, where it had to be approved. */
  reason: string | null
  /** Whose rows are in it, as JSON: companies, and areas where they are not all. */
  companies: string
  areaPaths: string | null
  createdAt: number
  /** Until when the address is good; of what waits or was approved, until when it may be had at all. */
  expiresAt: number
  decidedById: string | null
  decidedByName: string | null
  decidedAt: number | null
  decidedWords: string | null
  takenAt: number | null
}

export const exportTable = defineTable<ExportRow>('desk_export', {
  columns: {
    id: col.key(26),
    staffId: col.key(26),
    state: col.key(8),
    tokenHash: col.key(64).orNull(),
    query: col.words(500),
    chosen: col.text(),
    rowsFound: col.int(),
    reason: col.words(100).orNull(),
    companies: col.text(),
    areaPaths: col.text().orNull(),
    createdAt: col.instant(),
    expiresAt: col.instant(),
    decidedById: col.key(26).orNull(),
    decidedByName: col.words(40).orNull(),
    decidedAt: col.instant().orNull(),
    decidedWords: col.words(100).orNull(),
    takenAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  unique: { desk_export_token: ['tokenHash'] },
  indexes: { desk_export_of_staff: ['staffId', 'id'], desk_export_waiting: ['state', 'id'] },
})

/** How often somebody did today what may be done only so often: looks at unmasked fields, exports. */
export interface QuotaRow {
  staffId: string
  /** A day in Shanghai. */
  day: string
  kind: 'unmask' | 'export'
  used: number
}

export const quotaTable = defineTable<QuotaRow>('desk_quota', {
  columns: { staffId: col.key(26), day: col.key(10), kind: col.key(8), used: col.int() },
  primaryKey: ['staffId', 'day', 'kind'],
})
