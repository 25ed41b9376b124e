import type { Ctx } from '../../platforms/context'
import type { OutletRow } from './entities'
import type { OutletFacts } from './schema'

type Said = Omit<
  OutletRow,
  'id' | 'companyId' | 'ticketDay' | 'lastNumber' | 'version' | 'createdAt' | 'updatedAt'
>

/** What a company says of an outlet, as its row keeps it. */
export const saidOf = (facts: OutletFacts): Said => ({
  name: facts.name,
  address: facts.address,
  phone: facts.phone,
  latE6: facts.latE6,
  lngE6: facts.lngE6,
  hours: JSON.stringify(facts.hours),
  services: JSON.stringify(facts.services),
  access: JSON.stringify(facts.access),
  note: facts.note,
  hasTickets: facts.hasTickets ? 1 : 0,
  minutesEach: facts.minutesEach,
  state: facts.state,
})

export const newOutlet = (ctx: Ctx, companyId: string, facts: OutletFacts): OutletRow => ({
  id: ctx.ids.next(),
  companyId,
  ...saidOf(facts),
  ticketDay: null,
  lastNumber: 0,
  version: 1,
  createdAt: ctx.clock.now(),
  updatedAt: ctx.clock.now(),
})
