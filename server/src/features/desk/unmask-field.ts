import { shanghaiDay } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { unmaskedHousehold } from '../households'
import { contactOf } from '../requests'
import { secondsToMidnight } from './export-inbox'
import { requestInScope } from './request-in-scope'
import { takeQuota } from './store'
import { tellOfLimit } from './tell-of-limit'

type Field = 'contactName' | 'contactPhone' | 'address' | 'accountNo' | 'ownerName'

/**
 * Shows one field whole. The reason is kept by the audit; each look counts, and the day has so many. Errors:
 * not_found outside my scope or where nothing is on file, forbidden for an anonymous request, unmask_limit.
 */
export async function unmaskField(
  ctx: Ctx,
  input: { requestId: string; field: Field },
): Promise<{ value: string; leftToday: number }> {
  const me = staffOf(ctx)
  const request = await requestInScope(ctx, input.requestId)
  if (request.anonymous === 1)
    throw new AppError('forbidden', { message: '这是匿名诉求，提交人不愿公开身份，任何人都看不到。' })
  const value = await valueOf(ctx, request, input.field)
  if (!value) throw new AppError('not_found', { message: '这一项没有登记，没有可看的内容。' })
  const now = ctx.clock.now()
  const of = { staffId: me.id, day: shanghaiDay(now), kind: 'unmask' } as const
  const left = await inTransaction(ctx, (tx) => takeQuota(tx, of, ctx.config.staff.unmaskPerDay))
  if (left === null) {
    await tellOfLimit(ctx, input.field)
    throw new AppError('unmask_limit', { retryAfterSeconds: secondsToMidnight(now) })
  }
  return { value, leftToday: left }
}

async function valueOf(
  ctx: Ctx,
  request: { householdId: string | null; contactSealed: string },
  field: Field,
): Promise<string | null> {
  const contact = contactOf(ctx, request)
  if (field === 'contactName') return contact.name
  if (field === 'contactPhone') return contact.phone
  if (field === 'address' && contact.address !== null) return contact.address
  if (request.householdId === null) return null
  const household = await unmaskedHousehold(ctx, request.householdId)
  return household?.[field] ?? null
}
