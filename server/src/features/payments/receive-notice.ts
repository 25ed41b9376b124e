import { inTransaction } from '../../core/db/database'
import { sha256 } from '../../core/ids'
import type { PaymentNotice } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { closeLocally } from './close-locally'
import { settlePayment } from './settle-payment'
import { settleRefund } from './settle-refund'
import { findPaymentByOrderNo, keepNotice } from './store'

interface Received {
  readonly channel: 'wechat' | 'alipay'
  readonly notice: PaymentNotice
  readonly raw: string
}

/** Acts on one verified notice and answers what came of it. Only `orphan` asks the platform to tell us again. */
export async function receiveNotice(ctx: Ctx, { channel, notice, raw }: Received): Promise<string> {
  if (notice.kind === 'paid' || (notice.kind === 'finished' && notice.trade)) {
    if (notice.trade) {
      return settlePayment(ctx, {
        channel,
        trade: notice.trade,
        evidence: { noticeId: notice.noticeId, source: 'callback', raw },
      })
    }
  }
  if (notice.kind === 'refund' && notice.refund) {
    const outcome = await settleRefund(ctx, notice.refund.refundNo, notice.refund.state, null)
    await keepRecord(ctx, { channel, notice, raw }, outcome === 'unknown' ? 'quarantined' : 'recorded')
    return 'recorded'
  }
  if (notice.kind === 'closed' && notice.orderNo !== null)
    await closedByPlatform(ctx, channel, notice.orderNo)
  await keepRecord(ctx, { channel, notice, raw }, 'recorded')
  return 'recorded'
}

async function closedByPlatform(ctx: Ctx, channel: string, orderNo: string): Promise<void> {
  const payment = await findPaymentByOrderNo(ctx.db.reader, orderNo)
  if (payment?.channel === channel) await closeLocally(ctx, payment)
}

async function keepRecord(ctx: Ctx, { channel, notice, raw }: Received, outcome: string): Promise<void> {
  await inTransaction(ctx, (tx) =>
    keepNotice(tx, {
      id: ctx.ids.next(),
      channel,
      noticeId: notice.noticeId,
      source: 'callback',
      orderNo: notice.orderNo,
      outcome,
      rawSealed: ctx.vault.seal(raw),
      receivedAt: ctx.clock.now(),
    }),
  )
}

/**
 * Keeps a notice that is the platform's but that our key cannot open, usually because the configured APIv3 key is
 * wrong. The platform tells us again and the sweep asks by itself, so no money waits for this row (F19).
 */
export async function keepUnreadable(ctx: Ctx, channel: string, rawBody: Buffer): Promise<void> {
  await inTransaction(ctx, (tx) =>
    keepNotice(tx, {
      id: ctx.ids.next(),
      channel,
      noticeId: `unreadable:${sha256(rawBody).slice(0, 40)}`,
      source: 'callback',
      orderNo: null,
      outcome: 'undecrypted',
      rawSealed: ctx.vault.seal(rawBody.toString('utf8')),
      receivedAt: ctx.clock.now(),
    }),
  )
}
