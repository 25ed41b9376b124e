import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { residentOfIdentity } from '../identity'
import { creditByEvent, deliveryReport } from '../notifications'
import { accountBook, portalOf } from './account-book'
import { accountEvent, type AccountEvent } from './account-event'
import { accountOf, personIndexOf } from './account-person'
import { immediateReply } from './immediate-reply'
import { liveReply } from './live-reply'
import { beginAnswer, decidedAfter, endEvent, findEvent, takeAnswerBack } from './store'

/** Does what one stored event asks for beyond the words that were said at once. Safe to run again. */
export async function followUpEvent(ctx: Ctx, dedupe: string): Promise<void> {
  const row = await findEvent(ctx.db.reader, dedupe)
  if (!row || row.doneAt !== null) return
  const event = accountEvent.parse(JSON.parse(ctx.vault.open(row.eventSealed)))
  switch (event.kind) {
    case 'click':
    case 'message':
      return answerLive(ctx, event)
    case 'sent-report':
      return reportSent(ctx, event, Number(row.receivedAt))
    case 'subscriptions':
      return noteChoices(ctx, event)
    default:
      return
  }
}

type SentReport = Extract<AccountEvent, { kind: 'sent-report' }>
type Subscriptions = Extract<AccountEvent, { kind: 'subscriptions' }>

/** What nobody has sent within this long is not ours: another program may send from the same account. */
const OURS_WITHIN_MS = 240_000

/**
 * What became of messages goes into the ledger. The platform may be faster than our own note that it took the message,
 * so a report without a message comes back.
 */
async function reportSent(ctx: Ctx, event: SentReport, receivedAt: number): Promise<void> {
  let missing = 0
  for (const { platformMessageId, state, code } of event.reports) {
    const report = {
      channel: event.channel,
      platformMessageId,
      state: state === 'delivered' ? state : ('failed' as const),
      code,
    }
    if (!(await inTransaction(ctx, (tx) => deliveryReport(tx, ctx, report)))) missing += 1
  }
  if (missing > 0 && ctx.clock.now() - receivedAt < OURS_WITHIN_MS)
    throw new Error(`${missing} reported messages are not written down yet.`)
  await inTransaction(ctx, (tx) => endEvent(tx, event.dedupe, ctx.clock.now()))
}

/**
 * Keeps what somebody chose. A later choice about the same template that was faster here stands. Declining in the
 * popup takes nothing back of what was allowed before; only the settings do.
 */
async function noteChoices(ctx: Ctx, event: Subscriptions): Promise<void> {
  const residentId = await residentOfIdentity(ctx.db.reader, ctx, accountOf(ctx, event))
  await inTransaction(ctx, async (tx) => {
    const decided = await decidedAfter(tx, personIndexOf(ctx, event), event.happenedAt)
    for (const { templateId, choice } of event.choices) {
      if (residentId === null || decided.has(templateId)) continue
      if (choice === 'reject' && event.where === 'popup') continue
      const what = choice === 'accept' ? 'accepted' : 'refused'
      await creditByEvent(tx, ctx, { residentId, channel: event.channel, templateId, what })
    }
    await endEvent(tx, event.dedupe, ctx.clock.now())
  })
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
  await inTransaction(ctx, (tx) => endEvent(tx, dedupe, ctx.clock.now()))
}
