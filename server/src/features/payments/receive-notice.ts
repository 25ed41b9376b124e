import { inTransaction } from '../../core/db/database'
import { sha256 } from '../../core/ids'
import type { PaymentNotice } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import type { NoticeRow } from './entities'
import { hurryRefund } from './refund-store'
import { settlePayment } from './settle-payment'
import { hurryCheck, keepNotice } from './store'

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
  // A refund or a closing moves nothing by itself: it only makes our own question come sooner, and the platform's
  // answer to that question is what counts. So no notice needs to be believed about either.
  await inTransaction(ctx, async (tx) => {
    const now = ctx.clock.now()
    if (notice.kind === 'refund' && notice.refund) await hurryRefund(tx, notice.refund.refundNo, now)
    if (notice.kind === 'closed' && notice.orderNo !== null)
      await hurryCheck(tx, channel, notice.orderNo, now)
    await keepNotice(tx, recordOf(ctx, { channel, notice, raw }))
  })
  return 'recorded'
}

function recordOf(ctx: Ctx, { channel, notice, raw }: Received): NoticeRow {
  return {
    id: ctx.ids.next(),
    channel,
    noticeId: notice.noticeId,
    source: 'callback',
    orderNo: notice.orderNo,
    outcome: 'recorded',
    rawSealed: ctx.vault.seal(raw),
    receivedAt: ctx.clock.now(),
  }
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
