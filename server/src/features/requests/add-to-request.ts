import { recordAudit } from '../../core/audit'
import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { actorOf, type Actor } from './actor'
import { addStep } from './add-step'
import type { RequestRow } from './entities'
import { moveRequest } from './move-request'
import { lockOwn, myIds } from './own-request'
import { isGoingOn } from './resident-may'
import { judgeWords } from './submit-request'
import { tellStaff } from './tell-people'

export interface AddInput {
  readonly words: string
  readonly fileIds: readonly string[]
}

/** Adds words or photos to my open request. Errors: not_found, move_not_allowed when it is over, words_refused. */
export async function addToRequest(
  ctx: Ctx,
  input: AddInput & { readonly requestId: string },
): Promise<RequestRow> {
  const flagged = await judgeWords(ctx, input.words)
  const ids = await myIds(ctx)
  return inTransaction(ctx, async (tx) => {
    const request = await lockOwn(tx, input.requestId, ids)
    const added = await addWords(tx, ctx, request, { ...input, by: actorOf(ctx), flagged })
    await recordAudit(tx, ctx, { action: 'requests.add', object: `request:${request.id}` })
    return added
  })
}

/** The same for whoever holds the follow-link. What was waiting for the customer goes on. */
export async function addWords(
  tx: Tx,
  ctx: Ctx,
  request: RequestRow,
  said: AddInput & { readonly by: Actor; readonly flagged: boolean },
): Promise<RequestRow> {
  if (!isGoingOn(request))
    throw new AppError('move_not_allowed', { message: '已经结束了，不能再补充；还有问题请重新提交。' })
  const step = await addStep(tx, ctx, {
    request,
    kind: 'words',
    title: '补充了说明',
    words: said.words,
    by: said.by,
    facts: said.flagged ? { flagged: true } : {},
    fileIds: said.fileIds,
    fileRole: 'added',
  })
  await tellStaff(tx, ctx, {
    request,
    staffIds: [request.assigneeId],
    what: '住户有补充',
    remark: said.flagged ? '内容要先看一下' : said.words,
    key: step.id,
  })
  if (request.state === 'on-hold' && request.holdReason === 'customer')
    return moveRequest(tx, ctx, { request, move: 'resume', by: said.by })
  return { ...request, updatedAt: step.at }
}
