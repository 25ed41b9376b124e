import { isDuplicate, type Reader, type Tx } from '../../core/db/database'
import { type SmsMonthRow, smsMonthTable } from './entities'

/** Adds to one company's month and answers the row as it is then, locked until the transaction ends. */
export async function addToSmsMonth(
  tx: Tx,
  add: Pick<SmsMonthRow, 'companyId' | 'month' | 'parts' | 'costFen'>,
): Promise<SmsMonthRow> {
  const update = (): Promise<number> =>
    tx.execute(
      'UPDATE sms_month SET parts = parts + ?, costFen = costFen + ? WHERE companyId = ? AND month = ?',
      [add.parts, add.costFen, add.companyId, add.month],
    )
  if ((await update()) === 0) {
    try {
      await tx.insert(smsMonthTable, { ...add, warnedAt: null, stoppedAt: null })
    } catch (error) {
      if (!isDuplicate(error)) throw error
      await update()
    }
  }
  const [row] = await tx.query<SmsMonthRow>('SELECT * FROM sms_month WHERE companyId = ? AND month = ?', [
    add.companyId,
    add.month,
  ])
  if (!row) throw new Error('The month that was just written is not there.')
  return { ...row, parts: Number(row.parts), costFen: Number(row.costFen) }
}

export async function markSmsMonth(
  tx: Tx,
  companyId: string,
  month: string,
  marks: { readonly warnedAt: number | null; readonly stoppedAt: number | null },
): Promise<void> {
  await tx.execute('UPDATE sms_month SET warnedAt = ?, stoppedAt = ? WHERE companyId = ? AND month = ?', [
    marks.warnedAt,
    marks.stoppedAt,
    companyId,
    month,
  ])
}

export function smsMonthsOf(reader: Reader, month: string): Promise<SmsMonthRow[]> {
  return reader.query<SmsMonthRow>('SELECT * FROM sms_month WHERE month = ? ORDER BY companyId', [month])
}
