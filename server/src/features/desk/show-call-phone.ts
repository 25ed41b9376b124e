import { shanghaiDay } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { callPhoneOf } from '../households'
import { assertListed } from '../notices'
import { secondsToMidnight } from './export-inbox'
import { takeQuota } from './store'
import { tellOfLimit } from './tell-of-limit'

/**
 * The number of a customer who is to be called about an outage. The notice is the reason, and the audit keeps both;
 * each look counts like every other one. Errors: not_found outside my scope, off the list or without a number,
 * unmask_limit.
 */
export async function showCallPhone(
  ctx: Ctx,
  input: { readonly noticeId: string; readonly householdId: string },
): Promise<{ phone: string; leftToday: number }> {
  const me = staffOf(ctx)
  await assertListed(ctx, input)
  const phone = await callPhoneOf(ctx, input.householdId)
  if (phone === null) throw new AppError('not_found', { message: '这一户没有登记电话。' })
  const now = ctx.clock.now()
  const of = { staffId: me.id, day: shanghaiDay(now), kind: 'unmask' } as const
  const leftToday = await inTransaction(ctx, (tx) => takeQuota(tx, of, ctx.config.staff.unmaskPerDay))
  if (leftToday === null) {
    await tellOfLimit(ctx, 'callPhone')
    throw new AppError('unmask_limit', { retryAfterSeconds: secondsToMidnight(now) })
  }
  return { phone, leftToday }
}
