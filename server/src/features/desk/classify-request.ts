import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { actorOf, addStep, reclassify, typeOfRequest } from '../requests'
import { lockAsSeen } from './lock-for-desk'
import { assertTakenHere } from './taken-here'

const PRIORITIES = ['', '紧急', '高', '普通', '低']

/**
 * Corrects type or priority, with its reason for colleagues. An old request of a type that is applied for elsewhere by
 * now keeps it, and nothing else becomes one. Errors: not_found, request_changed, move_not_allowed.
 */
export async function classifyRequest(
  ctx: Ctx,
  input: { requestId: string; version: number; typeId: string; priority: number; reason: string },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const request = await lockAsSeen(tx, ctx, input)
    if (input.typeId !== request.typeId)
      await assertTakenHere(ctx, { companyId: request.companyId, typeId: input.typeId }, tx)
    const before = await typeOfRequest(ctx, request, tx)
    const after = await reclassify(tx, ctx, { request, typeId: input.typeId, priority: input.priority })
    const type = await typeOfRequest(ctx, after, tx)
    await addStep(tx, ctx, {
      request: after,
      kind: 'classified',
      title: `改为${type.name}，优先级${PRIORITIES[after.priority] ?? after.priority}`,
      words: input.reason,
      internal: true,
      by: actorOf(ctx),
      facts: {
        typeId: [before.id, type.id],
        priority: [request.priority, after.priority],
      },
    })
  })
}
