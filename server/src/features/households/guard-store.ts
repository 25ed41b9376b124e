import { isDuplicate, type Tx } from '../../core/db/database'
import {
  type BindAttemptRow,
  bindAttemptTable,
  type BindGuardRow,
  bindGuardTable,
  type BindHolderRow,
  bindHolderTable,
} from './entities'

/** The counters that stand before every binding. Locks: the holder first, then the guard. */

/** Locks the row under which one resident's tries are counted and their bindings change. */
export async function lockHolder(tx: Tx, residentId: string): Promise<BindHolderRow> {
  const read = (): Promise<BindHolderRow[]> =>
    tx.query<BindHolderRow>(`SELECT * FROM bind_holder WHERE residentId = ?${tx.forUpdate}`, [residentId])
  const fresh: BindHolderRow = { residentId, triesDay: '', tries: 0 }
  return lockOrMake(read, () => tx.insert(bindHolderTable, fresh))
}

/** Locks the counters of one account number. */
export async function lockGuard(tx: Tx, accountIndex: string): Promise<BindGuardRow> {
  const read = (): Promise<BindGuardRow[]> =>
    tx.query<BindGuardRow>(`SELECT * FROM bind_guard WHERE accountIndex = ?${tx.forUpdate}`, [accountIndex])
  const fresh: BindGuardRow = {
    accountIndex,
    wrongDay: '',
    wrongCount: 0,
    lockedUntil: null,
    codeDay: '',
    codeCount: 0,
    codeSentAt: null,
  }
  return lockOrMake(read, () => tx.insert(bindGuardTable, fresh))
}

async function lockOrMake<Row>(read: () => Promise<Row[]>, make: () => Promise<void>): Promise<Row> {
  const found = (await read())[0]
  if (found !== undefined) return found
  try {
    await make()
  } catch (error) {
    // Somebody else made the row between our two statements; their transaction has ended, so now we can lock it.
    if (!isDuplicate(error)) throw error
  }
  const made = (await read())[0]
  if (made === undefined) throw new Error('a counter row was made and is not there')
  return made
}

export async function saveHolder(tx: Tx, row: BindHolderRow): Promise<void> {
  await tx.execute('UPDATE bind_holder SET triesDay = ?, tries = ? WHERE residentId = ?', [
    row.triesDay,
    row.tries,
    row.residentId,
  ])
}

export async function saveGuard(tx: Tx, row: BindGuardRow): Promise<void> {
  await tx.execute(
    `UPDATE bind_guard SET wrongDay = ?, wrongCount = ?, lockedUntil = ?, codeDay = ?, codeCount = ?, codeSentAt = ?
      WHERE accountIndex = ?`,
    [
      row.wrongDay,
      row.wrongCount,
      row.lockedUntil,
      row.codeDay,
      row.codeCount,
      row.codeSentAt,
      row.accountIndex,
    ],
  )
}

export async function findAttempt(
  tx: Tx,
  residentId: string,
  clientId: string,
): Promise<BindAttemptRow | null> {
  const rows = await tx.query<BindAttemptRow>(
    'SELECT * FROM bind_attempt WHERE residentId = ? AND clientId = ?',
    [residentId, clientId],
  )
  return rows[0] ?? null
}

export async function insertAttempt(tx: Tx, row: BindAttemptRow): Promise<void> {
  await tx.insert(bindAttemptTable, row)
}
