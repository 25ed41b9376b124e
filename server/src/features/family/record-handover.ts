import { DAY_MS, shanghaiDayStart } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { handOver, membersOf } from '../households'
import { deskHousehold } from './desk-household'
import { presentHandovers } from './read-household'
import type { HandoverView } from './schema'

/** A change that was forgotten for longer is for the company's own books; one farther ahead is a slip of the pen. */
const BACK_MS = 366 * DAY_MS
const AHEAD_MS = 92 * DAY_MS

/**
 * 过户 or a move-out. From the day on the household is somebody else's; a day to come waits. Errors: not_found outside my
 * scope, invalid_input for a day too far away or a member who is not one.
 */
export async function recordHandover(
  ctx: Ctx,
  input: {
    readonly householdId: string
    readonly kind: 'transfer' | 'move-out'
    readonly effectiveOn: string
    readonly note: string
    readonly keep: readonly string[]
  },
): Promise<{ handover: HandoverView }> {
  const me = staffOf(ctx)
  const household = await deskHousehold(ctx, input.householdId)
  const effectiveAt = shanghaiDayStart(input.effectiveOn)
  const now = ctx.clock.now()
  if (!(effectiveAt >= now - BACK_MS && effectiveAt <= now + AHEAD_MS))
    throw new AppError('invalid_input', {
      message: '生效日期要在一年以内、三个月以内，请核对。',
      fields: [{ path: 'effectiveOn', message: '请核对生效日期' }],
    })
  const row = await inTransaction(ctx, async (tx) => {
    const members = new Set((await membersOf(tx, household.id)).map(({ id }) => id))
    if (input.keep.some((id) => !members.has(id)))
      throw new AppError('invalid_input', { message: '要保留的成员已经不在这一户，请刷新后再选。' })
    return handOver(tx, ctx, {
      householdId: household.id,
      kind: input.kind,
      effectiveAt,
      source: 'staff',
      byStaff: me.id,
      note: input.note,
      kept: input.keep,
    })
  })
  const [handover] = await presentHandovers(ctx, [row])
  if (handover === undefined) throw new Error('one row is presented as one view')
  return { handover }
}
