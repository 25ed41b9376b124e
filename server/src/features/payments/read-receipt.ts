import type { z } from 'zod'
import { AppError } from '../../core/errors'
import { amountInCapitals } from '../../core/money'
import type { Ctx } from '../../platforms/context'
import { phoneOf } from '../identity'

import { getPayment } from './get-payment'
import { presentPayment } from './present'
import type { paymentsOperations } from './schema'

type Receipt = z.input<(typeof paymentsOperations)['payments.receipt']['output']>

/** The electronic receipt of money that came; `receipt_not_ready` until then. */
export async function readReceipt(ctx: Ctx, paymentId: string): Promise<Receipt> {
  const row = await getPayment(ctx, paymentId)
  if (row.state !== 'paid' || row.paidAt === null) throw new AppError('receipt_not_ready')
  const payment = await presentPayment(ctx, row)
  return {
    receiptNo: `SJ${row.orderNo.slice(2)}`,
    payment,
    // What went back or stays as credit was not paid for these bills, so the receipt does not speak of it.
    amountInCapitals: amountInCapitals(payment.keptFen ?? 0),
    payerMasked:
      (await phoneOf(ctx.db.reader, ctx, row.residentId)) ??
      (row.channel === 'wechat' ? '微信用户' : '支付宝用户'),
    channelName: row.channel === 'wechat' ? '微信支付' : '支付宝',
    payeeName: payment.payeeName,
    issuedAt: ctx.clock.now(),
  }
}
