import { inTransaction, type Tx } from '../../core/db/database'
import { backoff } from '../../core/jobs/define'
import type { SendOutcome } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { closeChatWindow, notifyResident, spendChatWindow } from '../notifications'
import { minuteInWords } from '../requests'
import { speakerOf, talkPage } from './compose-outside'
import type { ChatMessageRow, ConversationRow, OutsideLaneRow } from './entities'
import { CHAT_REPLY, windowKey } from './outside-window'
import { dueOutside, endOutside, lockLane, saveLane } from './outside-store'
import { CLOSED, NOT_ASKED, type OutsideRun } from './outside-run'
import { lockConversation, updateConversation } from './store'

/** A platform that is away for longer than this has not said anything to anybody in time. */
const GIVE_UP_MS = 30 * 60_000
const waitOf = backoff(2000, 120_000)

/**
 * Writes down what became of one part, unless somebody else has the lane by now. What did not get through is told by a
 * message, once for all that was said since the resident wrote.
 */
export async function recordOutside(
  ctx: Ctx,
  run: OutsideRun,
  { outcome, parts }: { readonly outcome: SendOutcome; readonly parts: number },
): Promise<void> {
  const { conversationId } = run.lane
  await inTransaction(ctx, async (tx) => {
    const conversation = await lockConversation(tx, conversationId)
    const lane = await lockLane(tx, conversationId)
    if (lane?.token !== run.token) return
    await countSent(tx, ctx, lane, conversation, outcome)
    const now = ctx.clock.now()
    const free = { ...lane, token: null }
    const age = now - (run.rows[0]?.createdAt ?? now)
    if (outcome.state === 'later' && age < GIVE_UP_MS) {
      const attempts = lane.attempts + 1
      const dueAt = now + Math.max(waitOf(attempts), outcome.waitMs ?? 0)
      return saveLane(tx, conversationId, { ...free, attempts, dueAt })
    }
    if (outcome.state === 'delivered' && lane.part + 1 < parts)
      return saveLane(tx, conversationId, { ...free, part: lane.part + 1, attempts: 0, dueAt: now })
    const ended = await endOutside(tx, lane, endOf(outcome), now)
    const more = await dueOutside(tx, [conversationId])
    const dueAt = more.length === 0 ? null : now
    await saveLane(tx, conversationId, { ...free, dueAt, part: 0, attempts: 0 })
    if (outcome.state !== 'delivered')
      ctx.log.info(
        { conversationId, state: outcome.state, platformCode: outcome.platformCode },
        'chat.outside-not-sent',
      )
    await tellInstead(tx, ctx, conversation, ended)
    await updateConversation(tx, ctx, conversation, {}, undefined, ended)
  })
}

function endOf({ state }: SendOutcome): 'sent' | 'failed' | 'unknown' {
  if (state === 'delivered') return 'sent'
  return state === 'unknown' ? 'unknown' : 'failed'
}

/** What may have arrived has used the window up, too. */
async function countSent(
  tx: Tx,
  ctx: Ctx,
  lane: OutsideLaneRow,
  conversation: ConversationRow,
  { state, advice, platformCode }: SendOutcome,
): Promise<void> {
  const key = windowKey({ ...conversation, channel: lane.channel, personIndex: lane.personIndex })
  if (key === null) return
  if ((state === 'delivered' && platformCode !== NOT_ASKED) || state === 'unknown')
    await spendChatWindow(tx, ctx, key)
  if (advice === 'window-closed' && platformCode !== CLOSED) await closeChatWindow(tx, ctx, key)
}

/** A resident whom an agent's words did not reach hears once that there is an answer, and reads it on our own page. */
async function tellInstead(
  tx: Tx,
  ctx: Ctx,
  conversation: ConversationRow,
  ended: readonly ChatMessageRow[],
): Promise<void> {
  const { id, residentId, residentAt, residentReadSeq, companyId } = conversation
  const missed = ended.find(
    ({ outside, senderKind, seq }) => outside === 'failed' && senderKind === 'staff' && seq > residentReadSeq,
  )
  if (residentId === null || !missed) return
  await notifyResident(tx, ctx, {
    residentId,
    template: CHAT_REPLY,
    reason: `chat-reply:${id}:${residentAt ?? 0}`,
    facts: {
      ...speakerOf(ctx, conversation, missed),
      time: minuteInWords(missed.createdAt),
    },
    page: talkPage(companyId),
    wallet: 'wechat',
    companyId,
  })
}
