import type { SessionRow } from './entities'

/**
 * Sessions looked up a moment ago: the handful of requests with which a page opens costs one look at the table.
 * An ended session is dead at once in the process that ended it, and after two seconds in every other, where
 * security.md 7.4.1 allows five. Nothing that is not in the table is remembered.
 */
const KEPT_MS = 2_000
const MOST = 5_000

const recent = new Map<string, { readonly row: SessionRow; readonly at: number }>()

export function recentSession(tokenHash: string, nowMs: number): SessionRow | null {
  const kept = recent.get(tokenHash)
  return kept && Math.abs(nowMs - kept.at) < KEPT_MS ? kept.row : null
}

export function rememberSession(row: SessionRow, nowMs: number): void {
  if (recent.size >= MOST) recent.clear()
  recent.set(row.tokenHash, { row, at: nowMs })
}

/** After any change to a session; all go, because changes are rare and looks are cheap. */
export function forgetRecentSessions(): void {
  recent.clear()
}
