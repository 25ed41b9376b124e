import { inputHash } from '../../core/ids'
import { isDuplicate } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { closePayment } from './close-payment'
import { createOrder, type OrderInput, type OrderResult } from './create-order'
import type { PaymentRow } from './entities'
import { openCashier } from './open-cashier'
import { mayTakeOver } from './policy'
import type { Cashier } from './schema'
import { findPayment, findPaymentByClientId } from './store'

/**
 * Makes an order and opens its cashier. The order row is committed before the platform hears of it. The same
 * client id again gives the same order and a fresh cashier; the same id for something else is refused.
 * Errors: bill_not_payable, bill_held, amount_changed, mixed_merchants, order_limit, payment_product_unavailable,
 * idempotency_conflict, platform_unavailable (the order stands; trying again with the same id is safe).
 */
export async function startPayment(
  ctx: Ctx,
  input: OrderInput,
): Promise<{ payment: PaymentRow; cashier: Cashier | null }> {
  const hash = inputHash({ ...input, billIds: [...input.billIds].sort() })
  const before = await sameActBefore(ctx, input.clientId, hash)
  const payment = before ?? (await createOnce(ctx, input, hash))
  const cashier = await openCashier(ctx, payment)
  return { payment: (await findPayment(ctx.db.reader, payment.id)) ?? payment, cashier }
}

async function sameActBefore(ctx: Ctx, clientId: string, hash: string): Promise<PaymentRow | null> {
  const ids = await residentAliases(ctx.db.reader, residentOf(ctx).id)
  const before = await findPaymentByClientId(ctx.db.reader, ids, clientId)
  if (before && before.inputHash !== hash) throw new AppError('idempotency_conflict')
  return before
}

/** Creates the order; an open order that stands in the way is closed at the platform first, if it may be. */
async function createOnce(ctx: Ctx, input: OrderInput, hash: string): Promise<PaymentRow> {
  for (let round = 1; ; round++) {
    try {
      const result = await createOrder(ctx, input, hash)
      if (result.kind === 'created') return result.payment
      if (round > 2) throw new AppError('bill_held')
      await clearTheWay(ctx, result)
    } catch (error) {
      // The other half of a double tap was faster: its order is ours.
      const same = isDuplicate(error) ? await sameActBefore(ctx, input.clientId, hash) : null
      if (!same) throw error
      return same
    }
  }
}

async function clearTheWay(
  ctx: Ctx,
  { heldBy, visits }: Extract<OrderResult, { kind: 'held' }>,
): Promise<void> {
  const ids = await residentAliases(ctx.db.reader, residentOf(ctx).id)
  for (const id of heldBy) {
    const holder = await findPayment(ctx.db.reader, id)
    if (!holder) continue
    if (!mayTakeOver(ctx, holder, { ids, visits })) {
      const waitMs = holder.createdAt + ctx.config.payments.holdMinutes * 60_000 - ctx.clock.now()
      throw new AppError('bill_held', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) })
    }
    await closePayment(ctx, holder, 'close')
  }
}
