import type { Core } from '../context'
import { sha256 } from '../ids'

/**
 * Sessions of the console that were good a moment ago in this process. A call centre sits behind one address, so whoever
 * is known here is counted by themselves; a made-up token is known to nobody and counts for its address, as before.
 */
const KNOWN_MS = 5 * 60_000
const KNOWN_MAX = 5_000
const known = new WeakMap<Core['db'], Map<string, number>>()

function sessionsOf(core: Pick<Core, 'db'>): Map<string, number> {
  const sessions = known.get(core.db) ?? new Map<string, number>()
  known.set(core.db, sessions)
  return sessions
}

/** The name under which a session is counted, or null where it is not known to be good. */
export function knownConsole(core: Pick<Core, 'db' | 'clock'>, token: string | undefined): string | null {
  if (token === undefined) return null
  const name = sha256(token)
  const until = sessionsOf(core).get(name)
  return until !== undefined && until > core.clock.now() ? name : null
}

/** Says whether a session was good just now. */
export function noteConsole(core: Pick<Core, 'db' | 'clock'>, token: string, isGood: boolean): void {
  const sessions = sessionsOf(core)
  const name = sha256(token)
  if (!isGood) {
    sessions.delete(name)
    return
  }
  // When there are too many, all of them are asked about once more.
  if (sessions.size >= KNOWN_MAX && !sessions.has(name)) sessions.clear()
  sessions.set(name, core.clock.now() + KNOWN_MS)
}
