import { isDuplicate, type Reader, type SqlValue, type Tx } from '../../core/db/database'
import { type CallRow, callTable, type ExtensionRow, extensionTable } from './entities'

const NUMBERS = [
  'numberKnown',
  'startedAt',
  'answeredAt',
  'endedAt',
  'lastEventAt',
  'missedTimes',
  'callBackAt',
  'version',
  'createdAt',
  'updatedAt',
] as const

/** Some drivers give 64-bit numbers as text. */
function rowOf(row: CallRow): CallRow {
  const plain: CallRow = { ...row }
  for (const name of NUMBERS) {
    const value = plain[name]
    if (value !== null) Object.assign(plain, { [name]: Number(value) })
  }
  return plain
}

async function one(reader: Reader, sql: string, params: readonly SqlValue[]): Promise<CallRow | null> {
  const rows = await reader.query<CallRow>(sql, params)
  return rows[0] ? rowOf(rows[0]) : null
}

export function findCall(reader: Reader, id: string): Promise<CallRow | null> {
  return one(reader, 'SELECT * FROM call_log WHERE id = ?', [id])
}

export function lockCall(tx: Tx, id: string): Promise<CallRow | null> {
  return one(tx, `SELECT * FROM call_log WHERE id = ?${tx.forUpdate}`, [id])
}

export function lockCallOfSwitch(tx: Tx, companyId: string, switchCallId: string): Promise<CallRow | null> {
  return one(tx, `SELECT * FROM call_log WHERE companyId = ? AND switchCallId = ?${tx.forUpdate}`, [
    companyId,
    switchCallId,
  ])
}

export async function insertCall(tx: Tx, row: CallRow): Promise<void> {
  await tx.insert(callTable, row)
}

const CHANGING = [
  'state',
  'agentId',
  'startedAt',
  'answeredAt',
  'endedAt',
  'lastEventAt',
  'requestId',
  'callBack',
  'missedTimes',
  'callBackById',
  'callBackByName',
  'callBackAt',
  'callBackResult',
  'version',
  'updatedAt',
] as const satisfies readonly (keyof CallRow)[]

/** Writes what can change of a row that the caller has locked. */
export async function saveCall(tx: Tx, row: CallRow): Promise<void> {
  await tx.execute(`UPDATE call_log SET ${CHANGING.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`, [
    ...CHANGING.map((name) => row[name]),
    row.id,
  ])
}

/** The missed call of this number that still waits to be called back. */
export async function lockOpenCallBack(
  tx: Tx,
  of: { readonly companyId: string; readonly numberIndex: string; readonly since: number },
): Promise<CallRow | null> {
  return one(
    tx,
    `SELECT * FROM call_log WHERE numberIndex = ? AND startedAt >= ? AND companyId = ? AND callBack IN ('open', 'taken')
      ORDER BY startedAt LIMIT 1${tx.forUpdate}`,
    [of.numberIndex, of.since, of.companyId],
  )
}

export async function countMissedAgain(tx: Tx, row: CallRow, now: number): Promise<void> {
  await saveCall(tx, {
    ...row,
    missedTimes: row.missedTimes + 1,
    version: row.version + 1,
    updatedAt: now,
  })
}

/** Whoever waits to be called back and got through by themselves. */
export async function endCallBacksOf(
  tx: Tx,
  of: {
    readonly companyId: string
    readonly numberIndex: string
    readonly at: number
    readonly now: number
    readonly exceptId: string
  },
): Promise<void> {
  await tx.execute(
    `UPDATE call_log SET callBack = 'done', callBackAt = ?, callBackResult = '客户再次来电，已接通', version = version + 1, updatedAt = ?
      WHERE numberIndex = ? AND companyId = ? AND callBack = 'open' AND startedAt <= ? AND id <> ?`,
    [of.at, of.now, of.numberIndex, of.companyId, of.at, of.exceptId],
  )
}

export async function staffAtExtension(
  reader: Reader,
  of: { readonly companyId: string; readonly extension: string },
): Promise<string | null> {
  const rows = await reader.query<ExtensionRow>(
    'SELECT staffId FROM call_extension WHERE companyId = ? AND extension = ?',
    [of.companyId, of.extension],
  )
  return rows[0]?.staffId ?? null
}

export async function extensionsOf(reader: Reader, staffId: string): Promise<ExtensionRow[]> {
  return reader.query<ExtensionRow>('SELECT * FROM call_extension WHERE staffId = ? ORDER BY companyId', [
    staffId,
  ])
}

/** One telephone a person and company; whoever sat there before sits there no more. */
export async function sitAt(
  tx: Tx,
  row: Omit<ExtensionRow, 'extension'> & { readonly extension: string | null },
) {
  const { companyId, extension, staffId, since } = row
  await tx.execute('DELETE FROM call_extension WHERE companyId = ? AND (staffId = ? OR extension = ?)', [
    companyId,
    staffId,
    extension,
  ])
  if (extension === null) return
  try {
    await tx.insert(extensionTable, { companyId, extension, staffId, since })
  } catch (error) {
    // Somebody sat down there in this very moment; the later word counts.
    if (!isDuplicate(error)) throw error
    await tx.execute(
      'UPDATE call_extension SET staffId = ?, since = ? WHERE companyId = ? AND extension = ?',
      [staffId, since, companyId, extension],
    )
  }
}

/** The newest call that is under way at this person's telephone. */
export function callUnderWay(reader: Reader, staffId: string, since: number): Promise<CallRow | null> {
  return one(
    reader,
    `SELECT * FROM call_log WHERE agentId = ? AND state IN ('ringing', 'talking') AND startedAt >= ?
      ORDER BY startedAt DESC LIMIT 1`,
    [staffId, since],
  )
}
