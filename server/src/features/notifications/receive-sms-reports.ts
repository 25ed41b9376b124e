import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { deliveryReport } from './delivery-report'

/** How long a report waits for its message to be written down: a carrier may be faster than we are. */
const EARLY_MS = 600_000
const earlyKey = (channel: string, id: string): string => `message-report:${channel}:${id}`

/** Takes in what the provider says about text messages, each in a transaction of its own; repeats change nothing. */
export async function receiveSmsReports(ctx: Ctx, token: string, rawBody: Buffer): Promise<number> {
  const reports = ctx.platforms.sms.readReports(token, rawBody)
  let ours = 0
  for (const { platformMessageId, state, code } of reports) {
    const report = { channel: 'sms', platformMessageId, state, code }
    const known = await inTransaction(ctx, (tx) => deliveryReport(tx, ctx, report))
    if (known) ours++
    else await keepEarlyReport(ctx, report)
  }
  return ours
}

/** A failure that came before its message was written down, or one of a code that is no message of ours. */
export async function keepEarlyReport(
  ctx: Ctx,
  report: { channel: string; platformMessageId: string; state: 'delivered' | 'failed'; code: string },
): Promise<void> {
  if (report.state === 'failed')
    await ctx.cache.set(earlyKey(report.channel, report.platformMessageId), report.code, EARLY_MS)
}

/** Applies failures that came early to what was just written down. */
export async function applyEarlyReports(
  ctx: Ctx,
  sent: readonly { readonly channel: string; readonly platformMessageId: string }[],
): Promise<void> {
  for (const { channel, platformMessageId } of sent) {
    const code = await ctx.cache.take(earlyKey(channel, platformMessageId))
    if (code === null) continue
    await inTransaction(ctx, (tx) =>
      deliveryReport(tx, ctx, { channel, platformMessageId, state: 'failed', code }),
    )
  }
}
