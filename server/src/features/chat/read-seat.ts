import { type Ctx, staffOf } from '../../platforms/context'
import { findSeat } from './seat-store'
import { newSeat, presentSeat, type Seat } from './seats'

/** My seat: state, how many I have and may have, how many wait, what the shift before left me. */
export async function readSeat(ctx: Ctx): Promise<Seat> {
  const { id } = staffOf(ctx)
  return presentSeat(ctx, (await findSeat(ctx.db.reader, id)) ?? newSeat(ctx, id))
}
