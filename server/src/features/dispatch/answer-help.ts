import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { lockRequest, tellStaff } from '../requests'
import { inScope } from '../staff'
import { addHelpMessage } from './add-help-message'
import { type HelpMessage, presentThread } from './present-help'
import { answerThread, findThread } from './store'

/** Answers a worker who asked; the worker is told. Errors: not_found out of scope or where nobody asked. */
export async function answerHelp(
  ctx: Ctx,
  input: { requestId: string; words: string; fileIds: readonly string[] },
): Promise<{ messages: HelpMessage[] }> {
  const { requestId, words, fileIds } = input
  await inTransaction(ctx, async (tx) => {
    const request = await lockRequest(tx, requestId)
    const thread = await findThread(tx, requestId)
    if (!thread || !inScope(staffOf(ctx), request)) throw new AppError('not_found')
    await addHelpMessage(tx, ctx, { request, words, fileIds, title: '答复求助' })
    await answerThread(tx, requestId, ctx.clock.now())
    await tellStaff(tx, ctx, {
      request,
      staffIds: [thread.workerId],
      what: '求助有答复',
      remark: words,
      key: `help:${ctx.ids.next()}`,
    })
  })
  return { messages: await presentThread(ctx, requestId) }
}
