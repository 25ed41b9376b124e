import type { z } from 'zod'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { openGuest, presentSession } from '../identity'
import { findActiveCode } from './find-code'
import type { codesOperations } from './schema'
import { grantByCode, visitEnd } from './grant-by-code'

type Entered = z.input<(typeof codesOperations)['codes.enter']['output']>

/**
 * A guest's session for a browser without a wallet, with the visit that it lives as long as. Errors: code_unknown,
 * code_revoked, rate_limited.
 */
export async function enterCode(ctx: Ctx, input: { token: string }, device: string): Promise<Entered> {
  const found = await findActiveCode(ctx, input, device)
  await ctx.limiter.take(`codes-enter:${ctx.ip}`, ctx.config.codes.entersPerIp)
  const { opened, visit } = await inTransaction(ctx, async (tx) => {
    const guest = await openGuest(tx, ctx, visitEnd(ctx))
    return { opened: guest, visit: await grantByCode(tx, ctx, found.id, guest.residentId) }
  })
  return { ...(await presentSession(ctx, opened)), visit }
}
