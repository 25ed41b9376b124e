import { inTransaction } from '../../core/db/database'
import { type Ctx, staffOf } from '../../platforms/context'
import { setPresence as savePresence } from '../staff'

/** Says whether this worker takes orders now. */
export async function setPresence(
  ctx: Ctx,
  input: { presence: 'online' | 'away' | 'offline' },
): Promise<void> {
  await inTransaction(ctx, (tx) => savePresence(tx, staffOf(ctx).id, input.presence))
}
