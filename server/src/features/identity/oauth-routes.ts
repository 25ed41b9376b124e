import type { Context } from 'koa'
import { AppError, isAppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { RawRoute } from '../../platforms/feature'
import { finishOauth } from './finish-oauth'
import { failurePage } from './failure-page'
import { OAUTH_STATE_TTL_MS, type OauthProvider, startOauth } from './start-oauth'

const OAUTH_COOKIE = 'yihu_oauth'
export const BROWSER_COOKIE = 'yihu_browser'

/** Pages that only redirect: to the wallet, and from the wallet to our own page. */
export const oauthRoutes: readonly RawRoute[] = (['wechat', 'alipay'] as const).flatMap((provider) => [
  {
    name: `oauth.start.${provider}`,
    method: 'GET' as const,
    path: `/auth/${provider}/start`,
    kind: 'page' as const,
    handle: (koa: Context, ctx: Ctx) => withFailurePage(koa, ctx, provider, () => start(koa, ctx, provider)),
  },
  {
    name: `oauth.callback.${provider}`,
    method: 'GET' as const,
    path: `/auth/${provider}/callback`,
    kind: 'page' as const,
    handle: (koa: Context, ctx: Ctx) =>
      withFailurePage(koa, ctx, provider, () => callback(koa, ctx, provider)),
  },
])

async function start(koa: Context, ctx: Ctx, provider: OauthProvider): Promise<void> {
  const started = await startOauth(ctx, {
    provider,
    returnPath: koa.query['return'],
    host: koa.get('host'),
    browserCookie: cookieOf(koa, BROWSER_COOKIE),
    explicit: koa.query['scope'] === 'explicit',
  })
  setCookie(koa, ctx, OAUTH_COOKIE, started.oauthCookie, '/auth')
  setCookie(koa, ctx, BROWSER_COOKIE, started.browserCookie, '/')
  redirect(koa, started.location)
}

async function callback(koa: Context, ctx: Ctx, provider: OauthProvider): Promise<void> {
  const { location } = await finishOauth(ctx, {
    provider,
    code: koa.query[provider === 'wechat' ? 'code' : 'auth_code'],
    state: koa.query['state'],
    oauthCookie: cookieOf(koa, OAUTH_COOKIE),
    browserCookie: cookieOf(koa, BROWSER_COOKIE),
  })
  redirect(koa, location)
}

/** A browser shows whatever comes back, so every fault becomes a page in words, with a way on. */
async function withFailurePage(
  koa: Context,
  ctx: Ctx,
  provider: OauthProvider,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    const known = isAppError(error) ? error : new AppError('internal', { cause: error })
    if (known.report)
      ctx.log.error({ requestId: ctx.requestId, provider, err: error }, 'identity.oauth-failed')
    koa.status = known.status
    koa.set('Cache-Control', 'no-store')
    koa.set(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    )
    koa.type = 'text/html; charset=utf-8'
    koa.body = failurePage({
      message: known.message,
      requestId: ctx.requestId,
      retryUrl: `/auth/${provider}/start`,
    })
  }
}

function redirect(koa: Context, location: string): void {
  koa.set('Cache-Control', 'no-store')
  koa.set('Referrer-Policy', 'no-referrer')
  koa.status = 302
  koa.set('Location', location)
  koa.type = 'text/plain; charset=utf-8'
  koa.body = ''
}

function cookieOf(koa: Context, name: string): string | null {
  const value = koa.cookies.get(name)
  return value === undefined || value === '' ? null : value
}

/**
 * Written by hand, because Koa refuses to send a Secure cookie over the plain connection that our own TLS proxy
 * speaks to us.
 */
function setCookie(koa: Context, ctx: Ctx, name: string, value: string, path: string): void {
  const secure = ctx.config.http.publicUrl.startsWith('https://') ? '; Secure' : ''
  const maxAge = OAUTH_STATE_TTL_MS / 1000
  koa.append(
    'Set-Cookie',
    `${name}=${value}; Path=${path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`,
  )
}
