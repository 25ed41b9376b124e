import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { type Ctx, residentOf } from '../../platforms/context'
import { actorOf } from './actor'
import { addStep } from './add-step'
import { followUpRequest } from './follow-up-request'
import { lockOwn, myIds } from './own-request'
import { answerAsked, switchSurveysOff } from './people-store'

/**
 * Four weeks later: still good, or not any more, which opens a follow-up; and never again, where that is wished.
 * Answering twice changes nothing. Errors: not_found.
 */
export async function answerSurvey(
  ctx: Ctx,
  input: { readonly requestId: string; readonly stillGood: boolean | null; readonly noMoreSurveys: boolean },
): Promise<void> {
  const ids = await myIds(ctx)
  await inTransaction(ctx, async (tx) => {
    const request = await lockOwn(tx, input.requestId, ids)
    const by = actorOf(ctx)
    const now = ctx.clock.now()
    if (input.noMoreSurveys) await switchSurveysOff(tx, residentOf(ctx).id, now)
    if (input.stillGood !== null && (await answerAsked(tx, request.id, input.stillGood, now))) {
      const title = input.stillGood ? '四周回访：还好' : '四周回访：又不好了'
      await addStep(tx, ctx, { request, kind: 'survey', title, by, facts: { stillGood: input.stillGood } })
      if (!input.stillGood) await followUpRequest(tx, ctx, { request, by, words: '四周后又出现了同样的问题' })
    }
    await recordAudit(tx, ctx, {
      action: 'requests.answerSurvey',
      object: `request:${request.id}`,
      detail: { stillGood: input.stillGood, noMoreSurveys: input.noMoreSurveys },
    })
  })
}
