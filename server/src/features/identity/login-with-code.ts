import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { exchangeCode } from './exchange-code'
import { openSession, presentSession } from './open-session'
import { recogniseResident } from './recognise-resident'
import type { Me } from './schema'

/**
 * A mini-program's login code becomes a session. Only what the platform tells our server about the code counts.
 * Errors: login_code_invalid, platform_unavailable.
 */
export async function loginWithCode(
  ctx: Ctx,
  input: { channel: 'wechat-mini' | 'alipay-mini'; code: string },
): Promise<{ token: string; expiresAt: number; me: Me }> {
  const identity = await exchangeCode(ctx, input.channel, input.code)
  const opened = await inTransaction(ctx, async (tx) => {
    const { resident, identityId } = await recogniseResident(tx, ctx, identity)
    return openSession(tx, ctx, { resident, identityId, channel: input.channel })
  })
  return presentSession(ctx, opened)
}
