import type { Context } from 'koa'
import type { Core, CoreCtx } from '../context'
import type { LimitClass } from './implement'
import { knownConsole } from './known-consoles'
import { staffCookieName } from './people'

/**
 * Counted before anything is looked up, so that made-up tokens cost the database no more than this many reads. It is
 * loose and only keeps floods out, so each process counts for itself and no request waits for Redis twice. A session of
 * the console that was good a moment ago is counted by itself: many people at work share one address.
 */
export async function takeAddressLimit(core: Core, koa: Context, address: string): Promise<void> {
  const session = knownConsole(core, koa.cookies.get(staffCookieName(core)))
  const key = session === null ? `ip:${address}` : `console:${session}`
  await core.localLimiter.take(key, core.config.limits.perIp)
}

/**
 * The route's own limit. It is per resident; whoever is not signed in has only the address's limit for reads,
 * because carriers put hundreds of homes behind one address. Logins are counted per device where the client names
 * one, and behind that per address, because a client may choose any name.
 */
export async function takeRouteLimit(
  core: Core,
  ctx: CoreCtx,
  by: { readonly limit: LimitClass; readonly device: string },
): Promise<void> {
  const { limits } = core.config
  const { take } = core.limiter
  if (by.limit === 'login') {
    const device = by.device.slice(0, 64)
    await Promise.all([
      take(`login-address:${ctx.ip}`, limits.loginPerIp),
      ...(device === '' ? [] : [take(`login:${ctx.ip}:${device}`, limits.login)]),
    ])
    return
  }
  // People at work look something up every few seconds all day; their own limit is generous.
  if (ctx.staff) return take(`staff:${ctx.staff.id}`, limits.staff)
  if (ctx.resident) await take(`${by.limit}:resident:${ctx.resident.id}`, limits[by.limit])
  else if (by.limit !== 'read') await take(`${by.limit}:stranger:${ctx.ip}`, limits[by.limit])
}
