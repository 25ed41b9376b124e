import { col, defineTable } from '../../core/db/tables'

/** What a worker's telephone did, once: the row and its effect are of one transaction. */
export interface FieldActionRow {
  workerId: string
  /** Made by the telephone, once per thing that was done. */
  actionId: string
  requestId: string
  kind: string
  /** Of the request and the action, so that one id never stands for two things. */
  inputHash: string
  /** By the telephone's clock. */
  reportedAt: number
  doneAt: number
}

export const fieldActionTable = defineTable<FieldActionRow>('field_action', {
  columns: {
    workerId: col.key(26),
    actionId: col.key(64),
    requestId: col.key(26),
    kind: col.key(16),
    inputHash: col.key(64),
    reportedAt: col.instant(),
    doneAt: col.instant(),
  },
  primaryKey: ['workerId', 'actionId'],
  indexes: { field_action_by_age: ['doneAt'] },
})

/** Where a worker is, the latest place only, while an order of theirs is on the way; deleted as soon as none is. */
export interface WorkerPlaceRow {
  workerId: string
  requestId: string
  /** SentPlace as JSON under one seal. */
  placeSealed: string
  at: number
}

export const workerPlaceTable = defineTable<WorkerPlaceRow>('worker_place', {
  columns: {
    workerId: col.key(26),
    requestId: col.key(26),
    placeSealed: col.key(240),
    at: col.instant(),
  },
  primaryKey: ['workerId'],
  indexes: { worker_place_of_request: ['requestId'], worker_place_by_age: ['at'] },
})

/** Whether a worker agreed that the place is sent. Rows are only added; the last one counts. */
export interface LocationConsentRow {
  id: string
  workerId: string
  agreed: number
  at: number
}

export const locationConsentTable = defineTable<LocationConsentRow>('location_consent', {
  columns: { id: col.key(26), workerId: col.key(26), agreed: col.flag(), at: col.instant() },
  primaryKey: ['id'],
  indexes: { location_consent_of: ['workerId', 'id'] },
})

/** An order that came to the team's lead because its worker did not answer in time or gave it back. */
export interface LeadOfferRow {
  requestId: string
  leadId: string
  /** Null when it lay in the team's pool. */
  workerName: string | null
  why: 'lapsed' | 'given-back'
  at: number
}

export const leadOfferTable = defineTable<LeadOfferRow>('lead_offer', {
  columns: {
    requestId: col.key(26),
    leadId: col.key(26),
    workerName: col.words(40).orNull(),
    why: col.key(12),
    at: col.instant(),
  },
  primaryKey: ['requestId'],
  indexes: { lead_offer_of: ['leadId', 'at'] },
})

/** The talk between the worker on an order and those who know more, as its list shows it. */
export interface HelpThreadRow {
  requestId: string
  companyId: string
  areaPath: string
  number: string
  typeName: string
  workerId: string
  workerName: string
  /** Set while the worker waits for an answer. */
  waiting: number
  lastAt: number
}

export const helpThreadTable = defineTable<HelpThreadRow>('help_thread', {
  columns: {
    requestId: col.key(26),
    companyId: col.key(32),
    areaPath: col.key(160),
    number: col.key(20),
    typeName: col.words(40),
    workerId: col.key(26),
    workerName: col.words(40),
    waiting: col.flag(),
    lastAt: col.instant(),
  },
  primaryKey: ['requestId'],
  indexes: { help_thread_by_time: ['companyId', 'lastAt'] },
})

export interface HelpMessageRow {
  id: string
  requestId: string
  at: number
  byId: string
  byName: string
  words: string
  /** File ids as JSON. */
  fileIds: string
}

export const helpMessageTable = defineTable<HelpMessageRow>('help_message', {
  columns: {
    id: col.key(26),
    requestId: col.key(26),
    at: col.instant(),
    byId: col.key(26),
    byName: col.words(40),
    words: col.words(500),
    fileIds: col.key(160),
  },
  primaryKey: ['id'],
  indexes: { help_message_of: ['requestId', 'id'] },
})
