import { inTransaction } from '../../core/db/database'
import * as shape from '../../core/http/shapes'
import { type Ctx, staffOf } from '../../platforms/context'
import { savePresence } from './account-store'
import type { Presence } from './entities'

/** Says whether I take work now. */
export async function setOwnPresence(ctx: Ctx, input: { presence: Presence }): Promise<{ done: true }> {
  await inTransaction(ctx, (tx) => savePresence(tx, staffOf(ctx).id, input.presence))
  return shape.isDone
}
