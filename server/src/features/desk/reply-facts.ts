import type { Ctx } from '../../platforms/context'
import { dueAtOf, STATE_WORDS, typeOfRequest, whenInWords, workerTitle } from '../requests'
import { namesFor } from './names'
import type { ReplyVariable } from './reply-words'
import type { requestInScope } from './request-in-scope'

/** What the variables of a reply template say for this request, in a resident's words; no door and no number. */
export async function replyFacts(
  ctx: Ctx,
  request: Awaited<ReturnType<typeof requestInScope>>,
  agent: string,
): Promise<Readonly<Record<ReplyVariable, string>>> {
  const [type, names] = await Promise.all([typeOfRequest(ctx, request), namesFor(ctx, [request])])
  const dueAt = dueAtOf(request.nextDueAt)
  const worker = request.assigneeId === null ? null : names.staff(request.assigneeId)
  return {
    编号: request.number,
    类型: type.name,
    住址: request.areaName === '' ? '您家' : request.areaName,
    状态: STATE_WORDS[request.state],
    最迟时间: dueAt === null ? '尽快' : whenInWords(dueAt, ctx.clock.now()),
    师傅: worker === null ? '维修师傅' : workerTitle(worker.name),
    客服: agent,
  }
}
