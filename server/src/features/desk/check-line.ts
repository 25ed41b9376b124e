import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { touchRequest, typeOfRequest } from '../requests'
import { lockForDesk } from './lock-for-desk'

/** Ticks a line of the checklist, or takes the tick away. Errors: not_found, also for a line that is not there. */
export async function checkLine(
  ctx: Ctx,
  input: { requestId: string; index: number; done: boolean },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const request = await lockForDesk(tx, ctx, input.requestId)
    const { checklist } = await typeOfRequest(ctx, request, tx)
    if (input.index >= checklist.length)
      throw new AppError('not_found', { message: '清单已经变了，请刷新后再勾选。' })
    const ticked = new Set(JSON.parse(request.checked) as number[])
    if (ticked.has(input.index) === input.done) return
    if (input.done) ticked.add(input.index)
    else ticked.delete(input.index)
    const checked = JSON.stringify([...ticked].sort((a, b) => a - b))
    await touchRequest(tx, ctx, request, { checked })
  })
}
