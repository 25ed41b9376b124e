import { shanghaiDay } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { lockDeskOutlet } from './desk-scope'
import { presentDeskTicket } from './present'
import type { DeskTicket } from './schema'
import { calledNow, moveTicket, nextWaiting } from './store'

/**
 * Calls the next number to a counter. Whoever this counter had was served: a counter has one person at a time. Two
 * counters that press at once get two numbers. Errors: not_found.
 */
export async function callNext(
  ctx: Ctx,
  { outletId, counter }: { outletId: string; counter: string },
): Promise<{ ticket: DeskTicket | null }> {
  return inTransaction(ctx, async (tx) => {
    const outlet = await lockDeskOutlet(tx, ctx, outletId)
    const now = ctx.clock.now()
    const day = shanghaiDay(now)
    const had = (await calledNow(tx, outlet.id, day)).filter((row) => row.counter === counter)
    for (const row of had) await moveTicket(tx, { ...row, state: 'served', liveKey: null, endedAt: now })
    const next = await nextWaiting(tx, outlet.id, day)
    if (next === null) return { ticket: null }
    const called = { ...next, state: 'called' as const, counter, calledAt: now, calls: 1 }
    await moveTicket(tx, called)
    return { ticket: presentDeskTicket(called) }
  })
}
