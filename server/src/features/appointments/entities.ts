import { col, defineTable } from '../../core/db/tables'

/** How many visits a team can make in one span of one day. */
export interface VisitSlotRow {
  id: string
  companyId: string
  teamId: string
  day: string
  /** Minutes since midnight in Shanghai. */
  fromMinute: number
  toMinute: number
  startsAt: number
  endsAt: number
  capacity: number
  /** Places that are booked or held. Changed by conditional updates only, so that it never passes the capacity. */
  used: number
}

export const visitSlotTable = defineTable<VisitSlotRow>('visit_slot', {
  columns: {
    id: col.key(26),
    companyId: col.key(32),
    teamId: col.key(26),
    day: col.key(10),
    fromMinute: col.int(),
    toMinute: col.int(),
    startsAt: col.instant(),
    endsAt: col.instant(),
    capacity: col.int(),
    used: col.int(),
  },
  primaryKey: ['id'],
  unique: { visit_slot_span: ['teamId', 'day', 'fromMinute'] },
})

/** Says that a team's day has its spans, by plan or by hand; a day without a row gets them when it is first asked for. */
export interface VisitDayRow {
  teamId: string
  day: string
  byHand: number
  plannedAt: number
}

export const visitDayTable = defineTable<VisitDayRow>('visit_day', {
  columns: { teamId: col.key(26), day: col.key(10), byHand: col.flag(), plannedAt: col.instant() },
  primaryKey: ['teamId', 'day'],
})

/** One place in a slot, held while the form is open and booked once it belongs to a request. */
export interface VisitBookingRow {
  id: string
  slotId: string
  companyId: string
  /** Who holds it: a resident, somebody at the desk, or a request whose visit is being changed there. */
  holderId: string
  /** Whom the visit is for and who is reminded of it; null for a caller without a wallet. */
  residentId: string | null
  typeId: string
  state: 'held' | 'booked' | 'freed' | 'expired'
  heldUntil: number
  /** The request the visit is for; null while it is only held. */
  requestId: string | null
  requestNumber: string | null
  /** Equal to requestId while booked, null otherwise: a request has one visit at a time. */
  activeRequestId: string | null
  /** 1 while held, null otherwise: everybody holds one place per company and type. */
  holdSlot: number | null
  bookedAt: number | null
  /** When the resident is reminded; null when that is done or not wanted. */
  remindAt: number | null
  createdAt: number
}

export const visitBookingTable = defineTable<VisitBookingRow>('visit_booking', {
  columns: {
    id: col.key(26),
    slotId: col.key(26),
    companyId: col.key(32),
    holderId: col.key(26),
    residentId: col.key(26).orNull(),
    typeId: col.key(32),
    state: col.key(8),
    heldUntil: col.instant(),
    requestId: col.key(26).orNull(),
    requestNumber: col.key(20).orNull(),
    activeRequestId: col.key(26).orNull(),
    holdSlot: col.int().orNull(),
    bookedAt: col.instant().orNull(),
    remindAt: col.instant().orNull(),
    createdAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: {
    visit_booking_request: ['activeRequestId'],
    visit_booking_hold: ['holderId', 'companyId', 'typeId', 'holdSlot'],
  },
  indexes: {
    visit_booking_by_resident: ['residentId'],
    visit_booking_of_slot: ['slotId', 'state'],
    visit_booking_expiry: ['holdSlot', 'heldUntil'],
    visit_booking_remind: ['remindAt'],
  },
})
