import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { findHandover, withdrawHandover as withdraw } from '../households'
import { deskHousehold } from './desk-household'
import { presentHandovers } from './read-household'
import type { HandoverView } from './schema'

/** A mistake: those whom it ended are bound again. Errors: not_found outside my scope, move_not_allowed. */
export async function withdrawHandover(
  ctx: Ctx,
  input: { readonly handoverId: string },
): Promise<{ handover: HandoverView }> {
  const known = await findHandover(ctx.db.reader, input.handoverId)
  if (known === null) throw new AppError('not_found', { detail: 'handover' })
  await deskHousehold(ctx, known.householdId)
  const row = await inTransaction(ctx, (tx) => withdraw(tx, ctx, known.id))
  const [handover] = await presentHandovers(ctx, [row])
  if (handover === undefined) throw new Error('one row is presented as one view')
  return { handover }
}
