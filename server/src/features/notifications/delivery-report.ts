import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { tallyDelivery, tallyMessage } from './claim-batch'
import type { DeliveryRow, MessageRow } from './entities'
import { deliveryByPlatformId, lockMessage, noteReport, reopenMessage, sayFinal } from './report-store'
import { Tally } from './tally-store'

export interface Report {
  readonly channel: string
  readonly platformMessageId: string
  readonly state: 'delivered' | 'failed'
  readonly code: string
}

/**
 * What a platform tells us later about a message it took. The last word on one attempt counts once, however often it is
 * told; what it cost stays. After a failure an urgent message looks for its next channel. False for what is not ours.
 */
export async function deliveryReport(tx: Tx, ctx: Ctx, report: Report): Promise<boolean> {
  const found = await deliveryByPlatformId(tx, report.channel, report.platformMessageId)
  if (!found) return false
  // The message is locked before its deliveries, in the same order as everywhere.
  const message = await lockMessage(tx, found.messageId)
  const delivery = await deliveryByPlatformId(tx, report.channel, report.platformMessageId)
  if (!message || !delivery || delivery.reportedAt !== null) return true
  const now = ctx.clock.now()
  await noteReport(tx, delivery, { state: report.state, code: report.code, now })
  if (delivery.state === report.state) return true
  const tally = new Tally()
  moveDelivery(tally, message, delivery, report.state)
  if (report.state === 'failed') await afterFailure(tx, ctx, { message, tally, now })
  else if (message.state === 'unknown' || message.state === 'failed') {
    await sayFinal(tx, message.id, message.state, 'sent')
    moveMessage(tally, message, 'sent', now)
  }
  await tally.save(tx)
  return true
}

/** From one state to the other on the day on which it was counted. */
function moveDelivery(tally: Tally, message: MessageRow, delivery: DeliveryRow, state: string): void {
  const countedAt = Number(delivery.endedAt)
  const costFen = Number(delivery.costFen)
  const { channel } = delivery
  tallyDelivery(tally, message, { channel, state: delivery.state, costFen: -costFen, n: -1 }, countedAt)
  tallyDelivery(tally, message, { channel, state, costFen }, countedAt)
}

function moveMessage(tally: Tally, message: MessageRow, state: string, now: number): void {
  tallyMessage(tally, message, message.state, now, -1)
  tallyMessage(tally, message, state, now)
}

async function afterFailure(
  tx: Tx,
  ctx: Ctx,
  { message, tally, now }: { message: MessageRow; tally: Tally; now: number },
): Promise<void> {
  if (message.state !== 'sent' && message.state !== 'unknown') return
  if (message.urgency === 0 && now < Number(message.expiresAt)) {
    await reopenMessage(tx, message.id, message.state, now)
    tallyMessage(tally, message, message.state, now, -1)
    tx.afterCommit(ctx.wakeJobs)
    return
  }
  await sayFinal(tx, message.id, message.state, 'failed')
  moveMessage(tally, message, 'failed', now)
}
