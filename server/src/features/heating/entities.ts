import { col, defineTable } from '../../core/db/tables'

export type CaseState =
  /** Measurements are awaited, or days are still being counted. */
  | 'open'
  /** The sum stands; the resident says whether it is right. */
  | 'final'
  | 'agreed'
  | 'objected'
  /** One of two persons has approved. */
  | 'half-approved'
  /** The money is on its way or has arrived. */
  | 'approved'
  /** Warm enough, or given up: nothing is paid back. */
  | 'closed'

/** What one household gets back in one season, from the request until the money is back: for a cold home, or for stops. */
export interface CaseRow {
  id: string
  /** `cold`: begun by a request to measure. `stop`: asked for after an outage that was longer than the rule. */
  kind: 'cold' | 'stop'
  /** TF and the number of the first request to measure, or TR and the day; everything that is paid carries it. */
  number: string
  companyId: string
  householdId: string
  areaPath: string
  areaName: string
  /** Who asked; null for a caller. */
  residentId: string | null
  season: string
  city: string
  state: CaseState
  /** Set while it is not over, so that a household has one case of a kind at a time. */
  openSlot: number | null
  requestedAt: number
  /** The sum as it was reckoned last; null while there is none. */
  amountFen: number | null
  /** Until when the sum that stands was reckoned. */
  reckonedAt: number | null
  /** The Refund that stands, as JSON; set with `final`. */
  refund: string | null
  finalAt: number | null
  answeredAt: number | null
  /** What the resident objects to, sealed: people write about themselves. */
  objectionSealed: string | null
  /** What the company answered to it, or why the sum was returned. */
  answer: string | null
  approver1Id: string | null
  approver1Name: string | null
  approved1At: number | null
  approver2Id: string | null
  approver2Name: string | null
  approvedAt: number | null
  refundedFen: number
  creditedFen: number
  closedAt: number | null
  /** How many findings the resident was told of. */
  told: number
  /** When the clock looks at it next; null once nothing more can happen by itself. */
  nextLookAt: number | null
  version: number
  createdAt: number
  updatedAt: number
}

export const caseTable = defineTable<CaseRow>('heat_case', {
  columns: {
    id: col.key(26),
    kind: col.key(4),
    number: col.key(24),
    companyId: col.key(32),
    householdId: col.key(26),
    areaPath: col.key(160),
    areaName: col.words(80),
    residentId: col.key(26).orNull(),
    season: col.key(9),
    city: col.words(20),
    state: col.key(14),
    openSlot: col.int().orNull(),
    requestedAt: col.instant(),
    amountFen: col.fen().orNull(),
    reckonedAt: col.instant().orNull(),
    refund: col.text().orNull(),
    finalAt: col.instant().orNull(),
    answeredAt: col.instant().orNull(),
    objectionSealed: col.text().orNull(),
    answer: col.words(200).orNull(),
    approver1Id: col.key(26).orNull(),
    approver1Name: col.words(40).orNull(),
    approved1At: col.instant().orNull(),
    approver2Id: col.key(26).orNull(),
    approver2Name: col.words(40).orNull(),
    approvedAt: col.instant().orNull(),
    refundedFen: col.fen(),
    creditedFen: col.fen(),
    closedAt: col.instant().orNull(),
    told: col.int(),
    nextLookAt: col.instant().orNull(),
    version: col.int(),
    createdAt: col.instant(),
    updatedAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { heat_case_number: ['number'], heat_case_open: ['householdId', 'season', 'kind', 'openSlot'] },
  indexes: {
    heat_case_by_resident: ['residentId'],
    heat_case_of_household: ['householdId', 'id'],
    heat_case_by_company: ['companyId', 'openSlot', 'id'],
    heat_case_due: ['nextLookAt', 'id'],
    heat_case_approved: ['companyId', 'approvedAt', 'id'],
  },
})

/** One request to measure: the first of a case, or a re-test. */
export interface RoundRow {
  requestId: string
  caseId: string
  requestedAt: number
  /** Until when somebody must come; later where the resident chose a later time. */
  dueAt: number
  /** Set when nobody had come by then. */
  missedAt: number | null
}

export const roundTable = defineTable<RoundRow>('heat_round', {
  columns: {
    requestId: col.key(26),
    caseId: col.key(26),
    requestedAt: col.instant(),
    dueAt: col.instant(),
    missedAt: col.instant().orNull(),
  },
  primaryKey: ['requestId'],
  indexes: { heat_round_of_case: ['caseId', 'requestId'] },
})

/** How far the requests of a company have been looked through for those that ask to measure. */
export interface CursorRow {
  companyId: string
  afterId: string
}

export const cursorTable = defineTable<CursorRow>('heat_cursor', {
  columns: { companyId: col.key(32), afterId: col.key(26) },
  primaryKey: ['companyId'],
})

export type SupplyState = 'open' | 'withdrawn' | 'approved' | 'refused'

/** An application to stop a season's supply (停供) or to have it again (复热). */
export interface SupplyRow {
  id: string
  companyId: string
  householdId: string
  areaPath: string
  areaName: string
  accountNo: string
  /** Who applied by themselves; null for a caller, for whom the desk wrote it down. */
  residentId: string | null
  /** Who wrote it down at the desk, where the caller stood, and what they agreed to by which words (sealed). */
  filedById: string | null
  filedByName: string | null
  callerKind: 'phone' | 'counter' | '12345' | null
  agreementSealed: string | null
  season: string
  kind: 'stop' | 'resume'
  state: SupplyState
  openSlot: number | null
  /** After the deadline: it needs a reason, and a person decides whether it is still possible. */
  isLate: number
  reasonSealed: string | null
  /** The first day on which the supply is on again; of a resumption. */
  fromDay: string | null
  /** SupplyPlan as JSON: what stays to pay and how that was reckoned, as the resident consented to it. */
  plan: string
  /** What the season's bill becomes lower or higher by; null where a rule is missing. */
  effectFen: number | null
  consentedAt: number
  decidedById: string | null
  decidedByName: string | null
  decidedAt: number | null
  answer: string | null
  version: number
  createdAt: number
}

export const supplyTable = defineTable<SupplyRow>('heat_supply', {
  columns: {
    id: col.key(26),
    companyId: col.key(32),
    householdId: col.key(26),
    areaPath: col.key(160),
    areaName: col.words(80),
    accountNo: col.key(20),
    residentId: col.key(26).orNull(),
    filedById: col.key(26).orNull(),
    filedByName: col.words(40).orNull(),
    callerKind: col.key(8).orNull(),
    agreementSealed: col.text().orNull(),
    season: col.key(9),
    kind: col.key(8),
    state: col.key(10),
    openSlot: col.int().orNull(),
    isLate: col.flag(),
    reasonSealed: col.text().orNull(),
    fromDay: col.key(10).orNull(),
    plan: col.text(),
    effectFen: col.fen().orNull(),
    consentedAt: col.instant(),
    decidedById: col.key(26).orNull(),
    decidedByName: col.words(40).orNull(),
    decidedAt: col.instant().orNull(),
    answer: col.words(200).orNull(),
    version: col.int(),
    createdAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { heat_supply_open: ['householdId', 'season', 'openSlot'] },
  indexes: {
    heat_supply_by_resident: ['residentId'],
    heat_supply_of_household: ['householdId', 'id'],
    heat_supply_by_company: ['companyId', 'openSlot', 'id'],
  },
})
