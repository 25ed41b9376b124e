import { z } from 'zod'
import { DAY_MS } from '../../core/clock'
import { companyOf } from '../../core/config/companies'
import { inTransaction } from '../../core/db/database'
import { AppError, isAppError } from '../../core/errors'
import { enqueue } from '../../core/jobs/define'
import { type Ctx, residentOf } from '../../platforms/context'
import { defineJob } from '../../platforms/feature'
import { issueSmsCode, verifySmsCode } from '../identity'
import { lockGuard, saveGuard } from './guard-store'
import { accountIndex } from './indexes'
import { openOwner } from './owner'
import { countWrong, isLocked, takeCode } from './policy'
import { findByAccountNos, findHouseholds } from './store'

/**
 * A code to the phone on file by which somebody without a wallet agrees that another acts for them. It is good for
 * nothing else: whoever hears it cannot bind the household as its own with it.
 */
const actPurpose = (ctx: Ctx, householdId: string, residentId: string): `act-for:${string}` =>
  `act-for:${ctx.vault.index('act-purpose', `${householdId}\n${residentId}`).slice(0, 40)}`

interface Account {
  readonly companyId: string
  readonly accountNo: string
}

/** Promises the code; the answer is the same whether the number exists or not. Errors: sms_limited, bind_locked. */
export async function sendActCode(
  ctx: Ctx,
  account: Account,
): Promise<{ retryAfterSeconds: number; expiresInSeconds: number }> {
  const resident = residentOf(ctx)
  companyOf(ctx, account.companyId)
  const { smsGapSeconds, smsPerNumberPerDay, smsPerIpPerDay } = ctx.config.limits
  await ctx.limiter.take(
    `bind-code-resident:${resident.id}`,
    { limit: smsPerIpPerDay, windowMs: DAY_MS },
    'sms_limited',
  )
  await inTransaction(ctx, async (tx) => {
    const now = ctx.clock.now()
    const guard = await lockGuard(tx, accountIndex(ctx.vault, account.companyId, account.accountNo))
    if (isLocked(guard, now)) throw new AppError('bind_locked')
    const taken = takeCode(guard, now, { perDay: smsPerNumberPerDay, gapMs: smsGapSeconds * 1000 })
    if ('waitMs' in taken)
      throw new AppError('sms_limited', { retryAfterSeconds: Math.ceil((taken.waitMs ?? DAY_MS) / 1000) })
    await saveGuard(tx, taken.guard)
    const found = (await findByAccountNos(tx, account.companyId, [account.accountNo])).get(account.accountNo)
    const payload = { householdId: found?.id ?? null, residentId: resident.id }
    await enqueue(tx, ctx, deliverActCode, payload, { key: ctx.ids.next() })
  })
  return { retryAfterSeconds: smsGapSeconds, expiresInSeconds: ctx.config.sessions.smsCodeMinutes * 60 }
}

export const deliverActCode = defineJob({
  name: 'households.deliver-act-code',
  payload: z.strictObject({ householdId: z.string().nullable(), residentId: z.string() }),
  maxAttempts: 3,
  timeoutMs: 15_000,
  backoffMs: () => 61_000,
  run: (ctx, of) => giveActCode(ctx, of),
})

/**
 * Uses the code up and answers whose household it was. Wrong ones count toward the number's lock, as when binding.
 * Errors: bind_refused, bind_locked.
 */
export async function verifyActCode(ctx: Ctx, account: Account & { readonly code: string }): Promise<string> {
  const resident = residentOf(ctx)
  const index = accountIndex(ctx.vault, account.companyId, account.accountNo)
  await inTransaction(ctx, async (tx) => {
    if (isLocked(await lockGuard(tx, index), ctx.clock.now())) throw new AppError('bind_locked')
  })
  const { reader } = ctx.db
  const found = (await findByAccountNos(reader, account.companyId, [account.accountNo])).get(
    account.accountNo,
  )
  const phone = found === undefined ? null : openOwner(ctx.vault, found).phone
  try {
    if (found === undefined || phone === null) throw new AppError('sms_code_wrong')
    await verifySmsCode(ctx, {
      phone,
      purpose: actPurpose(ctx, found.id, resident.id),
      code: account.code,
    })
    return found.id
  } catch (error) {
    if (!isAppError(error, 'sms_code_wrong')) throw error
    const { bindWrongPerHousehold, bindLockHours } = ctx.config.limits
    await inTransaction(ctx, async (tx) => {
      const limits = { wrongPerDay: bindWrongPerHousehold, lockMs: bindLockHours * 3_600_000 }
      await saveGuard(tx, countWrong(await lockGuard(tx, index), ctx.clock.now(), limits))
    })
    throw new AppError('bind_refused')
  }
}

/** Sends the code, or does nothing where there is nobody to send it to. */
export async function giveActCode(
  ctx: Ctx,
  { householdId, residentId }: { readonly householdId: string | null; readonly residentId: string },
): Promise<void> {
  const household = (await findHouseholds(ctx.db.reader, [householdId ?? ''])).get(householdId ?? '')
  const phone = household === undefined ? null : openOwner(ctx.vault, household).phone
  if (household === undefined || phone === null) return
  try {
    await issueSmsCode(ctx, { phone, purpose: actPurpose(ctx, household.id, residentId) })
  } catch (error) {
    if (!isAppError(error, 'sms_limited') || error.detail === 'sms-gap') throw error
    ctx.log.info({ householdId }, 'households.act-code-limited')
  }
}
