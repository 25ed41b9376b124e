import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { deskHouseholds } from '../households'
import { inScope } from '../staff'
import { codeNumber } from './code-number'
import type { CodeView } from './desk-schema'
import { findCode } from './desk-store'
import { makeCode } from './make-code'
import { revokeCodes } from './revoke-codes'
import type { RevokeReason } from './schema'

/**
 * Takes one code out of use and, where wanted, makes the household's next one in the same transaction: nobody finds the
 * household without a code in between. Errors: not_found outside my scope, code_revoked for one that was no longer in use.
 */
export async function revokeCode(
  ctx: Ctx,
  input: { readonly codeId: string; readonly why: RevokeReason; readonly renew: boolean },
): Promise<{ code: CodeView | null }> {
  const me = staffOf(ctx)
  const code = await findCode(ctx.db.reader, input.codeId)
  const household = code && (await deskHouseholds(ctx, [code.householdId])).get(code.householdId)
  if (!household || !inScope(me, household)) throw new AppError('not_found')
  const by = `staff:${me.id}`
  return inTransaction(ctx, async (tx) => {
    const [revoked] = await revokeCodes(tx, ctx, [input.codeId], { by, why: input.why })
    if (!revoked)
      throw new AppError('code_revoked', { message: '这个码已经停用了，请刷新看看这一户现在的码。' })
    if (!input.renew) return { code: null }
    const next = await makeCode(tx, ctx, household, by)
    return {
      code: {
        id: next.id,
        number: codeNumber(next.publicId),
        state: next.state,
        serial: next.serial,
        createdAt: next.createdAt,
        createdBy: me.name,
        revokedAt: null,
        revokedBy: null,
        why: null,
      },
    }
  })
}
