import { placeholders, type Reader, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { type SeatRow, seatSpanTable, seatTable, type SeatState } from './entities'

/** SQL over seats. A seat is locked before any conversation that is given to it or taken from it. */

export async function findSeat(reader: Reader, staffId: string): Promise<SeatRow | null> {
  const rows = await reader.query<SeatRow>('SELECT * FROM seat WHERE staffId = ?', [staffId])
  return rows[0] ?? null
}

export async function lockSeat(tx: Tx, staffId: string): Promise<SeatRow | null> {
  const rows = await tx.query<SeatRow>(`SELECT * FROM seat WHERE staffId = ?${tx.forUpdate}`, [staffId])
  return rows[0] ?? null
}

export async function seatsOf(reader: Reader, staffIds: readonly string[]): Promise<Map<string, SeatRow>> {
  if (staffIds.length === 0) return new Map()
  const rows = await reader.query<SeatRow>(
    `SELECT * FROM seat WHERE staffId IN (${placeholders(staffIds.length)})`,
    staffIds,
  )
  return new Map(rows.map((row) => [row.staffId, row]))
}

/** More people than this do not sit at one portal. */
const SEATS_MOST = 2000

/** Seats in these states, the one that waits longest for its turn first. */
export async function seatsIn(reader: Reader, states: readonly SeatState[]): Promise<SeatRow[]> {
  return reader.query<SeatRow>(
    `SELECT * FROM seat WHERE state IN (${placeholders(states.length)})
      ORDER BY lastGivenAt, staffId LIMIT ${SEATS_MOST}`,
    states,
  )
}

/** How many conversations each of these agents has now. */
export async function loadsOf(reader: Reader, staffIds: readonly string[]): Promise<Map<string, number>> {
  if (staffIds.length === 0) return new Map()
  const rows = await reader.query<{ assigneeId: string; n: number | string }>(
    `SELECT assigneeId, COUNT(*) AS n FROM conversation
      WHERE assigneeId IN (${placeholders(staffIds.length)}) AND state = 'active' GROUP BY assigneeId`,
    staffIds,
  )
  return new Map(rows.map(({ assigneeId, n }) => [assigneeId, Number(n)]))
}

export async function insertSeat(tx: Tx, row: SeatRow): Promise<void> {
  await tx.insert(seatTable, row)
}

/** Writes a seat that this transaction has locked; the span of its state ends and another begins where that changes. */
export async function saveSeat(
  tx: Tx,
  ctx: Pick<Ctx, 'ids' | 'clock'>,
  row: SeatRow,
  changes: Partial<Omit<SeatRow, 'staffId' | 'since'>>,
): Promise<SeatRow> {
  const now = ctx.clock.now()
  const moved = changes.state !== undefined && changes.state !== row.state
  const saved: SeatRow = { ...row, ...changes, ...(moved ? { since: now } : {}) }
  await tx.execute(
    `UPDATE seat SET state = ?, capacity = ?, until = ?, since = ?, activeAt = ?, lastGivenAt = ?, missed = ?,
       handOver = ?, handOverAt = ? WHERE staffId = ?`,
    [
      saved.state,
      saved.capacity,
      saved.until,
      saved.since,
      saved.activeAt,
      saved.lastGivenAt,
      saved.missed,
      saved.handOver,
      saved.handOverAt,
      saved.staffId,
    ],
  )
  if (moved) await nextSpan(tx, ctx, saved)
  return saved
}

async function nextSpan(tx: Tx, ctx: Pick<Ctx, 'ids' | 'clock'>, { staffId, state }: SeatRow): Promise<void> {
  const now = ctx.clock.now()
  await tx.execute('UPDATE seat_span SET endedAt = ? WHERE staffId = ? AND endedAt IS NULL', [now, staffId])
  if (state === 'off') return
  await tx.insert(seatSpanTable, { id: ctx.ids.next(), staffId, state, startedAt: now, endedAt: null })
}

/** The agent did something; a pulse of typing every second writes once in a while only. */
export async function touchSeat(tx: Tx, staffId: string, now: number): Promise<void> {
  await tx.execute('UPDATE seat SET activeAt = ? WHERE staffId = ? AND activeAt < ?', [
    now,
    staffId,
    now - TOUCH_MS,
  ])
}

const TOUCH_MS = 15_000

/** What people left for the next shift since then, the newest first. */
export async function handOversSince(reader: Reader, since: number): Promise<SeatRow[]> {
  return reader.query<SeatRow>(
    `SELECT * FROM seat WHERE handOver IS NOT NULL AND handOverAt >= ? ORDER BY handOverAt DESC LIMIT 50`,
    [since],
  )
}
