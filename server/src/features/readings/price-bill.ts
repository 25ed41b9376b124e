import { companyOf } from '../../core/config/companies'
import { fromScaled, toScaled } from '../../core/decimal'
import type { Ctx } from '../../platforms/context'
import type { MeterBill } from '../billing'
import { packsOfCompany, periodDay, priceOf, type RulePack, tariffOn } from '../tariffs'
import type { Pricing } from './correct-bill'

/**
 * Prices a use of this bill's month by the lists that held then. Where tiers count over a year, what earlier bills of
 * that year used counts before it, as far as their bills are here.
 */
export function pricingOf(ctx: Ctx, bill: MeterBill, bills: readonly MeterBill[]): Pricing {
  const company = companyOf(ctx, bill.companyId)
  const pack = tariffOn(company, periodDay(bill.period))
  return (quantity) => {
    const priced = priceOf(packsOfCompany(company), {
      from: periodDay(bill.period),
      to: lastDay(bill.period),
      quantity,
      usedBefore: usedBefore(pack, bill, bills),
    })
    return (
      priced && {
        totalFen: priced.totalFen,
        lines: priced.lines.map((line) => ({
          label: line.charge ?? (line.tier === null ? '单价' : `第${line.tier}档`),
          quantity: line.quantity,
          price: line.unitPrice,
          amountFen: line.amountFen,
        })),
      }
    )
  }
}

function lastDay(period: string): string {
  const [year = '', month = ''] = period.split('-')
  return `${period}-${String(new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()).padStart(2, '0')}`
}

function usedBefore(pack: RulePack, bill: MeterBill, bills: readonly MeterBill[]): string {
  const { tiers } = pack.values
  if (tiers?.every !== 'year') return '0'
  const day = periodDay(bill.period)
  const start = day.slice(5) >= tiers.start ? Number(day.slice(0, 4)) : Number(day.slice(0, 4)) - 1
  const since = `${start}-${tiers.start.slice(0, 2)}`
  const before = bills.filter(({ period }) => period >= since && period < bill.period)
  return fromScaled(before.reduce((sum, { used }) => sum + (toScaled(used) ?? 0n), 0n))
}
