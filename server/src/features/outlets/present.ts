import { companyOf } from '../../core/config/companies'
import type { Ctx } from '../../platforms/context'
import type { OutletRow, TicketRow } from './entities'
import { openDays } from './hours'
import { minutesFor, type Pace } from './pace'
import type {
  Access,
  DeskOutlet,
  DeskTicket,
  OutletFacts,
  OutletHours,
  OutletView,
  TicketView,
} from './schema'

/** A page from a cache is of use for a week; after that it says that the hours are not known. */
const SHOWN_DAYS = 8

export const hoursOf = (row: OutletRow): OutletHours => JSON.parse(row.hours) as OutletHours

export function presentOutlet(ctx: Ctx, row: OutletRow): OutletView {
  const company = companyOf(ctx, row.companyId)
  const { id, companyId, name, address, phone, note } = row
  return {
    id,
    companyId,
    companyName: company.name,
    brandColour: company.brandColour,
    name,
    address,
    phone,
    latE6: row.latE6,
    lngE6: row.lngE6,
    services: JSON.parse(row.services) as string[],
    access: JSON.parse(row.access) as Access,
    note,
    hasTickets: row.hasTickets === 1,
    days: openDays(hoursOf(row), ctx.clock.now(), SHOWN_DAYS).map(({ day, spans, note: why }) => ({
      day,
      spans: [...spans],
      note: why,
    })),
    updatedAt: Number(row.updatedAt),
  }
}

export const factsOf = (row: OutletRow): OutletFacts => ({
  name: row.name,
  address: row.address,
  phone: row.phone,
  latE6: row.latE6,
  lngE6: row.lngE6,
  hours: hoursOf(row),
  services: JSON.parse(row.services) as string[],
  access: JSON.parse(row.access) as Access,
  note: row.note,
  hasTickets: row.hasTickets === 1,
  minutesEach: row.minutesEach,
  state: row.state,
})

export const presentForDesk = (row: OutletRow): DeskOutlet => ({
  ...factsOf(row),
  id: row.id,
  companyId: row.companyId,
  version: row.version,
  updatedAt: Number(row.updatedAt),
})

export const presentDeskTicket = (row: TicketRow): DeskTicket => ({
  id: row.id,
  number: row.number,
  state: row.state,
  counter: row.counter,
  onPaper: row.residentId === null,
  takenAt: Number(row.takenAt),
  calledAt: row.calledAt === null ? null : Number(row.calledAt),
  calls: row.calls,
})

/** A number as its holder sees it; `ahead` is null unless it waits, and so is the guess. */
export const presentTicket = (
  ctx: Ctx,
  row: TicketRow,
  outlet: OutletRow,
  standing: { readonly ahead: number; readonly pace: Pace } | null,
): TicketView => ({
  id: row.id,
  outletId: outlet.id,
  outletName: outlet.name,
  address: outlet.address,
  number: row.number,
  state: row.state,
  ahead: standing?.ahead ?? null,
  minutes: standing === null ? null : minutesFor(standing.ahead, standing.pace),
  counter: row.counter,
  takenAt: Number(row.takenAt),
  calledAt: row.calledAt === null ? null : Number(row.calledAt),
  calls: row.calls,
  asOf: ctx.clock.now(),
})
