import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { enqueue } from '../../core/jobs/define'
import type { Ctx } from '../../platforms/context'
import { residentOf } from '../../platforms/context'
import { companyOf } from '../../core/config/companies'
import { lockGuard, saveGuard } from './guard-store'
import { accountIndex } from './indexes'
import { deliverBindCode } from './jobs'
import { isLocked, takeCode } from './policy'
import { findByAccountNos } from './store'

/**
 * Promises a code to the phone on file. The promise, the limits and the time are the same whether the number exists,
 * has a phone, or neither: the message itself leaves in a job, so its time tells nothing either. Errors: sms_limited,
 * bind_locked.
 */
export async function sendBindCode(
  ctx: Ctx,
  input: { companyId: string; accountNo: string },
): Promise<{ retryAfterSeconds: number; expiresInSeconds: number }> {
  const resident = residentOf(ctx)
  companyOf(ctx, input.companyId)
  const { smsGapSeconds, smsPerNumberPerDay, smsPerIpPerDay } = ctx.config.limits
  const perDay = { limit: smsPerIpPerDay, windowMs: DAY_MS }
  await ctx.limiter.take(`bind-code-resident:${resident.id}`, perDay, 'sms_limited')
  if (ctx.ip !== null) await ctx.limiter.take(`sms-ip:${ctx.ip}`, perDay, 'sms_limited')

  const waitMs = await inTransaction(ctx, async (tx) => {
    const now = ctx.clock.now()
    const guard = await lockGuard(tx, accountIndex(ctx.vault, input.companyId, input.accountNo))
    if (isLocked(guard, now)) return 'locked'
    const taken = takeCode(guard, now, { perDay: smsPerNumberPerDay, gapMs: smsGapSeconds * 1000 })
    if ('waitMs' in taken) return taken.waitMs ?? DAY_MS
    await saveGuard(tx, taken.guard)
    const household = (await findByAccountNos(tx, input.companyId, [input.accountNo])).get(input.accountNo)
    const payload = { householdId: household?.id ?? null, residentId: resident.id }
    await enqueue(tx, ctx, deliverBindCode, payload, { key: ctx.ids.next() })
    return null
  })
  if (waitMs === 'locked') throw new AppError('bind_locked')
  if (waitMs !== null) throw new AppError('sms_limited', { retryAfterSeconds: Math.ceil(waitMs / 1000) })
  return { retryAfterSeconds: smsGapSeconds, expiresInSeconds: ctx.config.sessions.smsCodeMinutes * 60 }
}
