import { type Reader, type Tx } from '../../core/db/database'
import { type ReminderRow, reminderTable } from './entities'

type Key = Pick<ReminderRow, 'companyId' | 'period'>

export async function findReminder(
  reader: Reader,
  companyId: string,
  period: string,
): Promise<ReminderRow | null> {
  const rows = await reader.query<ReminderRow>(
    'SELECT * FROM reading_reminder WHERE companyId = ? AND period = ?',
    [companyId, period],
  )
  return rows[0] ?? null
}

export async function lockReminder(tx: Tx, { companyId, period }: Key): Promise<ReminderRow | null> {
  const rows = await tx.query<ReminderRow>(
    `SELECT * FROM reading_reminder WHERE companyId = ? AND period = ?${tx.forUpdate}`,
    [companyId, period],
  )
  return rows[0] ?? null
}

export async function insertReminder(tx: Tx, row: ReminderRow): Promise<void> {
  await tx.insert(reminderTable, row)
}

export async function moveReminder(tx: Tx, row: ReminderRow): Promise<void> {
  await tx.execute(
    'UPDATE reading_reminder SET lastMeterId = ?, state = ?, told = ? WHERE companyId = ? AND period = ?',
    [row.lastMeterId, row.state, row.told, row.companyId, row.period],
  )
}
