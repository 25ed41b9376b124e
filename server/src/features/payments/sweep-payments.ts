import { inTransaction } from '../../core/db/database'
import { backoff } from '../../core/jobs/define'
import { inLanes } from '../../core/jobs/runner'
import type { Ctx } from '../../platforms/context'
import { checkPayment } from './check-payment'
import { closeLocally } from './close-locally'
import { closePayment } from './close-payment'
import type { PaymentRow } from './entities'
import { isOpen } from './states'
import { paymentsToCheck, takeCheck, wasDisputed } from './store'

const BATCH = 200
const LANES_PER_WALLET = 8
/** One turn looks at so many pages at the most; what is left is due again in the next turn. */
const PAGES_PER_TURN = 5
const lateLook = backoff(60_000, 3_600_000)

/**
 * Asks the platforms about orders nobody told us about. Lower bound: nothing is asked before its turn, the first
 * ten seconds after the order was made. Upper bound: an open order is closed when it expires, and a closed one is
 * looked at for `lateWatchHours` more; then the row leaves the sweep for good (F57, F59). Each wallet has lanes of
 * its own, so that one that is slow does not keep the other waiting.
 */
export async function sweepPayments(ctx: Ctx): Promise<void> {
  for (let page = 0; page < PAGES_PER_TURN; page++) {
    const due = await paymentsToCheck(ctx.db.reader, ctx.clock.now(), BATCH)
    const of = (channel: string): PaymentRow[] => due.filter((payment) => payment.channel === channel)
    await Promise.all(
      ['wechat', 'alipay'].map((channel) =>
        inLanes(of(channel), LANES_PER_WALLET, (payment) => lookAt(ctx, payment)),
      ),
    )
    if (due.length < BATCH) return
  }
}

async function lookAt(ctx: Ctx, payment: PaymentRow): Promise<void> {
  const next = nextLook(ctx, payment)
  if (!(await inTransaction(ctx, (tx) => takeCheck(tx, payment, next)))) return
  try {
    const expired = isOpen(payment.state) && ctx.clock.now() >= payment.expiresAt
    if (!expired) await checkPayment(ctx, payment, 'sweep')
    else if (await isGivenUp(ctx, payment)) await closeLocally(ctx, payment)
    else await closePayment(ctx, payment, 'sweep')
  } catch (error) {
    // The turn was moved on before the call, so a platform that is away costs one look and no order.
    ctx.log.warn({ paymentId: payment.id, err: error }, 'payments.look-failed')
  }
}

/**
 * Money came that does not fit the order, staff has or had it on their list, and asking on would not change it: the order
 * lets go of its bills, so that the household can pay them another way.
 */
async function isGivenUp(ctx: Ctx, payment: PaymentRow): Promise<boolean> {
  if (ctx.clock.now() < watchEnds(ctx, payment)) return false
  return wasDisputed(ctx.db.reader, payment.id)
}

const watchEnds = (ctx: Ctx, payment: PaymentRow): number =>
  payment.expiresAt + ctx.config.payments.lateWatchHours * 3_600_000

/** When to look again after this look; an open order never goes without a next one. */
function nextLook(ctx: Ctx, payment: PaymentRow): number | null {
  const now = ctx.clock.now()
  const { checkAfterSeconds } = ctx.config.payments
  if (isOpen(payment.state)) {
    const steps = checkAfterSeconds.map((seconds) => payment.createdAt + seconds * 1000)
    const step = steps.find((at) => at > now) ?? now + lateLook(Math.max(1, payment.checks - steps.length))
    return payment.expiresAt > now ? Math.min(step, payment.expiresAt) : step
  }
  if (payment.state !== 'closed' || now >= watchEnds(ctx, payment)) return null
  return Math.min(watchEnds(ctx, payment), now + 3_600_000)
}
