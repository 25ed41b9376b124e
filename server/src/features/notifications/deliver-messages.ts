import type { Ctx } from '../../platforms/context'
import type { Pump } from '../../platforms/feature'
import { claimBatch } from './claim-batch'
import { endBulks } from './end-bulks'
import { anythingDue } from './outgoing-store'
import { recordBatch } from './record-batch'
import { createWorker, sendBatch, type Sent, type Worker } from './send-batch'
import type { Batch } from './claim-batch'

const workers = new WeakMap<object, Worker>()

/** What this process keeps between turns: its slots, who is being written to, what rests. */
function workerOf(ctx: Ctx): Worker {
  const known = workers.get(ctx.db)
  if (known) return known
  const worker = createWorker(ctx)
  workers.set(ctx.db, worker)
  return worker
}

/**
 * Carries what is due, until nothing is: some batches at once, so that the next one is claimed while one is sent and
 * another is written down. Any number of processes may do this beside each other. Answers how many rows it took.
 */
export async function deliverMessages(
  ctx: Ctx,
  stopping: AbortSignal,
  worker: Worker = workerOf(ctx),
): Promise<number> {
  let done = await endBulks(ctx, stopping)
  if (!(await anythingDue(ctx.db.reader, ctx.clock.now()))) return done
  const lanes: Promise<void>[] = []
  const lane = async (): Promise<void> => {
    while (!stopping.aborted) {
      const batch = await claimBatch(ctx)
      if (!batch) return
      done += batch.size
      // A full batch says that there is more, so another one is claimed while this one is sent.
      if (batch.size >= ctx.config.messages.batch && lanes.length < ctx.config.messages.batches)
        lanes.push(lane())
      worker.rests.follow(batch.rests, batch.claimedAtMono)
      await writeDown(ctx, worker, batch, await sendBatch(ctx, worker, batch, stopping))
    }
  }
  lanes.push(lane())
  for (let at = 0; at < lanes.length; at++) await lanes[at]
  return done + (await endBulks(ctx, stopping))
}

const TRIES = 3

/** A database that is away for a moment must not make a batch unknown that was sent. */
async function writeDown(ctx: Ctx, worker: Worker, batch: Batch, results: readonly Sent[]): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await recordBatch(ctx, worker, batch, results)
      return
    } catch (error) {
      if (tries >= TRIES) throw error
      ctx.log.warn({ err: error, tries }, 'messages.not-written-down')
      await new Promise((resolve) => setTimeout(resolve, 300 * tries))
    }
  }
}

export const messagePump: Pump = { name: 'messages.deliver', run: deliverMessages }
