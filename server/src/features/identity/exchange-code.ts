import { isAppError } from '../../core/errors'
import type { LoginChannel, PlatformIdentity } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import type { LoginChannelName } from './schema'

export type WalletChannel = Exclude<LoginChannelName, 'sms' | 'pc' | 'guest'>

/** Asks the platform who a code stands for. Failures are counted and logged without the code. */
export async function exchangeCode(
  ctx: Ctx,
  channel: WalletChannel,
  code: string,
): Promise<PlatformIdentity> {
  try {
    return await loginChannelOf(ctx, channel).exchange(code)
  } catch (error) {
    loginFailed(ctx, channel, isAppError(error) ? error.code : 'internal')
    throw error
  }
}

/** A failed login leaves a line and a count (ASVS 16.3.1), never what was typed or shown. */
export function loginFailed(ctx: Ctx, channel: LoginChannelName | 'ticket', reason: string): void {
  ctx.metrics.loginFailures.inc({ channel })
  ctx.log.warn({ requestId: ctx.requestId, channel, reason, ip: ctx.ip }, 'identity.login-failed')
}

function loginChannelOf(ctx: Ctx, channel: WalletChannel): LoginChannel {
  const logins = ctx.platforms.logins
  return {
    'wechat-mini': logins.wechatMini,
    'wechat-oa': logins.wechatOa,
    'alipay-mini': logins.alipayMini,
    'alipay-web': logins.alipayWeb,
  }[channel]
}
