import { col, defineTable } from '../../core/db/tables'

/** A copy of one's data. `ready` until its time is over; then its files are deleted and the row says `gone`. */
export type CopyState = 'waiting' | 'ready' | 'failed' | 'gone'

export interface CopyRow {
  id: string
  residentId: string
  state: CopyState
  /** Records in it, once it is ready. */
  records: number
  createdAt: number
  readyAt: number | null
  expiresAt: number | null
  /** Set while one is being made, so that a person has one at a time. */
  openSlot: number | null
}

export const copyTable = defineTable<CopyRow>('privacy_copy', {
  columns: {
    id: col.key(26),
    residentId: col.key(26),
    state: col.key(8),
    records: col.int(),
    createdAt: col.instant(),
    readyAt: col.instant().orNull(),
    expiresAt: col.instant().orNull(),
    openSlot: col.int().orNull(),
  },
  primaryKey: ['id'],
  unique: { privacy_copy_open: ['residentId', 'openSlot'] },
  indexes: { privacy_copy_of: ['residentId', 'createdAt'], privacy_copy_expiry: ['state', 'expiresAt'] },
})

export interface CopyFileRow {
  copyId: string
  format: 'json' | 'csv'
  name: string
  cipherSealed: string
  bytes: number
  sha256: string
}

export const copyFileTable = defineTable<CopyFileRow>('privacy_copy_file', {
  columns: {
    copyId: col.key(26),
    format: col.key(4),
    name: col.key(32),
    cipherSealed: col.key(200),
    bytes: col.int(),
    sha256: col.key(64),
  },
  primaryKey: ['copyId', 'format'],
})

/** `asked` can be taken back until `dueAt`; `ending` is under way; `ended` stays as the proof and as the tombstone. */
export type ClosureState = 'asked' | 'withdrawn' | 'ending' | 'ended'

export interface ClosureRow {
  id: string
  residentId: string
  state: ClosureState
  askedAt: number
  dueAt: number
  endedAt: number | null
  /** Set while it is asked or ending, so that a person has one. */
  openSlot: number | null
  /** What leads to the rest of the rows while something is left to end, sealed; null afterwards. */
  personSealed: string | null
  /** What was ended and what is kept, table by table, as JSON without a word of the person's. */
  report: string | null
  /** Rows that are still needed and end later. */
  waiting: number
  lookAt: number | null
}

export const closureTable = defineTable<ClosureRow>('privacy_closure', {
  columns: {
    id: col.key(26),
    residentId: col.key(26),
    state: col.key(10),
    askedAt: col.instant(),
    dueAt: col.instant(),
    endedAt: col.instant().orNull(),
    openSlot: col.int().orNull(),
    personSealed: col.text().orNull(),
    report: col.text().orNull(),
    waiting: col.int(),
    lookAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  unique: { privacy_closure_open: ['residentId', 'openSlot'] },
  indexes: { privacy_closure_due: ['state', 'dueAt'], privacy_closure_look: ['lookAt'] },
})

/** One run of the nightly retention. */
export interface RetentionRunRow {
  id: string
  startedAt: number
  endedAt: number | null
  tables: number
  ended: number
  kept: number
  behind: number
}

export const retentionRunTable = defineTable<RetentionRunRow>('retention_run', {
  columns: {
    id: col.key(26),
    startedAt: col.instant(),
    endedAt: col.instant().orNull(),
    tables: col.int(),
    ended: col.int(),
    kept: col.int(),
    behind: col.int(),
  },
  primaryKey: ['id'],
})

export interface RetentionLineRow {
  runId: string
  tableName: string
  due: number
  ended: number
  kept: number
  behind: number
  why: string
}

export const retentionLineTable = defineTable<RetentionLineRow>('retention_line', {
  columns: {
    runId: col.key(26),
    tableName: col.key(64),
    due: col.int(),
    ended: col.int(),
    kept: col.int(),
    behind: col.int(),
    why: col.words(120),
  },
  primaryKey: ['runId', 'tableName'],
})
