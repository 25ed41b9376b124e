import { placeholders, type Reader, type SqlValue, type Tx } from '../../core/db/database'
import { type CaseRow, caseTable, type CursorRow, cursorTable, type RoundRow, roundTable } from './entities'

const FIGURES = [
  'requestedAt',
  'amountFen',
  'reckonedAt',
  'finalAt',
  'answeredAt',
  'approved1At',
  'approvedAt',
  'refundedFen',
  'creditedFen',
  'closedAt',
  'nextLookAt',
  'createdAt',
  'updatedAt',
] as const satisfies readonly (keyof CaseRow)[]

/** Some drivers give 64-bit numbers as text. */
export function rowOf(row: CaseRow): CaseRow {
  const plain: CaseRow = { ...row }
  for (const name of FIGURES) {
    const value = plain[name]
    if (value !== null) Object.assign(plain, { [name]: Number(value) })
  }
  return plain
}

async function many(reader: Reader, sql: string, params: readonly SqlValue[]): Promise<CaseRow[]> {
  return (await reader.query<CaseRow>(sql, params)).map(rowOf)
}

export async function insertCase(tx: Tx, row: CaseRow): Promise<void> {
  await tx.insert(caseTable, row)
}

export async function findCase(reader: Reader, id: string): Promise<CaseRow | null> {
  return (await many(reader, 'SELECT * FROM heat_case WHERE id = ?', [id]))[0] ?? null
}

export async function lockCase(tx: Tx, id: string): Promise<CaseRow | null> {
  return (await many(tx, `SELECT * FROM heat_case WHERE id = ?${tx.forUpdate}`, [id]))[0] ?? null
}

/**
 * A case under its lock, and every other case of its home and season with it, in the order of their ids: whoever writes
 * down a sum cuts out what the others give back, and they must not write theirs meanwhile.
 */
export async function lockCaseOfHome(tx: Tx, id: string): Promise<CaseRow | null> {
  const known = await findCase(tx, id)
  if (known === null) return null
  return (await casesOfSeason(tx, known, tx.forUpdate)).find((row) => row.id === id) ?? null
}

/** The household's case of a cold home that is not over; a household has one at a time and season. */
export async function lockOpenCase(
  tx: Tx,
  of: { readonly householdId: string; readonly season: string },
): Promise<CaseRow | null> {
  const rows = await many(
    tx,
    `SELECT * FROM heat_case WHERE householdId = ? AND season = ? AND kind = 'cold' AND openSlot = 1${tx.forUpdate}`,
    [of.householdId, of.season],
  )
  return rows[0] ?? null
}

export async function casesOfHouseholds(
  reader: Reader,
  householdIds: readonly string[],
  limit: number,
): Promise<CaseRow[]> {
  if (householdIds.length === 0) return []
  return many(
    reader,
    `SELECT * FROM heat_case WHERE householdId IN (${placeholders(householdIds.length)}) ORDER BY id DESC LIMIT ${limit}`,
    householdIds,
  )
}

const CHANGING = [
  'state',
  'openSlot',
  'amountFen',
  'reckonedAt',
  'refund',
  'finalAt',
  'answeredAt',
  'objectionSealed',
  'answer',
  'approver1Id',
  'approver1Name',
  'approved1At',
  'approver2Id',
  'approver2Name',
  'approvedAt',
  'refundedFen',
  'creditedFen',
  'closedAt',
  'told',
  'nextLookAt',
  'version',
  'updatedAt',
] as const satisfies readonly (keyof CaseRow)[]

/** Writes what can change of a row that the caller has locked. */
export async function saveCase(tx: Tx, row: CaseRow): Promise<void> {
  await tx.execute(`UPDATE heat_case SET ${CHANGING.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`, [
    ...CHANGING.map((name) => row[name]),
    row.id,
  ])
}

/** Cases at which the clock has to look, those that wait longest first. */
export async function casesToLookAt(reader: Reader, now: number, limit: number): Promise<string[]> {
  const rows = await reader.query<{ id: string }>(
    `SELECT id FROM heat_case WHERE nextLookAt <= ? ORDER BY nextLookAt, id LIMIT ${limit}`,
    [now],
  )
  return rows.map(({ id }) => id)
}

export async function insertRound(tx: Tx, row: RoundRow): Promise<void> {
  await tx.insert(roundTable, row)
}

export async function roundsOf(reader: Reader, caseIds: readonly string[]): Promise<RoundRow[]> {
  if (caseIds.length === 0) return []
  const rows = await reader.query<RoundRow>(
    `SELECT * FROM heat_round WHERE caseId IN (${placeholders(caseIds.length)}) ORDER BY caseId, requestId`,
    caseIds,
  )
  return rows.map((row) => ({
    ...row,
    requestedAt: Number(row.requestedAt),
    dueAt: Number(row.dueAt),
    missedAt: row.missedAt === null ? null : Number(row.missedAt),
  }))
}

/** Of these requests those that belong to a case already. */
export async function knownRounds(
  reader: Reader,
  requestIds: readonly string[],
): Promise<Map<string, string>> {
  if (requestIds.length === 0) return new Map()
  const rows = await reader.query<Pick<RoundRow, 'requestId' | 'caseId'>>(
    `SELECT requestId, caseId FROM heat_round WHERE requestId IN (${placeholders(requestIds.length)})`,
    requestIds,
  )
  return new Map(rows.map(({ requestId, caseId }) => [requestId, caseId]))
}

export async function saveRound(
  tx: Tx,
  row: Pick<RoundRow, 'requestId' | 'dueAt' | 'missedAt'>,
): Promise<void> {
  await tx.execute('UPDATE heat_round SET dueAt = ?, missedAt = ? WHERE requestId = ?', [
    row.dueAt,
    row.missedAt,
    row.requestId,
  ])
}

export async function readCursor(reader: Reader, companyId: string): Promise<string> {
  const rows = await reader.query<CursorRow>('SELECT * FROM heat_cursor WHERE companyId = ?', [companyId])
  return rows[0]?.afterId ?? ''
}

export async function saveCursor(tx: Tx, row: CursorRow): Promise<void> {
  const moved = await tx.execute('UPDATE heat_cursor SET afterId = ? WHERE companyId = ?', [
    row.afterId,
    row.companyId,
  ])
  if (moved === 0) await tx.insert(cursorTable, row)
}

/** All cases of a household's season, under the lock where the caller writes what depends on them. */
export async function casesOfSeason(
  reader: Reader,
  of: { readonly householdId: string; readonly season: string },
  lock = '',
): Promise<CaseRow[]> {
  return many(reader, `SELECT * FROM heat_case WHERE householdId = ? AND season = ? ORDER BY id${lock}`, [
    of.householdId,
    of.season,
  ])
}
