import type { Ctx } from '../../platforms/context'

/** Bound to the resident and the address, so that a code proves nothing else. */
export function emailCodeHash(ctx: Ctx, of: { residentId: string; email: string; code: string }): string {
  return ctx.vault.index('email-code', `${of.residentId}|${of.email}|${of.code}`)
}

export const cleanEmail = (email: string): string => email.trim().toLowerCase()
