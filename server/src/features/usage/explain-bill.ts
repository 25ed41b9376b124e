import { companyOf } from '../../core/config/companies'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { residentOf } from '../../platforms/context'
import { billWithPeriods, type PeriodBill, seesBill } from '../billing'
import { historyFrom } from '../households'
import { unitOf } from '../tariffs'
import { type ExplainedMonth, explainMonths, explainSeasons } from './explain-difference'
import { type MonthUsage, monthsOf, type SeasonUsage, seasonsOf } from './month-usage'
import { sayMonthParts, saySeasonParts } from './part-words'
import { monthWords, sameMonthLastYear } from './periods'
import type { Difference } from './schema'

/** The bill itself, the one before, and the same month of last year with the one before that. */
const PERIODS = 15

/**
 * Why a bill is higher or lower than the one before and than the same of last year. The parts of each sum exactly to
 * the difference. Errors: not_found unless its household is bound to the asker.
 */
export async function explainBill(
  ctx: Ctx,
  input: { readonly billId: string },
): Promise<{ differences: Difference[]; reason: string | null }> {
  const found = await billWithPeriods(ctx.db.reader, input.billId, PERIODS)
  if (found === null) throw new AppError('not_found', { detail: 'bill' })
  const { householdId } = found.bill
  const history = (await historyFrom(ctx, residentOf(ctx).id, [householdId])).get(householdId)
  const own = found.periods.filter((bill) => history !== undefined && seesBill(history, bill))
  if (!own.some(({ id }) => id === input.billId))
    throw new AppError('not_found', { detail: 'bill of another time' })
  const unit = unitOf(companyOf(ctx, found.bill.companyId))
  const differences = [
    ...monthDifferences(own, input.billId, unit),
    ...seasonDifferences(own, input.billId, unit),
  ]
  return { differences, reason: differences.length > 0 ? null : '没有更早的账单可比' }
}

function monthDifferences(bills: readonly PeriodBill[], billId: string, unit: string): Difference[] {
  const months = monthsOf(bills)
  const at = months.findIndex((month) => month.billId === billId)
  const explained = explainedAt(months, at)
  if (explained === null) return []
  const { period } = explained.month
  const lastYearAt = months.findIndex((month) => month.period === sameMonthLastYear(period))
  return [
    { with: 'previous' as const, earlier: explainedAt(months, at - 1) },
    { with: 'lastYear' as const, earlier: explainedAt(months, lastYearAt) },
  ].flatMap(({ earlier, ...how }) => {
    if (earlier === null) return []
    const parts = explainMonths(explained, earlier)
    return [
      {
        ...how,
        period: earlier.month.period,
        amountFen: earlier.month.amountFen,
        differenceFen: explained.month.amountFen - earlier.month.amountFen,
        parts: sayMonthParts(parts, explained, earlier, unit),
        notes: notesOf(explained.month, earlier.month),
      },
    ]
  })
}

function explainedAt(months: readonly MonthUsage[], index: number): ExplainedMonth | null {
  const month = months[index]
  return month === undefined ? null : { month, before: months[index - 1] ?? null }
}

function notesOf(now: MonthUsage, then: MonthUsage): string[] {
  const unknown = [now, then].filter(({ days }) => days === null).map(({ period }) => monthWords(period))
  return [
    ...(unknown.length > 0 ? [`不知道${unknown.join('、')}计了多少天，天数的影响算在用量里`] : []),
    ...(now.estimated ? ['这期是估抄，实抄以后会多退少补'] : []),
    ...(then.estimated ? [`${monthWords(then.period)}是估抄`] : []),
  ]
}

function seasonDifferences(bills: readonly PeriodBill[], billId: string, unit: string): Difference[] {
  const seasons = seasonsOf(bills)
  const at = seasons.findIndex((season) => season.billId === billId)
  const [now, then]: (SeasonUsage | undefined)[] = [seasons[at], seasons[at - 1]]
  if (now === undefined || then === undefined) return []
  return [
    {
      with: 'previous',
      period: then.period,
      amountFen: then.amountFen,
      differenceFen: now.amountFen - then.amountFen,
      parts: saySeasonParts(explainSeasons(now, then), now, then, unit),
      notes: [],
    },
  ]
}
