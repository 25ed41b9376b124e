import type { Ctx } from '../../platforms/context'
import { issueSmsCode } from './issue-sms-code'

/** Sends the code for signing in or for linking a phone; nothing in the answer depends on whose number it is. */
export async function sendLoginCode(
  ctx: Ctx,
  input: { phone: string; purpose: 'login' | 'link-phone' },
): Promise<{ retryAfterSeconds: number; expiresInSeconds: number }> {
  return issueSmsCode(ctx, { phone: input.phone, purpose: input.purpose })
}
