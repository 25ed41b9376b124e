import type { Tx } from '../../core/db/database'
import { enqueue } from '../../core/jobs/define'
import type { Ctx } from '../../platforms/context'
import type { RequestRow, StepRow } from './entities'
import { spreadStep } from './jobs'
import { type MoveInput, moveOne } from './move-one'

/**
 * Moves a request: the only way in which its state changes. The table in states.ts says from where, by whom and with
 * what; clocks, timeline and the resident's message are written in the same transaction, and that followers and
 * merged requests come along is promised in it. Errors: move_not_allowed with the reason in words, reopen_over,
 * request_changed, not_found.
 */
export async function moveRequest(tx: Tx, ctx: Ctx, input: MoveInput): Promise<RequestRow> {
  const { moved, step } = await moveOne(tx, ctx, input)
  if (moved.followers > 0 || moved.children > 0) await spread(tx, ctx, step)
  return moved
}

/** Promises that what the desk answered also reaches those who were merged into the request and urged. */
export async function spreadReply(
  tx: Tx,
  ctx: Ctx,
  request: Pick<RequestRow, 'children'>,
  step: StepRow,
): Promise<void> {
  if (request.children > 0) await spread(tx, ctx, step)
}

function spread(tx: Tx, ctx: Ctx, { id, requestId }: StepRow): Promise<unknown> {
  return enqueue(tx, ctx, spreadStep, { requestId, stepId: id }, { key: id })
}
