import { col, defineTable } from '../../core/db/tables'

/** What a smart meter counted on one day. A day without a row is not known, which is not nought. */
export interface UsageDayRow {
  householdId: string
  /** The Shanghai day. */
  day: string
  /** In thousandths of the company's unit. */
  quantityMilli: number
  importedAt: number
}

export const usageDayTable = defineTable<UsageDayRow>('usage_day', {
  columns: {
    householdId: col.key(26),
    day: col.key(10),
    quantityMilli: col.int(),
    importedAt: col.instant(),
  },
  primaryKey: ['householdId', 'day'],
  indexes: { usage_day_by_day: ['day', 'householdId'] },
})

/** One file of daily figures. Its row is where an interrupted import goes on. */
export interface UsageImportRow {
  id: string
  companyId: string
  fileSha: string
  fileName: string
  state: 'running' | 'done'
  /** The first record that is not in the database yet; the header is record 1. */
  nextRecord: number
  created: number
  corrected: number
  unchanged: number
  startedAt: number
  finishedAt: number | null
}

export const usageImportTable = defineTable<UsageImportRow>('usage_import', {
  columns: {
    id: col.key(26),
    companyId: col.key(32),
    fileSha: col.key(64),
    fileName: col.words(160),
    state: col.key(8),
    nextRecord: col.int(),
    created: col.int(),
    corrected: col.int(),
    unchanged: col.int(),
    startedAt: col.instant(),
    finishedAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  unique: { usage_import_file: ['companyId', 'fileSha'] },
  indexes: { usage_import_done: ['companyId', 'state', 'finishedAt'] },
})

export type WalkPurpose = 'peers' | 'alerts'

/** A walk over all households of a company: where it stands, and what it was begun for. */
export interface UsageWalkRow {
  companyId: string
  purpose: WalkPurpose
  /** The moment of the import that it follows; a later one begins the next walk. */
  followsAt: number
  generation: number
  state: 'running' | 'done'
  cursorPath: string
  cursorId: string
  pages: number
  households: number
  startedAt: number
  movedAt: number
  finishedAt: number | null
}

export const usageWalkTable = defineTable<UsageWalkRow>('usage_walk', {
  columns: {
    companyId: col.key(32),
    purpose: col.key(8),
    followsAt: col.instant(),
    generation: col.int(),
    state: col.key(8),
    cursorPath: col.key(160),
    cursorId: col.key(26),
    pages: col.int(),
    households: col.int(),
    startedAt: col.instant(),
    movedAt: col.instant(),
    finishedAt: col.instant().orNull(),
  },
  primaryKey: ['companyId', 'purpose'],
})

/**
 * How much the households of one place used in one period, as counts of rounded quantities: no household's figure
 * stands in it, sums of places are sums of rows, and one's own can be taken out again.
 */
export interface UsagePeerRow {
  areaId: string
  period: string
  /** Of the walk that counted; readers use that of the last walk that came to its end. */
  generation: number
  companyId: string
  households: number
  /** Counts as JSON: rounded quantity in thousandths → households. */
  counts: string
}

export const usagePeerTable = defineTable<UsagePeerRow>('usage_peer', {
  columns: {
    areaId: col.key(26),
    period: col.key(9),
    generation: col.int(),
    companyId: col.key(32),
    households: col.int(),
    counts: col.text(),
  },
  primaryKey: ['areaId', 'period', 'generation'],
  indexes: { usage_peer_old: ['companyId', 'generation'] },
})

/** A bill that will be high, said once per household and period. */
export interface UsageAlertRow {
  householdId: string
  period: string
  lowFen: number
  highFen: number
  /** The same month of last year. */
  lastYearFen: number
  at: number
}

export const usageAlertTable = defineTable<UsageAlertRow>('usage_alert', {
  columns: {
    householdId: col.key(26),
    period: col.key(9),
    lowFen: col.fen(),
    highFen: col.fen(),
    lastYearFen: col.fen(),
    at: col.instant(),
  },
  primaryKey: ['householdId', 'period'],
})
