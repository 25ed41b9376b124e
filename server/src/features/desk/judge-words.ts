import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { actorOf, addStep, findStep, stepsOf, touchRequest, WORDS_JUDGED, wordsChecks } from '../requests'
import { lockForDesk } from './lock-for-desk'

interface Judged {
  readonly requestId: string
  readonly stepId: string
  readonly verdict: 'fine' | 'hide'
  readonly reason: string
}

/**
 * A person's word on what a resident wrote, which may be changed later. Hidden words leave lists, exports, follow-links
 * and workers' telephones; whoever wrote them and the desk still have them. Errors: not_found outside my scope, or for
 * a line that no resident wrote.
 */
export async function judgeWords(ctx: Ctx, input: Judged): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const request = await lockForDesk(tx, ctx, input.requestId)
    const step = await findStep(tx, input.stepId)
    if (!step || step.requestId !== request.id || step.byKind !== 'resident')
      throw new AppError('not_found', { detail: 'no words of a resident' })
    await addStep(tx, ctx, {
      request,
      kind: WORDS_JUDGED,
      title: input.verdict === 'fine' ? '看过内容：可以显示' : '看过内容：已隐藏',
      words: input.reason,
      internal: true,
      by: actorOf(ctx),
      facts: { stepId: step.id, verdict: input.verdict },
      isMarked: true,
    })
    const checks = wordsChecks(await stepsOf(tx, request.id))
    await touchRequest(tx, ctx, request, {
      wordsFlagged: [...checks.values()].includes('waiting') ? 1 : 0,
      ...(step.kind === 'submitted' ? { wordsHidden: input.verdict === 'hide' ? 1 : 0 } : {}),
    })
  })
}
