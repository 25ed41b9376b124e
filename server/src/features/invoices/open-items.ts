import { companyOf } from '../../core/config/companies'
import { type TaxedKind, taxRateOf } from '../../core/config/invoices'
import { DAY_MS } from '../../core/clock'
import type { InvoiceLine } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { isServicePeriod } from '../billing'
import type { PaidItem } from '../payments'
import { splitTax } from './split-tax'

/** Why this money cannot be invoiced here, in words; null where it can. */
export function whyNot(ctx: Ctx, item: PaidItem, bound: ReadonlySet<string>): string | null {
  const company = companyOf(ctx, item.companyId)
  if (ctx.config.invoices.companies[item.companyId] === undefined)
    return `${company.name}还不能在线开票，请拨打 ${company.hotline} 或到网点开。`
  if (item.leftFen === 0) return '这笔钱已经退回，不能开票。'
  if (item.codeId !== null && !bound.has(item.householdId)) return '扫码缴的费要先绑定户号才能开票。'
  if (ctx.clock.now() - item.paidAt > ctx.config.invoices.requestDays * DAY_MS)
    return `缴费超过 ${ctx.config.invoices.requestDays} 天，请到网点开票。`
  return null
}

const kindOf = (ctx: Ctx, item: PaidItem): TaxedKind =>
  isServicePeriod(item.period) ? 'service' : companyOf(ctx, item.companyId).kind

/** One line for each kind of fee: the tax is taken out of the kind's sum, so that it is rounded once. */
export function linesOf(ctx: Ctx, items: readonly PaidItem[]): InvoiceLine[] {
  const sums = new Map<TaxedKind, number>()
  for (const item of items) {
    const kind = kindOf(ctx, item)
    sums.set(kind, (sums.get(kind) ?? 0) + item.leftFen)
  }
  return [...sums].map(([kind, totalFen]) => {
    const { goodsCode, goodsName, ratePercent } = taxRateOf(ctx.config, items[0]?.companyId ?? '', kind)
    return { goodsCode, goodsName, ratePercent, totalFen, ...splitTax(totalFen, ratePercent) }
  })
}
