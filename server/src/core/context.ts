import type { SharedCache } from './cache'
import type { Clock } from './clock'
import type { CoreConfig } from './config/schema'
import type { Database } from './db/database'
import { AppError } from './errors'
import type { Ids } from './ids'
import type { Limiter } from './limiter'
import type { Logger } from './log'
import type { Metrics } from './metrics'
import type { Pressure } from './pressure'
import type { Signals } from './signals'
import type { Vault } from './vault'

/** What lives as long as the process. */
export interface Core {
  readonly config: CoreConfig
  readonly db: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Logger
  readonly vault: Vault
  readonly cache: SharedCache
  readonly limiter: Limiter
  /** Counts in this process alone: for loose limits that are asked on every request. */
  readonly localLimiter: Limiter
  readonly metrics: Metrics
  /** Whether what can wait should. */
  readonly pressure: Pressure
  /** Hints to the portal's other processes. */
  readonly signals: Signals
  /** Tells the job runner of this process that something is due; losing the call only costs a poll's time. */
  readonly wakeJobs: () => void
  /** Aborted when the process is asked to end: whatever lives longer than a request, such as an open stream, ends then. */
  readonly stopping: AbortSignal
}

/** The channel of a session that stands for a browser and no person: it may do what operations open to guests, no more. */
export const GUEST_CHANNEL = 'guest'

/** Who asks, once the session was checked. */
export interface SignedInResident {
  readonly id: string
  readonly sessionId: string
  readonly channel: string
}

/** A person at work: signed in to the console, or a field worker in the mini-program. */
export interface SignedInStaff {
  readonly id: string
  /** Of the console's session, or of the resident's session that a worker uses. */
  readonly sessionId: string
  readonly name: string
  readonly roles: readonly string[]
  readonly teamId: string | null
  /** Companies whose rows this person may see; null is all of them. */
  readonly companies: readonly string[] | null
  /** Path prefixes of areas whose rows this person may see; null is all of them. */
  readonly areaPaths: readonly string[] | null
}

/** One request or job run. Acts take it, with the platforms beside it, as their first argument. */
export interface CoreCtx extends Core {
  readonly requestId: string
  /** The caller's address as far as our own proxies vouch for it; null in jobs. */
  readonly ip: string | null
  readonly resident: SignedInResident | null
  readonly staff: SignedInStaff | null
}

/** The staff member who asks; throws `unauthenticated` when nobody is signed in. */
export function staffOf(ctx: CoreCtx): SignedInStaff {
  if (!ctx.staff) throw new AppError('unauthenticated')
  return ctx.staff
}

/** Whoever asks, in the words of the audit and of what they own. Staff come first: a worker is also a resident. */
export function personOf(ctx: CoreCtx): { readonly kind: 'staff' | 'resident'; readonly id: string } {
  if (ctx.staff) return { kind: 'staff', id: ctx.staff.id }
  return { kind: 'resident', id: residentOf(ctx).id }
}

/** The resident who asks; throws `unauthenticated` when nobody is signed in. */
export function residentOf(ctx: CoreCtx): SignedInResident {
  if (!ctx.resident) throw new AppError('unauthenticated')
  return ctx.resident
}
