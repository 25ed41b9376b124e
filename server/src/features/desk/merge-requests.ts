import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { actorOf, lockRequests, moveRequest } from '../requests'
import { lockForDesk } from './lock-for-desk'
import { assertInScope } from './request-in-scope'

/**
 * Makes requests children of one (群体报修), all or none. Errors: not_found, move_not_allowed that says which of them
 * cannot and why.
 */
export async function mergeRequests(
  ctx: Ctx,
  input: { parentId: string; childIds: readonly string[]; reason: string },
): Promise<void> {
  const { parentId, reason } = input
  await inTransaction(ctx, async (tx) => {
    // A parent is locked before its children.
    await lockForDesk(tx, ctx, parentId)
    const children = await lockRequests(tx, input.childIds)
    for (const request of children.values()) assertInScope(ctx, request)
    for (const request of children.values())
      await moveRequest(tx, ctx, { request, move: 'merge', by: actorOf(ctx), parentId, reason })
  })
}
