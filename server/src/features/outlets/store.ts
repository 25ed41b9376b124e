import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type OutletRow, outletTable, type TicketRow, type TicketState, ticketTable } from './entities'

/** A company with more outlets than this would need pages; the largest in the country has a few hundred. */
const MOST_OUTLETS = 500

/** Those in use, of one company or of all that are given. */
export function openOutlets(reader: Reader, companyIds: readonly string[]): Promise<OutletRow[]> {
  return reader.query<OutletRow>(
    `SELECT * FROM outlet WHERE state = 'open' AND companyId IN (${placeholders(companyIds.length)})
      ORDER BY companyId, id LIMIT ${MOST_OUTLETS}`,
    companyIds,
  )
}

export function outletsOf(reader: Reader, companyIds: readonly string[]): Promise<OutletRow[]> {
  return reader.query<OutletRow>(
    `SELECT * FROM outlet WHERE companyId IN (${placeholders(companyIds.length)}) ORDER BY companyId, name LIMIT ${MOST_OUTLETS}`,
    companyIds,
  )
}

export async function findOutlet(reader: Reader, id: string): Promise<OutletRow | null> {
  const [row] = await reader.query<OutletRow>('SELECT * FROM outlet WHERE id = ?', [id])
  return row ?? null
}

/** The outlet's row is the lock of its whole queue. */
export async function lockOutlet(tx: Tx, id: string): Promise<OutletRow | null> {
  const [row] = await tx.query<OutletRow>(`SELECT * FROM outlet WHERE id = ?${tx.forUpdate}`, [id])
  return row ?? null
}

export async function insertOutlet(tx: Tx, row: OutletRow): Promise<void> {
  await tx.insert(outletTable, row)
}

export async function updateOutlet(tx: Tx, row: OutletRow): Promise<void> {
  await tx.execute(
    `UPDATE outlet SET name = ?, address = ?, phone = ?, latE6 = ?, lngE6 = ?, hours = ?, services = ?, access = ?,
        note = ?, hasTickets = ?, minutesEach = ?, state = ?, version = ?, updatedAt = ? WHERE id = ?`,
    [
      row.name,
      row.address,
      row.phone,
      row.latE6,
      row.lngE6,
      row.hours,
      row.services,
      row.access,
      row.note,
      row.hasTickets,
      row.minutesEach,
      row.state,
      row.version,
      row.updatedAt,
      row.id,
    ],
  )
}

export async function countNumber(tx: Tx, id: string, day: string, number: number): Promise<void> {
  await tx.execute('UPDATE outlet SET ticketDay = ?, lastNumber = ? WHERE id = ?', [day, number, id])
}

export async function insertTicket(tx: Tx, row: TicketRow): Promise<void> {
  await tx.insert(ticketTable, row)
}

export async function findTicket(reader: Reader, id: string): Promise<TicketRow | null> {
  const [row] = await reader.query<TicketRow>('SELECT * FROM outlet_ticket WHERE id = ?', [id])
  return row ?? null
}

export async function liveTicket(reader: Reader, liveKey: string): Promise<TicketRow | null> {
  const [row] = await reader.query<TicketRow>('SELECT * FROM outlet_ticket WHERE liveKey = ?', [liveKey])
  return row ?? null
}

export function ticketsOf(reader: Reader, residentId: string, day: string): Promise<TicketRow[]> {
  return reader.query<TicketRow>(
    'SELECT * FROM outlet_ticket WHERE residentId = ? AND day = ? ORDER BY takenAt DESC LIMIT 20',
    [residentId, day],
  )
}

export async function nextWaiting(reader: Reader, outletId: string, day: string): Promise<TicketRow | null> {
  const [row] = await reader.query<TicketRow>(
    "SELECT * FROM outlet_ticket WHERE outletId = ? AND day = ? AND state = 'waiting' ORDER BY number LIMIT 1",
    [outletId, day],
  )
  return row ?? null
}

/** How many wait; those with a smaller number than `before` where one is given. */
export async function countWaiting(
  reader: Reader,
  outletId: string,
  day: string,
  before: number | null = null,
): Promise<number> {
  const [row] = await reader.query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM outlet_ticket WHERE outletId = ? AND day = ? AND state = 'waiting'${
      before === null ? '' : ' AND number < ?'
    }`,
    before === null ? [outletId, day] : [outletId, day, before],
  )
  return Number(row?.n ?? 0)
}

export function calledNow(reader: Reader, outletId: string, day: string): Promise<TicketRow[]> {
  return reader.query<TicketRow>(
    `SELECT * FROM outlet_ticket WHERE outletId = ? AND day = ? AND state = 'called'
      ORDER BY calledAt DESC, number DESC LIMIT 20`,
    [outletId, day],
  )
}

/** When numbers were last called for the first time, the newest first: the pace of the day. */
export async function lastCalls(
  reader: Reader,
  outletId: string,
  day: string,
  limit: number,
): Promise<number[]> {
  const rows = await reader.query<{ calledAt: number }>(
    `SELECT calledAt FROM outlet_ticket WHERE outletId = ? AND day = ? AND state IN ('called', 'served', 'missed')
      AND calledAt IS NOT NULL ORDER BY calledAt DESC LIMIT ${limit}`,
    [outletId, day],
  )
  return rows.map(({ calledAt }) => Number(calledAt))
}

/** A day's numbers for the counter: who is called, who waits, who was missed. */
export function queueOf(reader: Reader, outletId: string, day: string): Promise<TicketRow[]> {
  return reader.query<TicketRow>(
    `SELECT * FROM outlet_ticket WHERE outletId = ? AND day = ? AND state IN ('called', 'waiting', 'missed')
      ORDER BY number LIMIT 300`,
    [outletId, day],
  )
}

export async function countEnded(
  reader: Reader,
  outletId: string,
  day: string,
): Promise<{ served: number; missed: number }> {
  const rows = await reader.query<{ state: TicketState; n: number }>(
    `SELECT state, COUNT(*) AS n FROM outlet_ticket WHERE outletId = ? AND day = ? AND state IN ('served', 'missed')
      GROUP BY state`,
    [outletId, day],
  )
  const of = (state: TicketState): number => Number(rows.find((row) => row.state === state)?.n ?? 0)
  return { served: of('served'), missed: of('missed') }
}

/** Moves a ticket; whoever is over gives its live key back. */
export async function moveTicket(tx: Tx, row: TicketRow): Promise<void> {
  await tx.execute(
    'UPDATE outlet_ticket SET state = ?, liveKey = ?, counter = ?, calledAt = ?, calls = ?, endedAt = ? WHERE id = ?',
    [row.state, row.liveKey, row.counter, row.calledAt, row.calls, row.endedAt, row.id],
  )
}

/** Numbers of earlier days that nobody ended. */
export async function expireBefore(tx: Tx, day: string, now: number, limit: number): Promise<number> {
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM outlet_ticket WHERE day < ? AND state IN ('waiting', 'called') ORDER BY day LIMIT ${limit}`,
    [day],
  )
  if (rows.length === 0) return 0
  return tx.execute(
    `UPDATE outlet_ticket SET state = 'expired', liveKey = NULL, endedAt = ? WHERE id IN (${placeholders(rows.length)})`,
    [now, ...rows.map(({ id }) => id)],
  )
}
