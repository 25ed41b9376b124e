import type { z } from 'zod'
import { shanghaiDay } from '../../core/clock'
import type { Ctx } from '../../platforms/context'
import { deskOutlet } from './desk-scope'
import { minutesFor, paceNow } from './pace'
import { presentDeskTicket } from './present'
import type { outletDeskOperations } from './schema'
import { countEnded, countWaiting, queueOf } from './store'

/** Errors: not_found, also outside the scope. */
export async function readDeskQueue(
  ctx: Ctx,
  { outletId }: { outletId: string },
): Promise<z.input<(typeof outletDeskOperations)['outletDesk.queue']['output']>> {
  const { reader } = ctx.db
  const outlet = await deskOutlet(reader, ctx, outletId)
  const day = shanghaiDay(ctx.clock.now())
  const waiting = await countWaiting(reader, outlet.id, day)
  return {
    asOf: ctx.clock.now(),
    name: outlet.name,
    waiting,
    minutes: minutesFor(waiting, await paceNow(reader, outlet, day)),
    ...(await countEnded(reader, outlet.id, day)),
    tickets: (await queueOf(reader, outlet.id, day)).map(presentDeskTicket),
  }
}
