import type { SharedCache } from '../../core/cache'
import { DAY_MS } from '../../core/clock'
import { isUnreachable } from '../../core/db/database'
import { within } from '../../core/jobs/within'
import type { Ctx } from '../../platforms/context'
import { publicFacts, type PublicFacts } from './public-facts'
import { shownFingerprint, shownPage } from './public-store'

/** The last good copy of everything that anybody may read, for when the database is away. */
export interface PublicCopy {
  readonly asOf: number
  readonly facts: readonly PublicFacts[]
}

interface Kept extends PublicCopy {
  readonly fingerprint: string
  readonly sharedAt: number
}

/** The newest ones; a portal has a few dozen at a time. */
const NOTICES_MAX = 500
const BODY = 'notices:copy'
const AS_OF = 'notices:copy-as-of'
/** The shared copy is written again before it could be forgotten, though nothing changed. */
const SHARE_EVERY_MS = 600_000
const SHARED_TTL_MS = DAY_MS
/** A reader waits no longer than this for a database that does not answer. */
const PATIENCE_MS = 2_000

/** Of this process, by its cache, which lives as long as it does. */
const kept = new WeakMap<SharedCache, Kept>()

export function shownSince(ctx: Ctx): number {
  return ctx.clock.now() - ctx.config.notices.shownAfterDays * DAY_MS
}

/** Keeps what is shown now, in this process and in the shared cache; mostly only that it is still the same. */
export async function keepCopy(ctx: Ctx): Promise<void> {
  const { reader } = ctx.db
  const asOf = ctx.clock.now()
  const since = shownSince(ctx)
  const fingerprint = await shownFingerprint(reader, since)
  const before = kept.get(ctx.cache)
  const isSame = before?.fingerprint === fingerprint
  const facts = isSame
    ? before.facts
    : await publicFacts(
        ctx,
        reader,
        await shownPage(reader, { companyId: null, since, before: null, limit: NOTICES_MAX }),
      )
  const isShared = isSame && asOf - before.sharedAt < SHARE_EVERY_MS
  kept.set(ctx.cache, { asOf, facts, fingerprint, sharedAt: isShared ? before.sharedAt : asOf })
  if (!isShared) await ctx.cache.set(BODY, JSON.stringify(facts), SHARED_TTL_MS)
  await ctx.cache.set(AS_OF, String(asOf), SHARED_TTL_MS)
}

/** The newest of this process's copy and the shared one; null where nobody has one yet. */
async function lastCopy(ctx: Ctx): Promise<PublicCopy | null> {
  const own = kept.get(ctx.cache) ?? null
  const sharedAsOf = Number((await ctx.cache.get(AS_OF)) ?? 0)
  if (own !== null && own.asOf >= sharedAsOf) return own
  const body = await ctx.cache.get(BODY)
  return body === null ? own : { asOf: sharedAsOf, facts: JSON.parse(body) as PublicFacts[] }
}

/**
 * Reads from the database, or from the last good copy while the database is away or does not answer in time; the copy
 * says from when it is. Errors: those of `fresh`, and the database's own where there is no copy.
 */
export async function readOrCopy<T extends object>(
  ctx: Ctx,
  fresh: () => Promise<T>,
  fromCopy: (copy: PublicCopy) => T,
): Promise<T & { asOf: number; stale: boolean }> {
  const asOf = ctx.clock.now()
  try {
    let answer: T | null = null
    const reading = fresh().then((read) => {
      answer = read
    })
    reading.catch(() => undefined)
    if ((await within(PATIENCE_MS, reading)) && answer !== null)
      return { ...(answer as T), asOf, stale: false }
    throw Object.assign(new Error('the database did not answer in time'), { code: 'ETIMEDOUT' })
  } catch (error) {
    if (!isUnreachable(error)) throw error
    const copy = await lastCopy(ctx)
    if (copy === null) throw error
    return { ...fromCopy(copy), asOf: copy.asOf, stale: true }
  }
}
