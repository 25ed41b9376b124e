import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { type MeterBill, meterBillOf, meterBillsOf } from '../billing'
import type { ReadingRow } from './entities'
import { lockReading, readingsToJoin, saveReading } from './store'
import { tellJoined } from './tell-household'

const BATCH = 200
const MOST_BATCHES = 10
const HOUR_MS = 3_600_000
/** A bill that nobody corrected in so long is not going to be; the next bill has set it off. */
const GIVEN_UP_AFTER_MS = 100 * 24 * HOUR_MS

/**
 * Joins readings with what the company's later exports say: the bill itself changed, or the next bill goes on from the
 * reported figure. Each waiting reading is looked at once an hour, the longest waiting first, a bounded number a turn.
 */
export async function joinCorrections(ctx: Ctx, stopping?: AbortSignal): Promise<void> {
  for (let batch = 0; batch < MOST_BATCHES && stopping?.aborted !== true; batch++) {
    const rows = await readingsToJoin(ctx.db.reader, ctx.clock.now(), BATCH)
    for (const row of rows) await lookAt(ctx, row)
    if (rows.length < BATCH) return
  }
}

async function lookAt(ctx: Ctx, row: ReadingRow): Promise<void> {
  const word = await wordOf(ctx, row)
  await inTransaction(ctx, async (tx) => {
    const locked = await lockReading(tx, row.id)
    if (locked?.joinState !== 'waiting') return
    const now = ctx.clock.now()
    if (word === null) {
      const isOver = now - locked.readAt > GIVEN_UP_AFTER_MS
      return saveReading(tx, {
        ...locked,
        ...(isOver ? { joinState: null } : {}),
        joinLookAt: now + HOUR_MS,
        updatedAt: now,
      })
    }
    const joined = { ...locked, ...word, joinedAt: now, joinLookAt: null, updatedAt: now }
    await saveReading(tx, joined)
    await tellJoined(tx, ctx, joined)
  })
}

/** What the billing system has said since the reading was adopted; null while it has said nothing. */
async function wordOf(
  ctx: Ctx,
  row: ReadingRow,
): Promise<Pick<ReadingRow, 'joinState' | 'joinAmountFen'> | null> {
  const { reader } = ctx.db
  const bill = row.billId === null ? null : await meterBillOf(reader, row.billId)
  if (bill === null) return null
  if (bill.version > (row.billVersion ?? 0) && bill.readBy !== 'estimated')
    return { joinState: 'corrected', joinAmountFen: bill.amountFen }
  const later = (await meterBillsOf(reader, row.householdId, 3)).findLast(
    ({ period }) => period > bill.period,
  )
  return later !== undefined && goesOnFrom(later, row)
    ? { joinState: 'next', joinAmountFen: later.amountFen }
    : null
}

/** Bills count whole units. */
const goesOnFrom = (bill: MeterBill, row: ReadingRow): boolean =>
  Math.floor(Number(bill.previous)) === Math.floor(Number(row.correctedValue ?? row.value))
