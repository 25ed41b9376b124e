import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { inScope } from '../staff'
import { addTaken, findFile, findOrder } from './order-store'
import { printUrl } from './print-link'

/** How long an address is good. */
const LIVES_MS = 300_000

/** The address of one printed file, for me alone. Errors: not_found outside my scope and once it was deleted. */
export async function takeFile(
  ctx: Ctx,
  input: { readonly orderId: string; readonly fileNo: number },
): Promise<{ url: string }> {
  const me = staffOf(ctx)
  const { orderId, fileNo } = input
  return inTransaction(ctx, async (tx) => {
    const order = await findOrder(tx, orderId)
    const file = order && inScope(me, order) ? await findFile(tx, orderId, fileNo) : null
    if (file === null) throw new AppError('not_found', { message: '这个文件已经过期删除，请重新打印一份。' })
    await addTaken(tx, orderId, fileNo)
    return { url: printUrl(ctx, { orderId, fileNo, staffId: me.id, untilMs: ctx.clock.now() + LIVES_MS }) }
  })
}
