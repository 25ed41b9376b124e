import type { Ctx } from '../../platforms/context'
import { hasAnyAccount } from './account-store'
import { passwordRule } from './password-rule'

/** What the sign-in page must know before anybody is signed in. */
export async function describeSignIn(
  ctx: Ctx,
): Promise<{ needsSetUp: boolean; passwordRule: string; name: string }> {
  return {
    needsSetUp: !(await hasAnyAccount(ctx.db.reader)),
    passwordRule: passwordRule(ctx).words,
    name: ctx.config.portal.name,
  }
}
