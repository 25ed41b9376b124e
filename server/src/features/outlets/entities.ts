import { col, defineTable } from '../../core/db/tables'

/** A place where a company receives people. Facts of the company only, nothing of a resident. */
export interface OutletRow {
  id: string
  companyId: string
  name: string
  address: string
  phone: string
  /** Degrees times a million, GCJ-02: as every Chinese map says them. */
  latE6: number
  lngE6: number
  /** OutletHours as JSON. */
  hours: string
  /** List of words as JSON. */
  services: string
  /** Accessibility facts as JSON: what nobody checked is not in it. */
  access: string
  note: string
  /** 1 where the outlet gives numbers. */
  hasTickets: number
  /** How long one person takes, until the day's own pace is known. */
  minutesEach: number
  state: 'open' | 'closed'
  /** The Shanghai day that `lastNumber` counts for. */
  ticketDay: string | null
  lastNumber: number
  version: number
  createdAt: number
  /** When somebody last said that these facts are right. */
  updatedAt: number
}

export const outletTable = defineTable<OutletRow>('outlet', {
  columns: {
    id: col.key(26),
    companyId: col.key(32),
    name: col.words(40),
    address: col.words(120),
    phone: col.key(20),
    latE6: col.int(),
    lngE6: col.int(),
    hours: col.text(),
    services: col.text(),
    access: col.text(),
    note: col.words(200),
    hasTickets: col.flag(),
    minutesEach: col.int(),
    state: col.key(8),
    ticketDay: col.key(10).orNull(),
    lastNumber: col.int(),
    version: col.int(),
    createdAt: col.instant(),
    updatedAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { outlet_by_name: ['companyId', 'name'] },
  indexes: { outlet_by_state: ['state', 'companyId', 'id'] },
})

/**
 * - `waiting`: in the queue
 * - `called`: at a counter, or on the way to it
 * - `served`, `missed` (did not come), `cancelled` by the resident, `expired` when the day was over
 */
export type TicketState = 'waiting' | 'called' | 'served' | 'missed' | 'cancelled' | 'expired'

export interface TicketRow {
  id: string
  outletId: string
  companyId: string
  day: string
  /** From 1 in each outlet on each day. */
  number: number
  /** Null for a number that was given at the counter, and for old ones. */
  residentId: string | null
  /** Outlet, resident and day while the number counts, so that there are never two; null otherwise. */
  liveKey: string | null
  state: TicketState
  counter: string | null
  takenAt: number
  calledAt: number | null
  /** How often it was called; somebody who did not hear may be called again. */
  calls: number
  endedAt: number | null
}

export const ticketTable = defineTable<TicketRow>('outlet_ticket', {
  columns: {
    id: col.key(26),
    outletId: col.key(26),
    companyId: col.key(32),
    day: col.key(10),
    number: col.int(),
    residentId: col.key(26).orNull(),
    liveKey: col.key(64).orNull(),
    state: col.key(10),
    counter: col.words(12).orNull(),
    takenAt: col.instant(),
    calledAt: col.instant().orNull(),
    calls: col.int(),
    endedAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  unique: {
    outlet_ticket_by_number: ['outletId', 'day', 'number'],
    outlet_ticket_live: ['liveKey'],
  },
  indexes: {
    outlet_ticket_by_state: ['outletId', 'day', 'state', 'number'],
    outlet_ticket_of_resident: ['residentId', 'day'],
    outlet_ticket_by_day: ['state', 'day'],
  },
})
