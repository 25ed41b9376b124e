import { col, defineTable } from '../../core/db/tables'
import type { ReadBy } from '../billing'

/** One household's meter, as its newest bill says it. */
export interface MeterRow {
  id: string
  companyId: string
  householdId: string
  accountNo: string
  kind: 'gas' | 'power' | 'water' | 'heating'
  /** The number on the meter. */
  serial: string
  unit: string
  integerDigits: number
  decimals: number
  /** The newest official reading. */
  lastValue: string
  lastOn: string
  lastBy: ReadBy
  lastPeriod: string
  lastBillId: string
  /** Of the household, for whom it is counted and who may see it. */
  areaPath: string
  createdAt: number
  updatedAt: number
}

export const meterTable = defineTable<MeterRow>('meter', {
  columns: {
    id: col.key(26),
    companyId: col.key(32),
    householdId: col.key(26),
    accountNo: col.key(20),
    kind: col.key(8),
    serial: col.key(40),
    unit: col.key(8),
    integerDigits: col.int(),
    decimals: col.int(),
    lastValue: col.key(20),
    lastOn: col.key(10),
    lastBy: col.key(9),
    lastPeriod: col.key(9),
    lastBillId: col.key(26),
    areaPath: col.key(160),
    createdAt: col.instant(),
    updatedAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { meter_of_household: ['householdId'] },
  indexes: { meter_of_company: ['companyId', 'id'], meter_by_area: ['companyId', 'areaPath'] },
})

/** How far the walk over bills has come, by which meters become known. */
export interface MeterWalkRow {
  name: string
  lastBillId: string
}

export const meterWalkTable = defineTable<MeterWalkRow>('meter_walk', {
  columns: { name: col.key(16), lastBillId: col.key(26) },
  primaryKey: ['name'],
})

/**
 * `adopted`: taken as it is and promised to the billing system. `doubtful`: a person looks. `rejected`: not taken, with
 * words. `replaced`: a later one of the same month took its place.
 */
export type ReadingState = 'adopted' | 'doubtful' | 'rejected' | 'replaced'

/** What somebody said a meter shows. */
export interface ReadingRow {
  id: string
  meterId: string
  companyId: string
  householdId: string
  areaPath: string
  serial: string
  /** The month it counts for. */
  period: string
  /** As it was typed. */
  value: string
  /** What a person at the company made of it; null where it stands as it was typed. */
  correctedValue: string | null
  readAt: number
  source: 'resident' | 'visitor'
  residentId: string
  fileId: string | null
  reason: string | null
  words: string | null
  wordsFlagged: number
  state: ReadingState
  /** 1 while it is the month's reading of its meter. */
  activeSlot: number | null
  /** Judgement as JSON. */
  judgement: string
  /** Promised to be looked at until then; null where nobody need. */
  dueAt: number | null
  decidedById: string | null
  decidedByName: string | null
  decidedAt: number | null
  decision: string | null
  /** The request by which somebody is sent to look. */
  requestId: string | null
  /** Its serial at the billing system, once it is promised there. */
  postedSerial: string | null
  /** The estimated bill that it corrects, as it stood then; the correction as JSON. */
  billId: string | null
  billVersion: number | null
  billAmountFen: number | null
  correction: string | null
  /** `waiting` for the company's next word about the bill; `corrected`: the bill itself changed; `next`: a later bill goes on from this reading. */
  joinState: 'waiting' | 'corrected' | 'next' | null
  joinAmountFen: number | null
  joinedAt: number | null
  joinLookAt: number | null
  version: number
  createdAt: number
  updatedAt: number
}

export const readingTable = defineTable<ReadingRow>('meter_reading', {
  columns: {
    id: col.key(26),
    meterId: col.key(26),
    companyId: col.key(32),
    householdId: col.key(26),
    areaPath: col.key(160),
    serial: col.key(40),
    period: col.key(7),
    value: col.key(20),
    correctedValue: col.key(20).orNull(),
    readAt: col.instant(),
    source: col.key(8),
    residentId: col.key(26),
    fileId: col.key(26).orNull(),
    reason: col.key(20).orNull(),
    words: col.words(200).orNull(),
    wordsFlagged: col.flag(),
    state: col.key(8),
    activeSlot: col.int().orNull(),
    judgement: col.text(),
    dueAt: col.instant().orNull(),
    decidedById: col.key(26).orNull(),
    decidedByName: col.words(40).orNull(),
    decidedAt: col.instant().orNull(),
    decision: col.words(200).orNull(),
    requestId: col.key(26).orNull(),
    postedSerial: col.key(64).orNull(),
    billId: col.key(26).orNull(),
    billVersion: col.int().orNull(),
    billAmountFen: col.fen().orNull(),
    correction: col.text().orNull(),
    joinState: col.key(9).orNull(),
    joinAmountFen: col.fen().orNull(),
    joinedAt: col.instant().orNull(),
    joinLookAt: col.instant().orNull(),
    version: col.int(),
    createdAt: col.instant(),
    updatedAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { reading_of_month: ['meterId', 'period', 'activeSlot'] },
  indexes: {
    meter_reading_by_resident: ['residentId'],
    reading_of_meter: ['meterId', 'id'],
    reading_queue: ['companyId', 'state', 'dueAt', 'id'],
    reading_by_area: ['companyId', 'period', 'state', 'areaPath'],
    reading_to_join: ['joinState', 'joinLookAt', 'id'],
    reading_of_bill: ['billId', 'id'],
  },
})

/** Whom a company reminds of a month's readings, and how far that has come. */
export interface ReminderRow {
  companyId: string
  period: string
  bulkId: string
  lastMeterId: string
  state: 'running' | 'done'
  told: number
  startedAt: number
}

export const reminderTable = defineTable<ReminderRow>('reading_reminder', {
  columns: {
    companyId: col.key(32),
    period: col.key(7),
    bulkId: col.key(26),
    lastMeterId: col.key(26),
    state: col.key(8),
    told: col.int(),
    startedAt: col.instant(),
  },
  primaryKey: ['companyId', 'period'],
})
