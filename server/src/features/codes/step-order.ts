import { z } from 'zod'
import { inTransaction } from '../../core/db/database'
import { id } from '../../core/http/shapes'
import { backoff, enqueue, type RunningJob } from '../../core/jobs/define'
import type { Ctx } from '../../platforms/context'
import { defineJob } from '../../platforms/feature'
import { findOrder, lockOrder, saveOrder } from './order-store'
import { codesFor, ended, moveOrder, nextDoors, placeOf, positionOf } from './order-walk'
import type { CodeOrderRow } from './print-entities'
import { printNext } from './print-next'

/** A run of the job hands over to the next one, so that none of them is long. */
const STINT_MS = 20_000
const PAGE = 500
const ATTEMPTS = 5

/**
 * Works on an order step by step until its stint is over: a page of households whose codes are made, or one printed
 * file. Each step ends in one transaction that moves the order on, so whoever takes over after a crash repeats at most
 * one step, and repeating makes no second code and no second file.
 */
export async function stepOrder(ctx: Ctx, orderId: string, job: RunningJob | null): Promise<void> {
  const until = ctx.clock.now() + STINT_MS
  try {
    for (;;) {
      const row = await findOrder(ctx.db.reader, orderId)
      if (row === null || row.state !== 'running') return
      if (ctx.clock.now() >= until) return await handOver(ctx, row, job)
      if (row.form === null) await makeNext(ctx, row)
      else await printNext(ctx, { ...row, form: row.form })
    }
  } catch (error) {
    if (job !== null && job.attempt >= ATTEMPTS) await giveUp(ctx, orderId)
    throw error
  }
}

async function handOver(
  ctx: Ctx,
  { id: orderId, step }: CodeOrderRow,
  job: RunningJob | null,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await enqueue(tx, ctx, codeOrderJob, { orderId }, { key: `${orderId}:${step}` })
    await job?.completeIn(tx)
  })
}

/** Nobody tries again by themselves: somebody at work sees it and says so. */
async function giveUp(ctx: Ctx, orderId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const row = await lockOrder(tx, orderId)
    const now = ctx.clock.now()
    if (row?.state === 'running')
      await saveOrder(tx, { ...row, state: 'failed', updatedAt: now, endedAt: now })
  })
}

async function makeNext(ctx: Ctx, row: CodeOrderRow): Promise<void> {
  const { doors, next } = await nextDoors(ctx, row, positionOf(row), PAGE)
  const codes = await codesFor(ctx, row, doors)
  await moveOrder(ctx, row, (locked) => ({
    ...locked,
    passed: locked.passed + doors.length,
    leftOut: locked.leftOut + doors.length - codes.size,
    ...placeOf(next ?? positionOf(locked)),
    ...(next === null ? ended(ctx) : {}),
  }))
}

export const codeOrderJob = defineJob({
  name: 'codes.order',
  payload: z.strictObject({ orderId: id }),
  maxAttempts: ATTEMPTS,
  timeoutMs: 180_000,
  backoffMs: backoff(5_000, 120_000),
  run: (ctx, { orderId }, job) => stepOrder(ctx, orderId, job),
})
