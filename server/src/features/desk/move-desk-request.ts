import { inTransaction, type Tx } from '../../core/db/database'
import { type Ctx, staffOf } from '../../platforms/context'
import { actorOf, type HoldReason, moveRequest, type RequestRow, touchRequest } from '../requests'
import { lockAsSeen } from './lock-for-desk'

/** A move as the console asks for it; `dispatch`, `merge` and `split` have acts of their own. */
export interface DeskMove {
  readonly move: 'accept' | 'return' | 'hold' | 'resume' | 'resolve' | 'close' | 'cancel' | 'reopen'
  readonly words?: string | undefined
  readonly holdReason?: HoldReason | undefined
  readonly until?: number | undefined
  readonly fileIds: readonly string[]
}

/** Moves one request. Errors: not_found, request_changed, move_not_allowed with the reason in words. */
export async function moveDeskRequest(
  ctx: Ctx,
  input: DeskMove & { requestId: string; version: number },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await moveFromDesk(tx, ctx, await lockAsSeen(tx, ctx, input), input)
  })
}

/** Whoever accepts what nobody has takes it into their own hands, so that it stands in their list until it is given on. */
export async function moveFromDesk(
  tx: Tx,
  ctx: Ctx,
  request: RequestRow,
  input: DeskMove,
): Promise<RequestRow> {
  const { move, words, holdReason, until, fileIds } = input
  const me = staffOf(ctx)
  const moved = await moveRequest(tx, ctx, {
    request,
    move,
    by: actorOf(ctx),
    words,
    reason: words,
    holdReason,
    until,
    fileIds,
    fileRole: move === 'resolve' ? 'after' : 'reply',
  })
  if (move !== 'accept' || moved.assigneeId !== null) return moved
  return touchRequest(tx, ctx, moved, { assigneeId: me.id, teamId: moved.teamId ?? me.teamId })
}
