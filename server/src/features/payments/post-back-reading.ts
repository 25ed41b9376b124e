import type { Reader, Tx } from '../../core/db/database'
import type { UtilityReading } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { insertReadingPosting, insertWritebacks, postingsBySerial } from './writeback-store'

/** `waiting`: in line, or not reached yet. `refused`: the billing system says no; people at work see why. */
export type ReadingPostingState = 'waiting' | 'done' | 'refused'

/**
 * Promises in the caller's transaction that the billing system will hear of a reading: behind everything that the
 * company was promised before, once per serial.
 */
export async function postBackReading(tx: Tx, ctx: Ctx, reading: UtilityReading): Promise<void> {
  const id = ctx.ids.next()
  await insertWritebacks(tx, [
    {
      id,
      serial: reading.serial,
      companyId: reading.companyId,
      kind: 'reading',
      accountNo: reading.accountNo,
      billKey: `${reading.accountNo}:${reading.period}`,
      amountFen: 0,
      paidAt: reading.readAt,
      channel: 'none',
      tradeNo: '',
      state: 'due',
      attempts: 0,
      lastCode: null,
      notBefore: 0,
      createdAt: ctx.clock.now(),
      doneAt: null,
    },
  ])
  await insertReadingPosting(tx, { writebackId: id, content: JSON.stringify(reading) })
}

/** How far these readings have come, by serial. */
export async function readingPostingsOf(
  reader: Reader,
  serials: readonly string[],
): Promise<Map<string, ReadingPostingState>> {
  const rows = await postingsBySerial(reader, serials)
  return new Map(rows.map((row) => [row.serial, stateOf(row)]))
}

/** A refused posting is tried again for a week; to whoever waits it is refused from the first time on. */
function stateOf({
  state,
  lastCode,
  notBefore,
}: Awaited<ReturnType<typeof postingsBySerial>>[number]): ReadingPostingState {
  if (state === 'done') return 'done'
  return state === 'refused' || (lastCode !== null && notBefore > 0) ? 'refused' : 'waiting'
}
