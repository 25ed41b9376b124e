import { shanghaiDay } from '../../core/clock'
import { isDuplicate, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import type { ServiceClass } from '../catalogue'
import { type RequestCounterRow, requestCounterTable } from './entities'

const LETTERS: Readonly<Record<ServiceClass, string>> = {
  repair: 'BX',
  complaint: 'TS',
  service: 'FW',
  other: 'QT',
}
/** The row that all companies share, and how many numbers a company takes from it at once. */
const EVERYBODY = '*'
const BLOCK = 50

/**
 * The next number of the day, such as BX20261122-000123; the day is Shanghai's. It is nobody else's: a company
 * counts within blocks that it takes from the day's common row, so companies wait for each other once in fifty
 * requests. Take it as late in the transaction as possible, because the company's row stays locked until its end.
 */
export async function takeNumber(
  tx: Tx,
  ctx: Ctx,
  about: { readonly companyId: string; readonly class: ServiceClass },
): Promise<string> {
  const day = shanghaiDay(ctx.clock.now())
  const own = await countOn(tx, about.companyId, day, 1)
  let serial = own.last
  if (serial > own.upTo) {
    const block = await countOn(tx, EVERYBODY, day, BLOCK)
    serial = block.last - BLOCK + 1
    await tx.execute('UPDATE request_counter SET last = ?, upTo = ? WHERE companyId = ? AND day = ?', [
      serial,
      block.last,
      about.companyId,
      day,
    ])
  }
  return `${LETTERS[about.class]}${day.replaceAll('-', '')}-${String(serial).padStart(6, '0')}`
}

/** Counts one row on and answers it as it is under the lock; the first of the day makes it. */
async function countOn(tx: Tx, companyId: string, day: string, by: number): Promise<RequestCounterRow> {
  const add = (): Promise<number> =>
    tx.execute('UPDATE request_counter SET last = last + ? WHERE companyId = ? AND day = ?', [
      by,
      companyId,
      day,
    ])
  if ((await add()) === 0) {
    try {
      await tx.insert(requestCounterTable, { companyId, day, last: by, upTo: 0 })
    } catch (error) {
      if (!isDuplicate(error)) throw error
      await add()
    }
  }
  const rows = await tx.query<RequestCounterRow>(
    'SELECT * FROM request_counter WHERE companyId = ? AND day = ?',
    [companyId, day],
  )
  if (!rows[0]) throw new Error('A counter was made and gone again inside one transaction.')
  return rows[0]
}
