import { timingSafeEqual } from 'node:crypto'
import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { cleanEmail, emailCodeHash } from './email-code'
import { confirmPendingEmail, emailRow, removeEmails, spendEmailTry } from './email-store'

/**
 * Keeps the address once its code was right; without an address the one I have is removed. Each try is counted and
 * committed, right or wrong. Errors: email_code_wrong, the same for every fault.
 */
export async function confirmEmail(
  ctx: Ctx,
  input: { email: string | null; code: string | null },
): Promise<void> {
  const residentId = residentOf(ctx).id
  if (input.email === null) return removeAddress(ctx, residentId)
  const email = cleanEmail(input.email)
  const code = input.code ?? ''
  const right = await inTransaction(ctx, async (tx) => {
    const now = ctx.clock.now()
    const row = await emailRow(tx, residentId)
    if (!row?.codeHash || !(await spendEmailTry(tx, residentId, now))) return false
    const hash = emailCodeHash(ctx, { residentId, email, code })
    if (!timingSafeEqual(Buffer.from(hash), Buffer.from(row.codeHash))) return false
    await confirmPendingEmail(tx, residentId, now)
    await recordAudit(tx, ctx, {
      action: 'messages.confirm-email',
      actor: `resident:${residentId}`,
      object: `resident:${residentId}`,
    })
    return true
  })
  if (!right) throw new AppError('email_code_wrong')
}

async function removeAddress(ctx: Ctx, residentId: string): Promise<void> {
  const ids = await residentAliases(ctx.db.reader, residentId)
  await inTransaction(ctx, async (tx) => {
    await removeEmails(tx, ids)
    await recordAudit(tx, ctx, {
      action: 'messages.remove-email',
      actor: `resident:${residentId}`,
      object: `resident:${residentId}`,
    })
  })
}
