import { shanghaiDateTime, shanghaiDay } from '../../core/clock'
import { companyOf } from '../../core/config/companies'
import { formatYuan } from '../../core/money'
import type { Ctx } from '../../platforms/context'
import { BYTE_ORDER_MARK, csvLine } from '../desk'
import { unitOf } from '../tariffs'
import { fromMilli } from './milli'
import { ownUsage } from './read-usage'

/** A household's months and kept days as a table to keep; a spreadsheet runs nothing of it. Errors: not_found. */
export async function exportUsage(
  ctx: Ctx,
  input: { readonly householdId: string },
): Promise<{ fileName: string; csv: string }> {
  const own = await ownUsage(ctx, input.householdId, ctx.config.usage.daysKept)
  const company = companyOf(ctx, own.household.companyId)
  const unit = unitOf(company)
  const lines = [
    csvLine([company.name, own.household.accountNoMasked, own.household.address]),
    csvLine(['导出时间', shanghaiDateTime(ctx.clock.now())]),
    csvLine(['类别', '日期', `用量(${unit})`, '金额(元)', '说明']),
    ...own.seasons.map(({ period, amountFen, facts }) =>
      csvLine(['采暖季', period, '', formatYuan(amountFen), `计费面积 ${facts.area} ${unit}`]),
    ),
    ...own.months.map(({ period, quantityMilli, amountFen, estimated }) =>
      csvLine(['月', period, fromMilli(quantityMilli), formatYuan(amountFen), estimated ? '估抄' : '']),
    ),
    ...own.days.map(({ day, quantityMilli }) => csvLine(['日', day, fromMilli(quantityMilli), '', ''])),
  ]
  const now = ctx.clock.now()
  return {
    fileName: `用量-${own.household.shortAddress}-${shanghaiDay(now)}.csv`.replaceAll(/[\\/:*?"<>|\s]/g, '-'),
    csv: BYTE_ORDER_MARK + lines.join(''),
  }
}
