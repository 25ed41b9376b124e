import type { Reader } from '../../core/db/database'
import { inQueue } from './outgoing-store'

/** A count goes no further: whether a million wait or two, somebody has to look. */
const COUNTED_MOST = 100_000

export interface Waiting {
  readonly depth: number
  /** When the first of them became due; null where none waits. */
  readonly oldestDueAt: number | null
}

/** What is due and nobody has taken, of one urgency. */
export async function dueNow(reader: Reader, urgency: number, nowMs: number): Promise<Waiting> {
  const due = `FROM ${inQueue(reader)} WHERE urgency = ? AND dueAt <= ?`
  const [first] = await reader.query<{ dueAt: number }>(`SELECT dueAt ${due} ORDER BY dueAt, id LIMIT 1`, [
    urgency,
    nowMs,
  ])
  if (!first) return { depth: 0, oldestDueAt: null }
  const [counted] = await reader.query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM (SELECT id ${due} LIMIT ${COUNTED_MOST}) counted`,
    [urgency, nowMs],
  )
  return { depth: Number(counted?.n ?? 0), oldestDueAt: Number(first.dueAt) }
}

/** What keeps its place until its channel works again. */
export async function waitingForChannel(reader: Reader): Promise<number> {
  const [counted] = await reader.query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM (SELECT id FROM message WHERE waitsFor IS NOT NULL LIMIT ${COUNTED_MOST}) counted`,
  )
  return Number(counted?.n ?? 0)
}
