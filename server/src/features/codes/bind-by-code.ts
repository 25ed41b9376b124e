import type { Ctx } from '../../platforms/context'
import { bindHousehold } from '../households'
import { accountOfCode } from './account-of-code'

type BindInput = Parameters<typeof bindHousehold>[1]

/**
 * Binds the household of a code: the code stands in for the account number, and for nothing else. The second proof,
 * the day's tries and the lock are those of `households.bind`. Errors: as there, and code_unknown, code_revoked.
 */
export async function bindByCode(
  ctx: Ctx,
  input: Pick<BindInput, 'clientId' | 'proof' | 'role'> & { readonly token: string },
  device: string,
): ReturnType<typeof bindHousehold> {
  const { token, ...rest } = input
  return bindHousehold(ctx, { ...rest, ...(await accountOfCode(ctx, token, device)) })
}
