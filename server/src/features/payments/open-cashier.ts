import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { PrepayInput, PrepayResult } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { checkPayment } from './check-payment'
import { closeLocally } from './close-locally'
import type { PaymentRow } from './entities'
import type { Cashier } from './schema'
import { isOpen } from './states'
import { markWaiting } from './store'

/**
 * What the client needs to open the wallet's cashier for this order; null when there is nothing to pay any more.
 * Called again it opens the same cashier: the platform is asked with the same number and the same content, so a
 * prepay whose answer was lost is found again and never doubled (F58).
 */
export async function openCashier(ctx: Ctx, payment: PaymentRow): Promise<Cashier | null> {
  if (!isOpen(payment.state) || ctx.clock.now() >= payment.expiresAt) return null
  const kept = keptCashier(ctx, payment)
  if (kept) return kept
  const result = await ctx.platforms.payments[payment.channel].prepay(prepayInput(ctx, payment))
  if (result.kind === 'already-paid') {
    await checkPayment(ctx, payment, 'return')
    return null
  }
  if (result.kind === 'already-closed') {
    await closeLocally(ctx, payment)
    return null
  }
  await inTransaction(ctx, (tx) =>
    markWaiting(
      tx,
      payment.id,
      'handle' in result ? result.handle : null,
      'handleExpiresAt' in result ? result.handleExpiresAt : null,
    ),
  )
  return cashierFrom(ctx, payment, result)
}

/** A prepay that still holds is signed anew instead of asked for anew. */
function keptCashier(ctx: Ctx, payment: PaymentRow): Cashier | null {
  if (payment.handle === null || payment.state !== 'waiting') return null
  if (payment.channel === 'alipay') return { kind: 'alipay-trade', tradeNo: payment.handle }
  // A minute to spare, so that the resident is not handed a cashier that dies in their hand (F59).
  if ((payment.handleExpiresAt ?? 0) - 60_000 <= ctx.clock.now()) return null
  return signed(ctx, payment, payment.handle)
}

function signed(ctx: Ctx, payment: PaymentRow, prepayId: string): Cashier {
  return {
    kind: 'wechat-jsapi',
    params: ctx.platforms.signWechatCashier({
      appId: payment.appId,
      prepayId,
      merchantKey: payment.merchantKey,
    }),
  }
}

function cashierFrom(
  ctx: Ctx,
  payment: PaymentRow,
  result: Exclude<PrepayResult, { kind: 'already-paid' | 'already-closed' }>,
): Cashier {
  if (result.kind === 'wechat-jsapi') return signed(ctx, payment, result.handle)
  if (result.kind === 'alipay-trade') return { kind: 'alipay-trade', tradeNo: result.handle }
  return { kind: 'alipay-page', url: result.url }
}

function prepayInput(ctx: Ctx, payment: PaymentRow): PrepayInput {
  const { publicUrl } = ctx.config.http
  const idType = payment.payerIdType
  if (payment.payerSealed !== null && idType !== 'openid' && idType !== 'open_id' && idType !== 'user_id') {
    throw new AppError('internal', { detail: `payment ${payment.id} has a payer of unknown kind` })
  }
  return {
    merchantKey: payment.merchantKey,
    orderNo: payment.orderNo,
    product: payment.product,
    appId: payment.appId,
    payer:
      payment.payerSealed === null
        ? null
        : { idType: idType as 'openid', value: ctx.vault.open(payment.payerSealed) },
    amountFen: payment.amountFen,
    description: payment.description,
    expiresAt: payment.expiresAt,
    notifyUrl: `${publicUrl}/callbacks/${payment.channel}/${payment.merchantKey}`,
    returnUrl:
      payment.product === 'alipay-wap' ? `${publicUrl}/#/pages/result/index?paymentId=${payment.id}` : null,
  }
}
