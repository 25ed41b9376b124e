import { inTransaction } from '../../core/db/database'
import { inLanes } from '../../core/jobs/runner'
import type { Ctx } from '../../platforms/context'
import { checkPayment } from './check-payment'
import { closePayment } from './close-payment'
import type { PaymentRow } from './entities'
import { isOpen } from './states'
import { paymentsToCheck, takeCheck } from './store'

const BATCH = 200
const LANES = 8

/**
 * Asks the platforms about orders nobody told us about. Lower bound: nothing is asked before its turn, the first
 * ten seconds after the order was made. Upper bound: an open order is closed when it expires, and a closed one is
 * looked at for `lateWatchHours` more; then the row leaves the sweep for good (F57, F59).
 */
export async function sweepPayments(ctx: Ctx): Promise<void> {
  for (let more = true; more; ) {
    const due = await paymentsToCheck(ctx.db.reader, ctx.clock.now(), BATCH)
    more = due.length === BATCH
    await inLanes(due, LANES, (payment) => lookAt(ctx, payment))
  }
}

async function lookAt(ctx: Ctx, payment: PaymentRow): Promise<void> {
  const next = nextLook(ctx, payment)
  if (!(await inTransaction(ctx, (tx) => takeCheck(tx, payment, next)))) return
  try {
    if (isOpen(payment.state) && ctx.clock.now() >= payment.expiresAt)
      await closePayment(ctx, payment, 'sweep')
    else await checkPayment(ctx, payment, 'sweep')
  } catch (error) {
    // The turn was moved on before the call, so a platform that is away costs one look and no order.
    ctx.log.warn({ paymentId: payment.id, err: error }, 'payments.look-failed')
  }
}

/** When to look again after this look; an open order never goes without a next one. */
function nextLook(ctx: Ctx, payment: PaymentRow): number | null {
  const now = ctx.clock.now()
  const { checkAfterSeconds, lateWatchHours } = ctx.config.payments
  if (isOpen(payment.state)) {
    const steps = checkAfterSeconds.map((seconds) => payment.createdAt + seconds * 1000)
    const step = steps.find((at) => at > now) ?? now + 60_000
    return Math.min(step, payment.expiresAt > now ? payment.expiresAt : now + 60_000)
  }
  const watchEnds = payment.expiresAt + lateWatchHours * 3_600_000
  if (payment.state !== 'closed' || now >= watchEnds) return null
  return Math.min(watchEnds, now + 3_600_000)
}
