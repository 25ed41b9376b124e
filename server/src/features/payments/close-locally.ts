import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { releaseBills } from '../billing'
import type { PaymentRow } from './entities'
import { isOpen } from './states'
import { lockPayment, movePayment } from './store'

const FIRST_LOOK_MS = 60_000

/**
 * Marks an order closed that the platform has closed, and frees its bills. A payment can still race the closing,
 * so the order is looked at again for a while (F05).
 */
export async function closeLocally(ctx: Ctx, payment: PaymentRow): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await releaseBills(tx, payment.id)
    const locked = await lockPayment(tx, payment.id)
    if (!isOpen(locked.state)) return
    await movePayment(tx, locked, 'closed', ctx.clock.now() + FIRST_LOOK_MS)
    await recordAudit(tx, ctx, { action: 'payments.close', object: `payment:${payment.id}` })
  })
}
