import { inTransaction } from '../../core/db/database'
import { isDone } from '../../core/http/shapes'
import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { deleteSubscriber } from './public-store'

/** Takes the subscription back; without one nothing happens. */
export async function unsubscribeNotice(
  ctx: Ctx,
  input: { readonly noticeId: string },
): Promise<typeof isDone> {
  const { id } = residentOf(ctx)
  const aliases = await residentAliases(ctx.db.reader, id)
  await inTransaction(ctx, (tx) => deleteSubscriber(tx, input.noticeId, aliases))
  return isDone
}
