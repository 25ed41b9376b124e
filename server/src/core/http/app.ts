import { Router } from '@koa/router'
import Koa, { type Context } from 'koa'
import helmet from 'koa-helmet'
import type { Core, CoreCtx, SignedInResident } from '../context'
import { AppError } from '../errors'
import type { RawRoute } from '../feature'
import { parseJson, readBytes, readQuery } from './body'
import type { Edge, Route } from './implement'
import { invalidInput, respondWithError } from './respond'

export interface EdgeOptions<C extends CoreCtx> {
  readonly core: Core
  readonly routes: readonly Route<C>[]
  readonly rawRoutes: readonly RawRoute<C>[]
  readonly contextFor: (who: { requestId: string; ip: string; resident: SignedInResident | null }) => C
  readonly authenticate: (ctx: C, token: string) => Promise<SignedInResident | null>
  /** Whatever is neither API nor callback: pages, documents, health. Answers false when it is not its own. */
  readonly pages: (koa: Context) => boolean | Promise<boolean>
  /** CSP sources of scripts inside our own pages. */
  readonly inlineScripts: readonly string[]
}

/** The HTTP edge: the order of everything a request passes, in one list. */
export function createHttpApp<C extends CoreCtx>(options: EdgeOptions<C>): Koa {
  const { core } = options
  const app = new Koa()
  const hops = core.config.http.trustedProxyHops
  app.proxy = hops > 0
  if (hops > 0) app.maxIpsCount = hops
  app.silent = true
  app.use(identifyAndAnswer(core))
  app.use(securityHeaders(options.inlineScripts))
  app.use(rawRoutes(options))
  app.use(apiRoutes(options))
  app.use(async (koa) => {
    if (!(await options.pages(koa))) throw new AppError('not_found')
  })
  return app
}

/** Names the request, times it, and turns every error into the contract's body. */
function identifyAndAnswer(core: Core): Koa.Middleware {
  return async (koa, next) => {
    const started = performance.now()
    const requestId = core.ids.next()
    koa.state['requestId'] = requestId
    koa.set('X-Request-Id', requestId)
    try {
      await next()
    } catch (error) {
      respondWithError(koa, core, requestId, error)
    }
    const route = String(koa.state['route'] ?? 'other')
    core.metrics.requestSeconds.observe(
      { route, status: String(koa.status) },
      (performance.now() - started) / 1000,
    )
  }
}

function securityHeaders(inlineScripts: readonly string[]): Koa.Middleware {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", ...inlineScripts],
        // Taro's components set styles from script, which CSP counts as inline.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  }) as unknown as Koa.Middleware
}

/** Callbacks get their bytes untouched and are never limited; browser pages are limited by address. */
function rawRoutes<C extends CoreCtx>(options: EdgeOptions<C>): Koa.Middleware {
  const { core } = options
  const router = new Router({ strict: true, sensitive: true })
  let underWay = 0
  for (const route of options.rawRoutes) {
    router.register(route.path, [route.method], async (koa: Context) => {
      koa.state['route'] = route.name
      const ctx = options.contextFor({
        requestId: String(koa.state['requestId']),
        ip: clientIp(koa),
        resident: null,
      })
      if (route.kind === 'page') await core.limiter.take(`ip:${ctx.ip}`, core.config.limits.perIp)
      if (underWay >= core.config.http.callbackConcurrencyMax)
        throw new AppError('busy', { retryAfterSeconds: 1 })
      underWay++
      try {
        const bytes =
          route.method === 'GET' ? Buffer.alloc(0) : await readBytes(koa, core.config.http.callbackLimitBytes)
        await inTime(core, route.handle(koa, ctx, bytes))
      } finally {
        underWay--
      }
    })
  }
  const dispatch = router.routes()
  const allowed = router.allowedMethods({
    throw: true,
    methodNotAllowed: () => new AppError('method_not_allowed'),
  })
  return async (koa, next) => dispatch(koa as never, () => allowed(koa as never, next))
}

/** `/api/<operation>`: who, how often, what, act, answer. */
function apiRoutes<C extends CoreCtx>(options: EdgeOptions<C>): Koa.Middleware {
  const byPath = new Map(options.routes.map((route) => [`/api/${route.name}`, route]))
  return async (koa, next) => {
    if (!koa.path.startsWith('/api/')) return next()
    const route = byPath.get(koa.path)
    if (!route) throw new AppError('not_found')
    koa.state['route'] = route.name
    koa.set('Cache-Control', 'no-store')
    if (koa.method !== route.operation.method) throw new AppError('method_not_allowed')
    const ctx = await contextOf(options, koa, route)
    await takeLimits(options.core, ctx, koa, route)
    const given = koa.method === 'GET' ? readQuery(koa) : await readJson(options.core, koa)
    const parsed = route.operation.input.safeParse(given)
    if (!parsed.success) throw invalidInput(parsed.error)
    const edge: Edge = { cookie: (name) => koa.cookies.get(name) ?? null }
    koa.body = await inTime(options.core, route.handle(ctx, parsed.data, edge))
    koa.type = 'application/json'
  }
}

async function readJson(core: Core, koa: Context): Promise<unknown> {
  if (!koa.is('application/json')) throw new AppError('not_json')
  return parseJson(await readBytes(koa, core.config.http.bodyLimitBytes))
}

async function contextOf<C extends CoreCtx>(
  options: EdgeOptions<C>,
  koa: Context,
  route: Route<C>,
): Promise<C> {
  const who = { requestId: String(koa.state['requestId']), ip: clientIp(koa) }
  const stranger = options.contextFor({ ...who, resident: null })
  const token = /^Bearer ([0-9a-zA-Z_-]{16,128})$/.exec(koa.get('authorization'))?.[1]
  const resident = token === undefined ? null : await options.authenticate(stranger, token)
  if (route.operation.auth === 'resident' && !resident) throw new AppError('unauthenticated')
  return resident ? options.contextFor({ ...who, resident }) : stranger
}

/** Per resident where there is one, per address always; addresses are loose because carriers share them. */
async function takeLimits<C extends CoreCtx>(
  core: Core,
  ctx: C,
  koa: Context,
  route: Route<C>,
): Promise<void> {
  const { limits } = core.config
  const { take } = core.limiter
  if (route.limit === 'login') {
    const device = koa.get('x-yihu-device').slice(0, 64)
    await Promise.all([
      take(`ip:${ctx.ip}`, limits.perIp),
      take(`login:${ctx.ip}:${device}`, limits.login),
      // The client chooses the device's name, so the address has a limit of its own behind it.
      take(`login-address:${ctx.ip}`, limits.loginPerIp),
    ])
    return
  }
  const who = ctx.resident ? `resident:${ctx.resident.id}` : `stranger:${ctx.ip}`
  await Promise.all([take(`ip:${ctx.ip}`, limits.perIp), take(`${route.limit}:${who}`, limits[route.limit])])
}

/** IPv6 addresses are counted by /64, because one household owns that many. */
function clientIp(koa: Context): string {
  const ip = koa.ip.replace(/^::ffff:/, '')
  return ip.includes(':') ? `${ip.split(':').slice(0, 4).join(':')}::/64` : ip
}

/** Nobody waits longer than this: a platform counts five seconds, a resident fewer. */
async function inTime<T>(core: Core, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError('busy', { retryAfterSeconds: 3, detail: 'handler timeout' })),
      core.config.http.handlerTimeoutMs,
    )
  })
  work.catch(() => undefined)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
