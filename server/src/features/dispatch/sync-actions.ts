import { inTransaction, isDuplicate, isRetryable, isUnreachable, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { inputHash } from '../../core/ids'
import { type Ctx, staffOf } from '../../platforms/context'
import { lockRequest, ordersOfWorker } from '../requests'
import { doFieldAction } from './do-field-action'
import { presentOrders } from './present-orders'
import type { FieldAction, FieldOrder } from './schema'
import { findFieldAction, insertFieldAction } from './store'

export interface SentAction {
  readonly actionId: string
  readonly requestId: string
  /** By the telephone's clock. */
  readonly at: number
  readonly action: FieldAction
}

export interface ActionResult {
  readonly actionId: string
  readonly outcome: 'done' | 'done-before' | 'refused' | 'skipped'
  readonly why: string | null
}

/**
 * Does what a worker did, in the order in which it was done, each exactly once: its effect and the row that remembers
 * it are one transaction. What was done before says so. The first of an order that is refused stops those of the same
 * order behind it, because they were meant to follow it; other orders go on. Answers my orders as they are then.
 */
export async function syncActions(
  ctx: Ctx,
  input: { actions: readonly SentAction[] },
): Promise<{ results: ActionResult[]; orders: FieldOrder[] }> {
  const stopped = new Set<string>()
  const results: ActionResult[] = []
  for (const sent of input.actions) {
    const { actionId, requestId } = sent
    if (stopped.has(requestId)) {
      results.push({ actionId, outcome: 'skipped', why: '前一步没有成功，这一步先没有做。' })
      continue
    }
    const result = await tryAction(ctx, sent)
    if (result.outcome === 'refused') stopped.add(requestId)
    results.push(result)
  }
  const mine = await ordersOfWorker(ctx.db.reader, staffOf(ctx).id)
  return { results, orders: await presentOrders(ctx, mine, { from: null }) }
}

async function tryAction(ctx: Ctx, sent: SentAction): Promise<ActionResult> {
  const { actionId } = sent
  try {
    const outcome = await inTransaction(ctx, (tx) => actOnceOn(tx, ctx, sent))
    return { actionId, outcome, why: null }
  } catch (error) {
    if (error instanceof AppError) return { actionId, outcome: 'refused', why: error.message }
    // The same id came twice at the same time and the other one is through.
    if (isDuplicate(error)) return { actionId, outcome: 'done-before', why: null }
    // The telephone keeps everything and tries again when the database is back.
    if (isUnreachable(error) || isRetryable(error)) throw error
    // A fault of ours in one action must not keep a day's work of other orders from being sent.
    ctx.log.error({ actionId, requestId: sent.requestId, err: error }, 'field.action-failed')
    return { actionId, outcome: 'refused', why: '系统出了点问题，这一步没有做成，请稍后再试或联系班长。' }
  }
}

/** Under the request's lock, so that everything that was done to it before is seen. */
async function actOnceOn(tx: Tx, ctx: Ctx, sent: SentAction): Promise<'done' | 'done-before'> {
  const workerId = staffOf(ctx).id
  const { actionId, requestId, action } = sent
  const request = await lockRequest(tx, requestId)
  const hash = inputHash([requestId, action])
  const before = await findFieldAction(tx, workerId, actionId)
  if (before !== null) {
    if (before.inputHash !== hash) throw new AppError('idempotency_conflict')
    return 'done-before'
  }
  await doFieldAction(tx, ctx, { request, at: sent.at, action })
  await insertFieldAction(tx, {
    workerId,
    actionId,
    requestId,
    kind: action.kind,
    inputHash: hash,
    reportedAt: sent.at,
    doneAt: ctx.clock.now(),
  })
  return 'done'
}
