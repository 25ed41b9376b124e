import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { lockRequest, type RequestRow, typeOfRequest } from '../requests'
import { addHelpMessage } from './add-help-message'
import { type HelpMessage, presentThread } from './present-help'
import { putThread } from './store'

/**
 * Asks somebody who knows more, on an order of mine; without words and files it only reads the talk. Errors: not_found
 * for an order that is not mine.
 */
export async function askHelp(
  ctx: Ctx,
  input: { requestId: string; words: string; fileIds: readonly string[] },
): Promise<{ messages: HelpMessage[] }> {
  const worker = staffOf(ctx)
  await inTransaction(ctx, async (tx) => {
    const request = await lockRequest(tx, input.requestId)
    if (request.assigneeId !== worker.id)
      throw new AppError('not_found', { message: '这一单不在您手上，请刷新看看最新状态。' })
    if (input.words === '' && input.fileIds.length === 0) return
    await addHelpMessage(tx, ctx, { request, words: input.words, fileIds: input.fileIds, title: '现场求助' })
    await openThread(tx, ctx, request)
  })
  return { messages: await presentThread(ctx, input.requestId) }
}

async function openThread(tx: Tx, ctx: Ctx, request: RequestRow): Promise<void> {
  const worker = staffOf(ctx)
  await putThread(tx, {
    requestId: request.id,
    companyId: request.companyId,
    areaPath: request.areaPath,
    number: request.number,
    typeName: (await typeOfRequest(ctx, request, tx)).name,
    workerId: worker.id,
    workerName: worker.name,
    waiting: 1,
    lastAt: ctx.clock.now(),
  })
}
