import { DAY_MS, shanghaiDay, shanghaiDayStart } from '../../core/clock'
import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import type { MeterBill } from '../billing'
import { postBackReading } from '../payments'
import { correctBill } from './correct-bill'
import type { ReadingRow } from './entities'
import type { KnownMeter } from './gather-meters'
import type { Judgement } from './judge-reading'
import { pricingOf } from './price-bill'
import { lastPostedSerial } from './store'

/** How soon the bill is looked at that a reading is to correct. */
const FIRST_LOOK_MS = 3_600_000

/**
 * The reading as it is once it counts: promised to the billing system, with what it makes of an estimated bill. A bill
 * is changed by nobody but the billing system; until its next word the correction is our reckoning, shown as such.
 */
export async function adoptReading(
  tx: Tx,
  ctx: Ctx,
  reading: ReadingRow,
  at: KnownMeter & { readonly judgement: Judgement },
): Promise<ReadingRow> {
  const { meter } = at
  const value = reading.correctedValue ?? reading.value
  const postedSerial = `M${reading.id}`
  const bill = correctable(at.bills)
  const corrected = bill === null ? null : correctionOf(ctx, at, bill, { value, readAt: reading.readAt })
  await postBackReading(tx, ctx, {
    serial: postedSerial,
    companyId: reading.companyId,
    accountNo: meter.accountNo,
    meterNo: reading.serial,
    period: reading.period,
    value,
    unit: meter.unit,
    readAt: reading.readAt,
    source: reading.correctedValue === null ? reading.source : 'staff',
    corrects: bill === null || corrected === null ? null : `${bill.accountNo}:${bill.period}`,
    replaces: await lastPostedSerial(tx, reading.meterId, reading.period),
  })
  return { ...reading, state: 'adopted', dueAt: null, postedSerial, ...corrected }
}

function correctionOf(
  ctx: Ctx,
  { meter, bills, judgement }: KnownMeter & { readonly judgement: Judgement },
  bill: MeterBill,
  { value, readAt }: Pick<ReadingRow, 'value' | 'readAt'>,
): Pick<
  ReadingRow,
  'billId' | 'billVersion' | 'billAmountFen' | 'correction' | 'joinState' | 'joinLookAt'
> | null {
  const correction = correctBill(bill, value, pricingOf(ctx, bill, bills), {
    rolledOver: judgement.findings.includes('rollover'),
    integerDigits: meter.integerDigits,
  })
  if (correction === null) return null
  return {
    billId: bill.billId,
    billVersion: bill.version,
    billAmountFen: bill.amountFen,
    correction: JSON.stringify({
      ...correction,
      title: bill.title,
      unit: meter.unit,
      daysAfter: daysAfter(bill.readOn, readAt),
    }),
    joinState: 'waiting',
    joinLookAt: ctx.clock.now() + FIRST_LOOK_MS,
  }
}

/** What was used between the day of the bill's guess and the real reading is counted in it, and is said so. */
function daysAfter(readOn: string, readAt: number): number {
  const days = (shanghaiDayStart(shanghaiDay(readAt)) - shanghaiDayStart(readOn)) / DAY_MS
  return Math.max(0, Math.round(days))
}

/** The newest bill, where the company guessed: what a real reading can still correct. */
export function correctable(bills: readonly MeterBill[]): MeterBill | null {
  const [newest] = bills
  return newest?.readBy === 'estimated' ? newest : null
}
