import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { actorOf, addStep, deleteLink, insertLink, lockRequests } from '../requests'
import { assertInScope } from './request-in-scope'

/** Puts two requests of my scope beside each other, or takes the link away. Errors: not_found, move_not_allowed. */
export async function linkRequests(
  ctx: Ctx,
  input: { requestId: string; otherId: string; linked: boolean },
): Promise<void> {
  const { requestId, otherId, linked } = input
  if (requestId === otherId) throw new AppError('move_not_allowed', { message: '不能和自己关联。' })
  await inTransaction(ctx, async (tx) => {
    const both = await lockRequests(tx, [requestId, otherId])
    for (const request of both.values()) assertInScope(ctx, request)
    const by = { at: ctx.clock.now(), byId: staffOf(ctx).id }
    const changed = linked
      ? await insertLink(tx, [requestId, otherId], by)
      : await deleteLink(tx, [requestId, otherId])
    if (!changed) return
    for (const [id, other] of [
      [requestId, otherId],
      [otherId, requestId],
    ] as const) {
      const number = both.get(other)?.number ?? ''
      await addStep(tx, ctx, {
        request: { id },
        kind: linked ? 'linked' : 'unlinked',
        title: linked ? `关联 ${number}` : `取消关联 ${number}`,
        internal: true,
        by: actorOf(ctx),
        facts: { other },
      })
    }
  })
}
