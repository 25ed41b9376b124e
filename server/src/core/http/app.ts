import Koa, { type Context } from 'koa'
import helmet from 'koa-helmet'
import { z } from 'zod'
import { type Core, type CoreCtx, GUEST_CHANNEL, personOf } from '../context'
import { AppError } from '../errors'
import { actOnce } from './acts'
import { audited, auditedAdmission } from './audited'
import { parseJson, readBytes, readQuery } from './body'
import { clientAddress } from './client-address'
import type { EdgeOptions } from './edge-options'
import type { Edge, Route } from './implement'
import { inTime } from './in-time'
import { takeAddressLimit, takeRouteLimit } from './limits'
import { assertConsoleAddress, peopleOf, STAFF_COOKIE, staffCookieName } from './people'
import { rawRoutes } from './raw-routes'
import { invalidInput, respondWithError } from './respond'

/** The HTTP edge: the order of everything a request passes, in one list. */
export function createHttpApp<C extends CoreCtx>(options: EdgeOptions<C>): Koa {
  const { core } = options
  const app = new Koa()
  const hops = core.config.http.trustedProxyHops
  app.proxy = hops > 0
  if (hops > 0) app.maxIpsCount = hops
  app.silent = true
  app.use(identifyAndAnswer(core))
  app.use(securityHeaders(core, options.inlineScripts))
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

function securityHeaders(core: Core, inlineScripts: readonly string[]): Koa.Middleware {
  const sockets = new URL(core.config.http.publicUrl).origin.replace(/^http/, 'ws')
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        // WeChat's browser gives its functions to pages only through this script of its own (wechat.md 2.7).
        scriptSrc: ["'self'", 'https://res.wx.qq.com', ...inlineScripts],
        // Taro's components set styles from script, which CSP counts as inline.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        // Voice notes and videos of a request: the console streams them, the residents' pages fetch them first.
        mediaSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'", 'data:'],
        // To some browsers a socket of the same host is not 'self'.
        connectSrc: ["'self'", sockets],
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
    const address = clientAddress(koa.ip)
    await takeAddressLimit(options.core, koa, address)
    const { auth, consoleOnly } = route.operation
    if (consoleOnly) assertConsoleAddress(options.core, koa)
    const ctx = await peopleOf(options, koa, { auth, ip: address })
    const input = await auditedAdmission(ctx, route, () => admit(options, koa, { route, ctx }))
    const edge = edgeOf(options.core, koa)
    const work = audited(ctx, route, input, (onRepeat) => act(route, { ctx, input, edge, onRepeat }))
    koa.body = await inTime(options.core, work)
    koa.type = 'application/json'
  }
}

/** Whether this person may, often enough, and what they sent, checked. */
async function admit<C extends CoreCtx>(
  options: EdgeOptions<C>,
  koa: Context,
  { route, ctx }: { readonly route: Route<C>; readonly ctx: C },
): Promise<unknown> {
  const { auth } = route.operation
  if (ctx.staff && (auth === 'staff' || auth === 'worker') && !options.staff.may(route.name, ctx.staff))
    throw new AppError('forbidden', { detail: `${ctx.staff.id} may not ${route.name}` })
  if (auth !== 'public' && ctx.resident?.channel === GUEST_CHANNEL && !route.operation.guests)
    throw new AppError('sign_in_first', { detail: `a guest may not ${route.name}` })
  await takeRouteLimit(options.core, ctx, { limit: route.limit, device: koa.get('x-yihu-device') })
  const most = route.operation.bodyLimitBytes ?? options.core.config.http.bodyLimitBytes
  const given = koa.method === 'GET' ? readQuery(koa) : await readJson(koa, most)
  const parsed = route.operation.input.safeParse(given)
  if (!parsed.success) throw invalidInput(parsed.error)
  return parsed.data
}

function edgeOf(core: Core, koa: Context): Edge {
  const secure = core.config.http.publicUrl.startsWith('https://')
  // The proxy in front speaks TLS; the library believes only its own socket.
  koa.cookies.secure = secure
  const named = (name: string): string => (name === STAFF_COOKIE ? staffCookieName(core) : name)
  return {
    agent: koa.get('user-agent'),
    device: koa.get('x-yihu-device').slice(0, 64),
    cookie: (name) => koa.cookies.get(named(name)) ?? null,
    setCookie: (name, value, maxAgeMs) => {
      koa.cookies.set(named(name), value, {
        httpOnly: true,
        sameSite: 'strict',
        secure,
        overwrite: true,
        path: '/',
        ...(maxAgeMs === undefined ? {} : { maxAge: maxAgeMs }),
      })
    },
  }
}

/** A person's write happens once per client id, whatever the network made of the first answer. */
function act<C extends CoreCtx>(
  route: Route<C>,
  given: { readonly ctx: C; readonly input: unknown; readonly edge: Edge; readonly onRepeat: () => void },
): Promise<unknown> {
  const { ctx, input, edge, onRepeat } = given
  const { method, auth } = route.operation
  const run = (): Promise<unknown> => route.handle(ctx, input, edge)
  if (method !== 'POST' || auth === 'public' || route.keepsClientId) return run()
  const { clientId } = withClientId.parse(input)
  return actOnce(ctx, { actorId: personOf(ctx).id, operation: route.name, clientId, input, onRepeat }, run)
}

const withClientId = z.looseObject({ clientId: z.string() })

async function readJson(koa: Context, limitBytes: number): Promise<unknown> {
  if (!koa.is('application/json')) throw new AppError('not_json')
  return parseJson(await readBytes(koa, limitBytes))
}
