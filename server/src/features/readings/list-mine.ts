import { companyOf } from '../../core/config/companies'
import { readingRulesOf } from '../../core/config/readings'
import { type Ctx, residentOf } from '../../platforms/context'
import { seesBill } from '../billing'
import { historyFrom, householdsOf } from '../households'
import { correctable } from './adopt-reading'
import { readMeter } from './gather-meters'
import { readingOfMonth } from './store'
import { readingWindow } from './window'

/** Of each of my households whose meter is read by whoever lives there: what this month still wants. */
export async function listMine(ctx: Ctx) {
  const households = await householdsOf(ctx, residentOf(ctx).id)
  const histories = await historyFrom(
    ctx,
    residentOf(ctx).id,
    households.map(({ id }) => id),
  )
  const items = await Promise.all(
    households.map(async (household) => {
      const company = companyOf(ctx, household.companyId)
      const rules = readingRulesOf(ctx.config, company)
      if (rules.readBy !== 'household') return []
      const known = await readMeter(ctx, household.id)
      if (known === null) return []
      const window = readingWindow(rules, ctx.clock.now())
      const history = histories.get(household.id)
      const found = await readingOfMonth(ctx.db.reader, known.meter.id, window.period)
      const row = found !== null && Number(found.createdAt) >= (history?.from ?? Infinity) ? found : null
      const bills = known.bills.filter((bill) => history !== undefined && seesBill(history, bill))
      return [
        {
          householdId: household.id,
          companyId: company.id,
          kind: company.kind,
          shortAddress: household.shortAddress,
          window,
          state: row === null || row.state === 'replaced' ? ('missing' as const) : row.state,
          estimatedBillId: correctable(bills)?.billId ?? null,
        },
      ]
    }),
  )
  return { items: items.flat() }
}
