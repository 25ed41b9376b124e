import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { sha256 } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import { exchangeCode, loginFailed, type WalletChannel } from './exchange-code'
import { recogniseResident } from './recognise-resident'
import { pageWithTicket } from './return-path'
import { insertTicket } from './session-store'
import { oauthStateKey, type OauthProvider, pendingOauth, type PendingOauth } from './start-oauth'

interface OauthReturn {
  readonly provider: OauthProvider
  /** As the query string has them: anything at all. */
  readonly code: unknown
  readonly state: unknown
  readonly oauthCookie: string | null
  readonly browserCookie: string | null
}

/**
 * The browser is back from the wallet. The state must be ours, unused, young and of this browser, before the code
 * is worth a call. Answers where to go: our page, with a ticket good for one minute, one use and this browser.
 * Errors: oauth_state_invalid, login_code_invalid, snapshot_user, platform_unavailable.
 */
export async function finishOauth(ctx: Ctx, input: OauthReturn): Promise<{ location: string }> {
  const channel: WalletChannel = input.provider === 'wechat' ? 'wechat-oa' : 'alipay-web'
  const pending = await takeState(ctx, input)
  const browser = input.browserCookie
  if (!pending || browser === null) {
    loginFailed(ctx, channel, 'oauth_state_invalid')
    throw new AppError('oauth_state_invalid')
  }
  if (typeof input.code !== 'string' || input.code.length < 8 || input.code.length > 256) {
    loginFailed(ctx, channel, 'no_code')
    throw new AppError('login_code_invalid', { message: '没有得到您的授权，请返回重新登录。' })
  }

  const identity = await exchangeCode(ctx, channel, input.code)
  const ticket = ctx.ids.token(16)
  await inTransaction(ctx, async (tx) => {
    const { resident, identityId } = await recogniseResident(tx, ctx, identity)
    await insertTicket(tx, {
      ticketHash: sha256(ticket),
      residentId: resident.id,
      identityId,
      channel,
      browserHash: sha256(browser),
      expiresAt: ctx.clock.now() + ctx.config.sessions.ticketSeconds * 1000,
      usedAt: null,
    })
  })
  return { location: pageWithTicket(pending.returnPath, ticket) }
}

/** Uses the state up, whatever it turns out to be; null when it is not this browser's own. */
async function takeState(ctx: Ctx, input: OauthReturn): Promise<PendingOauth | null> {
  if (typeof input.state !== 'string' || !/^[0-9a-f]{32}$/.test(input.state)) return null
  const stored = await ctx.cache.take(oauthStateKey(input.state))
  if (stored === null || input.oauthCookie === null) return null
  const pending = pendingOauth.parse(JSON.parse(stored))
  const ours = pending.provider === input.provider && pending.cookieHash === sha256(input.oauthCookie)
  return ours ? pending : null
}
