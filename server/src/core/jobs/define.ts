import type { z } from 'zod'
import type { CoreCtx } from '../context'
import { isDuplicate, type Tx } from '../db/database'
import { jobTable } from './table'

export interface RunningJob {
  readonly id: string
  readonly attempt: number
  /** Marks the job done inside the handler's own transaction, so that effect and mark are one. */
  completeIn(tx: Tx): Promise<void>
}

/** What a kind of work is: data, and one handler. Limits are part of it. */
export interface JobDefinition<C extends CoreCtx, P> extends JobLimits {
  readonly payload: z.ZodType<P>
  readonly run: (ctx: C, payload: P, job: RunningJob) => Promise<void>
}

export interface JobLimits {
  readonly name: string
  readonly maxAttempts: number
  readonly timeoutMs: number
  readonly backoffMs: (attempt: number) => number
}

/** A definition as the runner keeps it, with the payload's type checked at run time instead. */
export interface AnyJob<C extends CoreCtx> extends JobLimits {
  readonly runRaw: (ctx: C, payload: unknown, job: RunningJob) => Promise<void>
}

export function defineJob<C extends CoreCtx, P>(
  definition: JobDefinition<C, P>,
): JobDefinition<C, P> & AnyJob<C> {
  return {
    ...definition,
    runRaw: (ctx, payload, job) => definition.run(ctx, definition.payload.parse(payload), job),
  }
}

/** Work that comes back by itself. It must be safe to miss a turn and safe to run twice. */
export interface Schedule<C extends CoreCtx> {
  readonly name: string
  readonly everyMs: number
  /** `stopping` is aborted when the process is asked to end; long runs look at it between their steps. */
  readonly run: (ctx: C, stopping: AbortSignal) => Promise<void>
}

/**
 * A queue of a feature's own whose rows it claims itself. Every process works on it, at each poll and whenever a commit
 * wakes the runner; within a process it never has two turns at once, and a wake during a turn makes another one.
 */
export interface Pump<C extends CoreCtx> {
  readonly name: string
  /** Works until nothing is due and answers how much it did. Long turns look at `stopping` between their steps. */
  readonly run: (ctx: C, stopping: AbortSignal) => Promise<number>
}

/**
 * Promises a job in the caller's transaction. The same (job, key) promised again is the same job. The runner is
 * woken by the commit.
 */
export async function enqueue<C extends CoreCtx, P>(
  tx: Tx,
  ctx: CoreCtx,
  job: JobDefinition<C, P>,
  payload: P,
  options: { readonly key: string; readonly runAt?: number },
): Promise<void> {
  const now = ctx.clock.now()
  try {
    await tx.insert(jobTable, {
      id: ctx.ids.next(),
      job: job.name,
      dedupe: options.key,
      payload: JSON.stringify(payload),
      state: 'due',
      runAt: options.runAt ?? now,
      token: null,
      attempts: 0,
      lastError: null,
      createdAt: now,
      doneAt: null,
    })
  } catch (error) {
    // A failed INSERT leaves the rest of the transaction whole on both engines.
    if (!isDuplicate(error)) throw error
  }
  tx.afterCommit(ctx.wakeJobs)
}

/** Doubles from `firstMs` up to `mostMs`, with the attempt spread over a fifth so that retries do not march in step. */
export function backoff(firstMs: number, mostMs: number): (attempt: number) => number {
  return (attempt) => {
    const base = Math.min(mostMs, firstMs * 2 ** Math.min(attempt - 1, 30))
    return Math.round(base * (0.9 + ((attempt * 7919) % 20) / 100))
  }
}
