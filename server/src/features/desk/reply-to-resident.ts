import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import {
  actorOf,
  addStep,
  type RequestRow,
  saveRatingReply,
  spreadReply,
  type StepRow,
  tellResident,
  tellUrgeAnswered,
  touchRequest,
} from '../requests'
import { lockForDesk } from './lock-for-desk'
import { hasVariables } from './reply-words'

interface Reply {
  readonly requestId: string
  readonly words: string
  readonly to: 'resident' | 'urge' | 'rating'
  readonly fileIds: readonly string[]
}

/**
 * Answers the resident, in the timeline and as a message. Any answer answers their urges; one to a rating stands under
 * it. Errors: not_found, also where nothing was rated; invalid_input where a template's variable was left.
 */
export async function replyToResident(ctx: Ctx, input: Reply): Promise<void> {
  if (hasVariables(input.words)) {
    const message = '还有没填好的内容（{{…}}），请补上再发'
    throw new AppError('invalid_input', { message: `${message}。`, fields: [{ path: 'words', message }] })
  }
  await inTransaction(ctx, async (tx) => {
    const request = await lockForDesk(tx, ctx, input.requestId)
    if (input.to === 'rating') await answerRating(tx, ctx, request, input)
    else await answerWords(tx, ctx, request, input)
  })
}

async function answerRating(tx: Tx, ctx: Ctx, request: RequestRow, input: Reply): Promise<void> {
  const me = staffOf(ctx)
  const reply = { words: input.words, at: ctx.clock.now(), byId: me.id, byName: me.name }
  if (!(await saveRatingReply(tx, request.id, reply)))
    throw new AppError('not_found', { message: '住户还没有评价，不用回复。' })
  const step = await stepOf(tx, ctx, request, { ...input, kind: 'rating-reply', title: '回复了您的评价' })
  if (request.residentId === null) return
  const remark = `回复了您的评价：${input.words}`
  await tellResident(tx, ctx, { request, residentId: request.residentId, stepId: step.id, remark })
}

async function answerWords(tx: Tx, ctx: Ctx, request: RequestRow, input: Reply): Promise<void> {
  const isUrge = request.urgesWaiting > 0
  const told = isUrge ? await touchRequest(tx, ctx, request, { urgesWaiting: 0 }) : request
  const title = isUrge ? '回复了您的催办' : '客服回复'
  const step = await stepOf(tx, ctx, told, { ...input, kind: 'reply', title })
  await spreadReply(tx, ctx, request, step)
  if (request.residentId === null) return
  const { residentId } = request
  await tellUrgeAnswered(tx, ctx, { request, residentId, stepId: step.id, words: input.words })
}

function stepOf(
  tx: Tx,
  ctx: Ctx,
  request: RequestRow,
  said: Pick<Reply, 'words' | 'fileIds'> & { kind: string; title: string },
): Promise<StepRow> {
  const { kind, title, words, fileIds } = said
  return addStep(tx, ctx, { request, kind, title, words, by: actorOf(ctx), fileIds, fileRole: 'reply' })
}
