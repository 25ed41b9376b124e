import { chatRulesOf } from '../../core/config/chat'
import { DAY_MS } from '../../core/clock'
import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { residentAliases, residentCard } from '../identity'
import { countComplaints } from '../requests'
import type { ConversationRow } from './entities'
import { priorityOf, type Sooner } from './policy'
import { waitedInVain } from './queue-store'
import { sayNobody } from './say-nobody'
import { updateConversation } from './store'
import { systemSays } from './system-says'
import { alarm, episodeOf } from './tell-nobody'
import { presenceFor } from './who-is-there'

/**
 * Puts a conversation that this transaction has locked into the queue, sooner for whom that is due; the next agent gets
 * it within the second. Where nobody is there it stays as it is, the resident reads what to do instead, and `there` is
 * false. One that waits or has an agent already is left alone.
 */
export async function callPerson(
  tx: Tx,
  ctx: Ctx,
  conversation: ConversationRow,
  call: { readonly topic?: string | undefined; readonly because: 'asked' | 'danger' },
): Promise<{ conversation: ConversationRow; there: boolean }> {
  if (conversation.state !== 'bot') return { conversation, there: true }
  const now = ctx.clock.now()
  const presence = (await presenceFor(ctx, tx, [conversation])).get(conversation.id)
  const topic = topicOf(ctx, conversation, call.topic)
  const called = { calledAt: conversation.calledAt ?? now, topic: topic?.id ?? conversation.topic }
  if (!presence?.there) {
    const told = await updateConversation(tx, ctx, conversation, called)
    if (presence?.hours.open) {
      const episode = await episodeOf(ctx, tx, conversation.companyId)
      await alarm(tx, ctx, conversation.companyId, { episode, remark: '有住户要人工，请安排同事上线' })
    }
    return { conversation: await sayNobody(tx, ctx, told, presence?.hours.words ?? ''), there: false }
  }
  const reasons = await reasonsOf(tx, ctx, conversation, call.because)
  const waiting = await updateConversation(tx, ctx, conversation, {
    ...called,
    state: 'waiting',
    skill: topic?.skill ?? null,
    priority: priorityOf(reasons),
    waitingSince: now,
    unansweredSince: conversation.unansweredSince ?? now,
    idleWarnedAt: null,
  })
  const words =
    call.because === 'danger' ? '情况紧急，正在优先为您转人工客服。' : '正在为您转人工客服，请稍等。'
  const said = await systemSays(tx, ctx, waiting, 'queued', words)
  tx.afterCommit(ctx.wakeJobs)
  return { conversation: said, there: true }
}

function topicOf(ctx: Ctx, { companyId, topic }: ConversationRow, asked: string | undefined) {
  const { topics } = chatRulesOf(ctx, companyId)
  return topics.find(({ id }) => id === (asked ?? topic))
}

async function reasonsOf(
  tx: Tx,
  ctx: Ctx,
  conversation: ConversationRow,
  because: 'asked' | 'danger',
): Promise<Sooner[]> {
  const { residentId, householdId, companyId } = conversation
  const rules = chatRulesOf(ctx, companyId)
  const now = ctx.clock.now()
  const reasons: Sooner[] = because === 'danger' ? ['danger'] : []
  if (residentId !== null) {
    const residentIds = await residentAliases(tx, residentId)
    const card = await residentCard(tx, ctx, residentId)
    if (card?.elder) reasons.push('elder')
    const since = now - rules.waitAgainMinutes * 60_000
    if (await waitedInVain(tx, { residentIds, exceptId: conversation.id, since })) reasons.push('again')
  }
  if (householdId !== null) {
    const complaints = await countComplaints(tx, { householdId, since: now - 30 * DAY_MS })
    if (complaints >= rules.repeatComplaints) reasons.push('repeat')
  }
  return reasons
}
