import { inTransaction } from '../../core/db/database'
import type { Edge } from '../../core/http/implement'
import { STAFF_COOKIE } from '../../core/http/people'
import * as shape from '../../core/http/shapes'
import { type Ctx, staffOf } from '../../platforms/context'
import { savePresence } from './account-store'
import { endSessionRow } from './session-store'

/** Ends this session and takes its cookie away; whoever leaves the console takes no work there. */
export async function signOutStaff(ctx: Ctx, edge: Edge): Promise<{ done: true }> {
  const me = staffOf(ctx)
  await inTransaction(ctx, async (tx) => {
    await endSessionRow(tx, { id: me.sessionId, staffId: me.id }, ctx.clock.now())
    await savePresence(tx, me.id, 'offline')
  })
  edge.setCookie(STAFF_COOKIE, null)
  return shape.isDone
}
