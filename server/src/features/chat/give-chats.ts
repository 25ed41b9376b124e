import { chatRulesOf } from '../../core/config/chat'
import { inTransaction, type Tx } from '../../core/db/database'
import { isAppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { ConversationRow, SeatRow } from './entities'
import { waitingToGive } from './queue-store'
import { loadsOf, lockSeat, saveSeat } from './seat-store'
import { lockConversation, updateConversation } from './store'
import { systemSays } from './system-says'
import { hoursOf, openSittings, type Sitting, sittingsFor } from './who-is-there'

/** One look at the queue; whoever stands further behind comes with the next. */
const LOOKED_AT = 300

/**
 * Gives those who wait to open seats, the first in the queue first: a seat that may see it, has the skill and room, and
 * waited longest for its turn. Several processes may do so at once: the seat and the conversation are locked and read
 * again, so one of them wins. Answers how many were given.
 */
export async function giveChats(ctx: Ctx, stopping: AbortSignal): Promise<number> {
  const waiting = await waitingToGive(ctx.db.reader, LOOKED_AT)
  if (waiting.length === 0) return 0
  const sittings = await openSittings(ctx.db.reader)
  const loads = await loadsOf(
    ctx.db.reader,
    sittings.map(({ seat }) => seat.staffId),
  )
  let given = 0
  for (const conversation of waiting) {
    if (stopping.aborted) break
    if (!hoursOf(ctx, conversation.companyId).open) continue
    for (const sitting of seatsToTry(sittings, loads, conversation)) {
      const outcome = await giveTo(ctx, conversation.id, sitting)
      if (outcome === 'gone') break
      const { staffId } = sitting.seat
      if (outcome === 'given') {
        given += 1
        loads.set(staffId, (loads.get(staffId) ?? 0) + 1)
        // Behind everybody else from now on.
        sittings.push(...sittings.splice(sittings.indexOf(sitting), 1))
        break
      }
      // Full or not open any more: not asked again in this look.
      loads.set(staffId, Number.MAX_SAFE_INTEGER)
    }
  }
  return given
}

/**
 * Who could take it now, in the order of their turns. Those with the skill come alone where any of them is open, and
 * who let it pass before only where nobody else is.
 */
function seatsToTry(
  sittings: readonly Sitting[],
  loads: ReadonlyMap<string, number>,
  conversation: ConversationRow,
): Sitting[] {
  const { skill } = conversation
  const passedBy = JSON.parse(conversation.passedBy) as string[]
  const inScope = sittingsFor(sittings, conversation)
  const skilled = skill === null ? inScope : inScope.filter(({ talker }) => talker.skills.includes(skill))
  const fitting = skilled.length > 0 ? skilled : inScope
  const fresh = fitting.filter(({ talker }) => !passedBy.includes(talker.id))
  const others = inScope.filter(({ talker }) => !passedBy.includes(talker.id))
  const chosen = fresh.length > 0 ? fresh : others.length > 0 ? others : fitting
  return chosen.filter(({ seat }) => (loads.get(seat.staffId) ?? 0) < seat.capacity)
}

type Outcome = 'given' | 'full' | 'gone'

async function giveTo(ctx: Ctx, conversationId: string, { seat, talker }: Sitting): Promise<Outcome> {
  try {
    return await inTransaction(ctx, async (tx) => {
      const locked = await lockSeat(tx, seat.staffId)
      if (locked?.state !== 'open') return 'full'
      const load = (await loadsOf(tx, [seat.staffId])).get(seat.staffId) ?? 0
      if (load >= locked.capacity) return 'full'
      const conversation = await lockConversation(tx, conversationId)
      if (conversation.state !== 'waiting') return 'gone'
      await assignTo(tx, ctx, conversation, { seat: locked, name: talker.name })
      return 'given'
    })
  } catch (error) {
    // It was closed and is gone, or somebody changed it in this moment: whoever did goes on with it.
    if (isAppError(error)) return 'gone'
    throw error
  }
}

/**
 * Makes it this agent's, whose seat is locked where they have one. A resident who waits for words gets them within the
 * limit, or the next agent does.
 */
export async function assignTo(
  tx: Tx,
  ctx: Ctx,
  conversation: ConversationRow,
  to: { readonly seat: SeatRow | null; readonly staffId?: string; readonly name: string },
): Promise<ConversationRow> {
  const now = ctx.clock.now()
  const { firstAnswerSeconds } = chatRulesOf(ctx, conversation.companyId)
  const staffId = to.seat?.staffId ?? to.staffId ?? ''
  if (to.seat) await saveSeat(tx, ctx, to.seat, { lastGivenAt: now })
  const assigned = await updateConversation(tx, ctx, conversation, {
    state: 'active',
    waitingSince: null,
    queuedMs: conversation.queuedMs ?? now - (conversation.calledAt ?? now),
    assigneeId: staffId,
    assigneeName: to.name,
    assignedAt: now,
    answerBy: conversation.unansweredSince === null ? null : now + firstAnswerSeconds * 1000,
    offeredToId: null,
    offeredToName: null,
    offerUntil: null,
  })
  return systemSays(tx, ctx, assigned, 'assigned', `客服${to.name}接入，为您服务`)
}
