import { timingSafeEqual } from 'node:crypto'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { SmsPurpose } from './issue-sms-code'
import { phoneIndexOf, smsCodeHash } from './phone-number'
import { newestSmsCode, spendTry, useSmsCode } from './session-store'

/**
 * Uses a code up. Every try is counted and committed, right or wrong, before anything else happens: after five
 * the code is dead even for the right digits. Only the newest code of a number and purpose counts.
 * Errors: sms_code_wrong, the same for every fault.
 */
export async function verifySmsCode(
  ctx: Ctx,
  input: { phone: string; purpose: SmsPurpose; code: string },
): Promise<void> {
  const phoneIndex = phoneIndexOf(ctx, input.phone)
  const right = await inTransaction(ctx, async (tx) => {
    const now = ctx.clock.now()
    const newest = await newestSmsCode(tx, phoneIndex, input.purpose)
    if (!newest || !(await spendTry(tx, newest.id, now))) return false
    const hash = smsCodeHash(ctx, { id: newest.id, phoneIndex, purpose: input.purpose, code: input.code })
    if (!timingSafeEqual(Buffer.from(hash), Buffer.from(newest.codeHash))) return false
    // The try above locked the row, so two right answers at once cannot both come here.
    await useSmsCode(tx, newest.id, now)
    return true
  })
  if (!right) throw new AppError('sms_code_wrong')
}
