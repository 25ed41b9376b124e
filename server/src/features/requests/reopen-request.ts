import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { actorOf } from './actor'
import type { RequestRow } from './entities'
import { moveRequest } from './move-request'
import { lockOwn, myIds } from './own-request'
import { judgeWords } from './submit-request'

/** Not solved after all: opens my request again until `reopenUntil`. Errors: not_found, reopen_over, move_not_allowed. */
export async function reopenRequest(
  ctx: Ctx,
  input: { readonly requestId: string; readonly words: string; readonly fileIds: readonly string[] },
): Promise<RequestRow> {
  const flagged = await judgeWords(ctx, input.words)
  const ids = await myIds(ctx)
  return inTransaction(ctx, async (tx) => {
    const request = await lockOwn(tx, input.requestId, ids)
    const reopened = await moveRequest(tx, ctx, {
      request,
      move: 'reopen',
      by: actorOf(ctx),
      words: input.words,
      fileIds: input.fileIds,
      fileRole: 'added',
      facts: flagged ? { flagged: true } : {},
    })
    await recordAudit(tx, ctx, { action: 'requests.reopen', object: `request:${request.id}` })
    return reopened
  })
}
