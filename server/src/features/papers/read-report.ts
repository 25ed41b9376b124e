import { shanghaiDay } from '../../core/clock'
import type { Ctx } from '../../platforms/context'
import { unitOf } from '../tariffs'
import { fromMilli, ownUsage } from '../usage'
import { sumsOf } from './read-statement'
import { type Account, homeOf, readAccount } from './read-account'
import type { ReportView } from './schema'
import { said } from './words'

/**
 * Billed, paid and used by month, this one last. A season's bill stands in the month in which it came. Errors: not_found
 * unless the household is bound to the asker.
 */
export async function readReport(
  ctx: Ctx,
  input: { readonly householdId: string; readonly months: number },
): Promise<ReportView> {
  const account = await readAccount(ctx, input.householdId)
  const { months } = await ownUsage(ctx, input.householdId, 1)
  const used = new Map(
    months.map(({ period, quantityMilli, estimated }) => [
      period,
      { quantity: fromMilli(quantityMilli), estimated },
    ]),
  )
  const nowMs = ctx.clock.now()
  const rows = monthsUpTo(shanghaiDay(nowMs).slice(0, 7), input.months).map((month) => ({
    month,
    ...inMonth(account, month),
    ...(used.get(month) ?? { quantity: null, estimated: false }),
  }))
  const sum = (of: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((total, row) => total + of(row), 0)
  return {
    ...homeOf(account),
    unit: unitOf(account.company),
    months: rows,
    totals: {
      billedFen: sum(({ billedFen }) => billedFen),
      paidFen: sum(({ paidFen }) => paidFen),
      refundedFen: sum(({ refundedFen }) => refundedFen),
    },
    usageNote: usageNote(account, rows),
    unknownReason: account.unknownReason,
    asOf: { bills: account.billsAsOf, payments: nowMs },
  }
}

function inMonth({ movements }: Account, month: string) {
  const sums = sumsOf(movements.filter(({ at }) => shanghaiDay(at).startsWith(month)))
  // What was paid is shown as what it was, not as what it took from the balance.
  return {
    billedFen: sums.billedFen,
    paidFen: 0 - sums.paidFen - sums.elsewhereFen,
    refundedFen: sums.refundedFen,
  }
}

function usageNote(
  { company }: Account,
  rows: readonly { readonly quantity: string | null }[],
): string | null {
  if (company.kind === 'heating') return said.heatByArea
  return rows.some(({ quantity }) => quantity !== null) ? null : said.noUsage
}

/** The last `count` months up to this one, oldest first. */
function monthsUpTo(month: string, count: number): string[] {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const last = year * 12 + number - 1
  return Array.from({ length: count }, (_, index) => {
    const at = last - (count - 1 - index)
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
  })
}
