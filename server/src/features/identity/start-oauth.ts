import { z } from 'zod'
import { sha256 } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import { safeReturnPath } from './return-path'

export type OauthProvider = 'wechat' | 'alipay'

/** Long enough to read the wallet's question, short enough that a state found later is worth nothing. */
export const OAUTH_STATE_TTL_MS = 600_000

/** What we remember of a login that is under way; losing it costs the resident one more tap. */
export const pendingOauth = z.strictObject({
  provider: z.enum(['wechat', 'alipay']),
  returnPath: z.string(),
  /** Hash of the secret in the browser's cookie, which binds the state to that browser. */
  cookieHash: z.string(),
})
export type PendingOauth = z.infer<typeof pendingOauth>

export const oauthStateKey = (state: string): string => `oauth-state:${sha256(state)}`

interface StartedOauth {
  /** The wallet's page to send the browser to. */
  readonly location: string
  readonly oauthCookie: string
  readonly browserCookie: string
}

/** Begins a login in the browser: a state good for one use, ten minutes and this browser. */
export async function startOauth(
  ctx: Ctx,
  input: {
    provider: OauthProvider
    returnPath: unknown
    host: string
    browserCookie: string | null
    /** Ask on the wallet's own page, after a tap of the resident (wechat.md 2.6). Silent when it is left out. */
    explicit?: boolean
  },
): Promise<StartedOauth> {
  const state = ctx.ids.token(16)
  const oauthCookie = ctx.ids.token(16)
  const pending: PendingOauth = {
    provider: input.provider,
    returnPath: safeReturnPath(input.returnPath),
    cookieHash: sha256(oauthCookie),
  }
  await ctx.cache.set(oauthStateKey(state), JSON.stringify(pending), OAUTH_STATE_TTL_MS)

  const channel = input.provider === 'wechat' ? ctx.platforms.logins.wechatOa : ctx.platforms.logins.alipayWeb
  const redirectUrl = `${originFor(ctx, input.host)}/auth/${input.provider}/callback`
  return {
    location: channel.authorizeUrl({ redirectUrl, state, ...(input.explicit ? { explicit: true } : {}) }),
    oauthCookie,
    browserCookie: isBrowserKey(input.browserCookie) ? input.browserCookie : ctx.ids.token(16),
  }
}

/**
 * The origin that the wallet sends the browser back to. The Host header chooses only among origins that the
 * configuration names, so a forged one leads to our public address.
 */
function originFor(ctx: Ctx, host: string): string {
  const { allowedOrigins, publicUrl } = ctx.config.http
  return (
    allowedOrigins.find((origin) => origin === `http://${host}` || origin === `https://${host}`) ?? publicUrl
  )
}

function isBrowserKey(cookie: string | null): cookie is string {
  return cookie !== null && /^[0-9a-f]{32}$/.test(cookie)
}
