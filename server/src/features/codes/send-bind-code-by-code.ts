import type { Ctx } from '../../platforms/context'
import { sendBindCode } from '../households'
import { accountOfCode } from './account-of-code'

/** Sends a code to the phone on file of this code's household; the limits are those of `households.sendBindCode`. */
export async function sendBindCodeByCode(
  ctx: Ctx,
  input: { readonly token: string },
  device: string,
): ReturnType<typeof sendBindCode> {
  return sendBindCode(ctx, await accountOfCode(ctx, input.token, device))
}
