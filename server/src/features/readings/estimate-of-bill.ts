import { companyOf } from '../../core/config/companies'
import { readingRulesOf } from '../../core/config/readings'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { assertSeesBill, type MeterBill, meterBillOf, ownerOfBill } from '../billing'
import { readMeter } from './gather-meters'
import { presentReading } from './present'
import { readingOfBill } from './store'
import { readingWindow, type ReadingWindow } from './window'
import { dayInWords } from './words'

/**
 * Whether a bill was made by estimate, and what a real reading does about it. Only the newest bill can be corrected: a
 * later one has set off the difference. Errors: not_found.
 */
export async function estimateOfBill(ctx: Ctx, input: { readonly billId: string }) {
  const owner = await ownerOfBill(ctx.db.reader, input.billId)
  if (owner === null) throw new AppError('not_found', { detail: 'bill' })
  const rules = readingRulesOf(ctx.config, companyOf(ctx, owner.companyId))
  const window = readingWindow(rules, ctx.clock.now())
  const bill = await meterBillOf(ctx.db.reader, input.billId)
  const { state, period } = bill ?? owner
  await assertSeesBill(ctx, residentOf(ctx).id, { householdId: owner.householdId, state, period })
  if (bill === null)
    return {
      householdId: owner.householdId,
      isEstimated: false,
      window,
      mayCorrect: false,
      whyNot: null,
      reading: null,
    }
  const row = await readingOfBill(ctx.db.reader, bill.billId)
  const isEstimated = bill.readBy === 'estimated'
  const known = isEstimated && rules.readBy === 'household' ? await readMeter(ctx, bill.householdId) : null
  const whyNot = isEstimated ? reasonAgainst(bill, known?.bills[0] ?? null, window) : null
  return {
    householdId: bill.householdId,
    isEstimated,
    window,
    mayCorrect: isEstimated && whyNot === null,
    whyNot,
    reading: row === null ? null : await presentReading(ctx, row, true),
  }
}

/** Why a real reading cannot correct this bill any more, in a sentence; null where it can. */
function reasonAgainst(bill: MeterBill, newest: MeterBill | null, window: ReadingWindow): string | null {
  if (newest === null) return '这家公司不收自助读数，下次抄表时多退少补。'
  if (newest.billId !== bill.billId) return '后面的账单已经出了，多退少补算在后面的账单里。'
  if (!window.isOpen)
    return `本月收读数的时间已过，${dayInWords(window.opensAt)}起可以再报；下次抄到表时多退少补。`
  return null
}
