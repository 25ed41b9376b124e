import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { actorOf, lockRequests, moveRequest, requestsByIds } from '../requests'
import { assertInScope } from './request-in-scope'

/** Takes children out of their parent, all or none; each goes on where it was. Errors: not_found, move_not_allowed. */
export async function splitRequests(
  ctx: Ctx,
  input: { childIds: readonly string[]; reason: string },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const seen = await requestsByIds(tx, [...new Set(input.childIds)])
    const parents = [...seen.values()].flatMap(({ parentId }) => parentId ?? [])
    // Parents are locked before their children; one that has changed in between is refused by the move.
    await lockRequests(tx, parents)
    const children = await lockRequests(tx, input.childIds)
    for (const request of children.values()) assertInScope(ctx, request)
    for (const request of children.values())
      await moveRequest(tx, ctx, { request, move: 'split', by: actorOf(ctx), reason: input.reason })
  })
}
