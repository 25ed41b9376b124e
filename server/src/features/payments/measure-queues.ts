import type { Ctx } from '../../platforms/context'
import { queueDepths } from './queue-store'

/** Puts what waits for somebody into gauges, so that a queue nobody drains is seen before a resident calls. */
export async function measureQueues(ctx: Ctx): Promise<void> {
  const depths = await queueDepths(ctx.db.reader)
  for (const company of ctx.config.companies) {
    const queue = `writeback:${company.id}`
    ctx.metrics.queueDepth.set({ queue }, depths.get(queue) ?? 0)
  }
  for (const queue of ['refunds', 'exceptions', 'dead-jobs', 'unreadable-notices']) {
    ctx.metrics.queueDepth.set({ queue }, depths.get(queue) ?? 0)
  }
}
