import { GUEST_CHANNEL } from '../../core/context'
import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { type OpenedSession, openSession } from './open-session'
import { newResident } from './recognise-resident'
import { insertResident } from './store'

/** A session for a browser that nobody vouches for, until then: a resident with no identity and no phone. */
export async function openGuest(tx: Tx, ctx: Ctx, until: number): Promise<OpenedSession> {
  const resident = { ...newResident(ctx, ctx.ids.next()), guestUntil: until }
  await insertResident(tx, resident)
  return openSession(tx, ctx, { resident, identityId: null, channel: GUEST_CHANNEL, until })
}
