import { inTransaction, isDuplicate } from '../../core/db/database'
import { AppError, isAppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { loginFailed } from './exchange-code'
import { openSession, type OpenedSession, presentSession } from './open-session'
import { phoneIndexOf } from './phone-number'
import { newResident } from './recognise-resident'
import type { Me } from './schema'
import { findResidentByPhone, insertResident, lockLivingResident } from './store'
import { verifySmsCode } from './verify-sms-code'

/**
 * A phone number and its SMS code become a session of the resident who owns the number, or of a new one.
 * Errors: sms_code_wrong.
 */
export async function loginByCode(
  ctx: Ctx,
  input: { phone: string; code: string },
): Promise<{ token: string; expiresAt: number; me: Me }> {
  try {
    await verifySmsCode(ctx, { phone: input.phone, purpose: 'login', code: input.code })
  } catch (error) {
    if (isAppError(error)) loginFailed(ctx, 'sms', error.code)
    throw error
  }
  const opened = await openForPhone(ctx, input.phone).catch((error: unknown) => {
    // Somebody else took the number between our look and our insert: now it is found.
    if (isDuplicate(error)) return openForPhone(ctx, input.phone)
    throw error
  })
  return presentSession(ctx, opened)
}

async function openForPhone(ctx: Ctx, phone: string): Promise<OpenedSession> {
  const phoneIndex = phoneIndexOf(ctx, phone)
  return inTransaction(ctx, async (tx) => {
    const owner = await findResidentByPhone(tx, phoneIndex)
    if (owner) {
      const resident = await lockLivingResident(tx, owner.id)
      // The number moved to another resident while we waited for the lock; the next tap finds it there.
      if (resident?.phoneIndex !== phoneIndex) throw new AppError('sms_code_wrong')
      return openSession(tx, ctx, { resident, identityId: null, channel: 'sms' })
    }
    const resident = {
      ...newResident(ctx, ctx.ids.next()),
      phoneSealed: ctx.vault.seal(phone),
      phoneIndex,
      phoneVerifiedAt: ctx.clock.now(),
    }
    await insertResident(tx, resident)
    return openSession(tx, ctx, { resident, identityId: null, channel: 'sms' })
  })
}
