import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { residentOfIdentity } from '../identity'
import { accountBook, portalOf } from './account-book'
import { accountEvent, type AccountEvent } from './account-event'
import { closeChatWindow, spendChatWindow } from '../notifications'
import { accountOf, personIndexOf } from './account-person'
import { applyEvent } from './apply-event'
import { immediateReply } from './immediate-reply'
import { liveReply } from './live-reply'
import { beginAnswer, endEvent, findEvent, takeAnswerBack } from './store'

/** Does what one stored event asks for beyond the words that were said at once. Safe to run again. */
export async function followUpEvent(ctx: Ctx, dedupe: string): Promise<void> {
  const row = await findEvent(ctx.db.reader, dedupe)
  if (!row || row.doneAt !== null) return
  const event = accountEvent.parse(JSON.parse(ctx.vault.open(row.eventSealed)))
  switch (event.kind) {
    case 'click':
    case 'message':
      return answerLive(ctx, event)
    default:
      return applyLate(ctx, event, Number(row.receivedAt))
  }
}

/** What nobody has sent within this long is not ours: another program may send from the same account. */
const OURS_WITHIN_MS = 240_000

/** Looks again for what was not there yet when the event came. */
async function applyLate(ctx: Ctx, event: AccountEvent, receivedAt: number): Promise<void> {
  const now = ctx.clock.now()
  const isSettled = await inTransaction(ctx, async (tx) => {
    const isWhole = await applyEvent(tx, ctx, event)
    if (!isWhole && now - receivedAt < OURS_WITHIN_MS) return false
    await endEvent(tx, event.dedupe, now)
    return true
  })
  if (!isSettled) throw new Error('A reported message is not written down yet.')
}

/**
 * Looks the figures up and says them in a customer-service message. The row is marked before anything is sent, so
 * whoever asked never hears an answer twice; what may not have arrived is not said again by itself.
 */
async function answerLive(ctx: Ctx, event: AccountEvent): Promise<void> {
  const immediate = immediateReply(accountBook(ctx.config), portalOf(ctx.config), event)
  if (!('live' in immediate)) return
  const { reader } = ctx.db
  const residentId = await residentOfIdentity(reader, ctx, accountOf(ctx, event))
  const reply = await liveReply(ctx, immediate.live, residentId)
  const { dedupe } = event
  if (!(await inTransaction(ctx, (tx) => beginAnswer(tx, dedupe, ctx.clock.now())))) return
  const outcome = await ctx.platforms.messages.wechatCs.send({
    to: event.openid,
    content: {
      kind: 'text',
      text: reply.words,
      ...(reply.link === null ? {} : { link: { label: reply.link.words, url: reply.link.url } }),
    },
  })
  ctx.log.info(
    { state: outcome.state, platformCode: outcome.platformCode, answer: reply.answered },
    'official.answered',
  )
  if (outcome.state === 'later') {
    await inTransaction(ctx, (tx) => takeAnswerBack(tx, dedupe))
    throw new Error(`The account asks us to come back later (${outcome.platformCode ?? 'no code'}).`)
  }
  const window = { channel: 'wechat-cs', residentId, personIndex: personIndexOf(ctx, event) } as const
  await inTransaction(ctx, async (tx) => {
    await endEvent(tx, dedupe, ctx.clock.now())
    if (outcome.state === 'delivered' || outcome.state === 'unknown') await spendChatWindow(tx, ctx, window)
    if (outcome.advice === 'window-closed') await closeChatWindow(tx, ctx, window)
  })
}
