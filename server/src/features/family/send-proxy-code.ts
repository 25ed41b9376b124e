import type { Ctx } from '../../platforms/context'
import { sendActCode } from '../households'

/** Promises a code to the phone on file; the answer is the same whether the number exists. Errors: sms_limited, bind_locked. */
export function sendProxyCode(
  ctx: Ctx,
  input: { readonly companyId: string; readonly accountNo: string },
): Promise<{ retryAfterSeconds: number; expiresInSeconds: number }> {
  return sendActCode(ctx, input)
}
