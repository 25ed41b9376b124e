import type { Ctx } from '../../platforms/context'
import { lostCalls } from './list-store'
import { receiveCall } from './receive-call'
import { findCall } from './store'

const AT_ONCE = 200

/** A call whose end the switch never told: what rang is missed, what talked has ended, by its own last word. */
export async function endLostCalls(ctx: Ctx): Promise<void> {
  const { ringingMinutes, talkingMinutes } = ctx.config.calls
  const now = ctx.clock.now()
  for (const [state, minutes] of [
    ['ringing', ringingMinutes],
    ['talking', talkingMinutes],
  ] as const) {
    const ids = await lostCalls(ctx.db.reader, { state, before: now - minutes * 60_000, limit: AT_ONCE })
    for (const id of ids) {
      const row = await findCall(ctx.db.reader, id)
      if (!row || row.endedAt !== null) continue
      await receiveCall(ctx, row.companyId, {
        callId: row.switchCallId,
        at: now,
        from: row.numberKnown === 0 ? null : ctx.vault.open(row.numberSealed),
        extension: null,
        startedAt: row.startedAt,
        answeredAt: row.answeredAt,
        endedAt: now,
      })
    }
  }
}
