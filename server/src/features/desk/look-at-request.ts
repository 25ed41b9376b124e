import type { SharedCache } from '../../core/cache'
import { type Ctx, staffOf } from '../../platforms/context'
import { requestInScope } from './request-in-scope'

export interface Looker {
  readonly id: string
  readonly name: string
}
type Kept = Looker & { readonly until: number }

const LOOK_MS = 30_000
/** More people than this look at one request only when everybody should. */
const LOOKERS_MAX = 20

const keyOf = (requestId: string): string => `desk:look:${requestId}`

/**
 * Says that I have this request open, or no longer; answers who else has. A page says it again every twenty seconds.
 * It only warns people of each other, so it may be lost. Errors: not_found outside my scope.
 */
export async function lookAtRequest(
  ctx: Ctx,
  input: { requestId: string; looking: boolean },
): Promise<Looker[]> {
  const me = staffOf(ctx)
  await requestInScope(ctx, input.requestId)
  const now = ctx.clock.now()
  const others = (await lookers(ctx.cache, input.requestId, now)).filter(({ id }) => id !== me.id)
  const own = input.looking ? [{ id: me.id, name: me.name, until: now + LOOK_MS }] : []
  await ctx.cache.set(
    keyOf(input.requestId),
    JSON.stringify([...own, ...others].slice(0, LOOKERS_MAX)),
    LOOK_MS,
  )
  return others.map(({ id, name }) => ({ id, name }))
}

/** Who has it open now, without the one who asks. */
export async function lookersOf(ctx: Ctx, requestId: string): Promise<Looker[]> {
  const me = staffOf(ctx)
  const now = ctx.clock.now()
  return (await lookers(ctx.cache, requestId, now))
    .filter(({ id }) => id !== me.id)
    .map(({ id, name }) => ({ id, name }))
}

async function lookers(cache: SharedCache, requestId: string, now: number): Promise<Kept[]> {
  const text = await cache.get(keyOf(requestId))
  if (text === null) return []
  // Nobody but this file writes it.
  return (JSON.parse(text) as Kept[]).filter(({ until }) => until > now)
}
