import type { Ctx } from '../../platforms/context'
import { defineSchedule } from '../../platforms/feature'
import { dueNow, waitingForChannel } from './queue-watch-store'
import { urgencyNumber } from './template-shape'

/** Puts into gauges how many messages wait, and for how long the first of them has been due. */
export async function measureQueue(ctx: Ctx): Promise<void> {
  const { reader } = ctx.db
  const { queueDepth, queueOldestSeconds } = ctx.metrics
  const now = ctx.clock.now()
  for (const urgency of ['urgent', 'normal', 'may-wait'] as const) {
    const queue = `messages:${urgency}`
    const { depth, oldestDueAt } = await dueNow(reader, urgencyNumber(urgency), now)
    queueDepth.set({ queue }, depth)
    queueOldestSeconds.set({ queue }, oldestDueAt === null ? 0 : (now - oldestDueAt) / 1000)
  }
  queueDepth.set({ queue: 'messages:for-a-channel' }, await waitingForChannel(reader))
}

export const measureQueueOften = defineSchedule({
  name: 'messages.measure',
  everyMs: 30_000,
  run: measureQueue,
})
