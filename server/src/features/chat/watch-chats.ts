import { chatRulesOf } from '../../core/config/chat'
import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { closeConversation } from './close-conversation'
import type { ConversationRow } from './entities'
import { isEscalated } from './policy'
import { forgotten, idleSince, offersOver } from './queue-store'
import { updateConversation } from './store'
import { systemSays } from './system-says'
import { tellSupervisors } from './tell-supervisors'
import { underLocks } from './take-back'
import { hoursOf } from './who-is-there'

/**
 * What conversations do by themselves: one whose resident is forgotten goes to the supervisors, one that nobody writes
 * in is warned and closed, a warm hand-over that nobody took ends. Answers how much was done.
 */
export async function watchChats(ctx: Ctx, stopping: AbortSignal): Promise<number> {
  let done = 0
  for (const look of [escalateForgotten, warnIdle, closeIdle, endOffers]) {
    if (stopping.aborted) break
    done += await look(ctx)
  }
  return done
}

async function each(
  ctx: Ctx,
  found: readonly ConversationRow[],
  work: (tx: Tx, conversation: ConversationRow) => Promise<boolean>,
): Promise<number> {
  let done = 0
  for (const one of found) done += (await underLocks(ctx, one, work)) ? 1 : 0
  return done
}

async function ofEachCompany(
  ctx: Ctx,
  find: (companyId: string) => Promise<readonly ConversationRow[]>,
  work: (tx: Tx, conversation: ConversationRow) => Promise<boolean>,
): Promise<number> {
  let done = 0
  for (const { id } of ctx.config.companies) done += await each(ctx, await find(id), work)
  return done
}

async function escalateForgotten(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  return ofEachCompany(
    ctx,
    (companyId) =>
      forgotten(ctx.db.reader, companyId, now - chatRulesOf(ctx, companyId).escalateMinutes * 60_000),
    async (tx, conversation) => {
      const { unansweredSince } = conversation
      if (unansweredSince === null || isEscalated(conversation)) return false
      await updateConversation(tx, ctx, conversation, { escalatedAt: now })
      // Who waits over the end of the day is red in the list in the morning; nobody is woken for it.
      if (!hoursOf(ctx, conversation.companyId).open) return true
      const minutes = Math.floor((now - unansweredSince) / 60_000)
      await tellSupervisors(tx, ctx, conversation.companyId, {
        key: `chat:${conversation.id}:forgotten:${unansweredSince}`,
        what: '有住户在等回复',
        remark: `已等 ${minutes} 分钟，${conversation.assigneeName ? `客服${conversation.assigneeName}` : '还没有客服接'}`,
      })
      return true
    },
  )
}

async function warnIdle(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  return ofEachCompany(
    ctx,
    (companyId) =>
      idleSince(ctx.db.reader, {
        companyId,
        state: 'active',
        before: now - chatRulesOf(ctx, companyId).idleWarnMinutes * 60_000,
        warned: false,
      }),
    async (tx, row) => {
      const { idleWarnMinutes, idleCloseMinutes } = chatRulesOf(ctx, row.companyId)
      const isIdle = row.lastAt <= now - idleWarnMinutes * 60_000
      if (row.state !== 'active' || row.unansweredSince !== null || row.idleWarnedAt !== null || !isIdle)
        return false
      const words = `您有一会儿没说话了，${idleCloseMinutes - idleWarnMinutes} 分钟后对话会自动结束；还有问题请直接发送。`
      const said = await systemSays(tx, ctx, row, 'idle-warning', words)
      await updateConversation(tx, ctx, said, { idleWarnedAt: now })
      return true
    },
  )
}

async function closeIdle(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  const warned = await ofEachCompany(
    ctx,
    (companyId) => {
      const { idleCloseMinutes } = chatRulesOf(ctx, companyId)
      const before = now - idleCloseMinutes * 60_000
      return idleSince(ctx.db.reader, { companyId, state: 'active', before, warned: true })
    },
    async (tx, row) => {
      const { idleWarnMinutes, idleCloseMinutes } = chatRulesOf(ctx, row.companyId)
      const warnedLong = (row.idleWarnedAt ?? now) <= now - (idleCloseMinutes - idleWarnMinutes) * 60_000
      if (row.state !== 'active' || row.unansweredSince !== null || !warnedLong) return false
      await closeConversation(tx, ctx, row, { by: 'idle', reason: 'idle' })
      return true
    },
  )
  const alone = await ofEachCompany(
    ctx,
    (companyId) => {
      const before = now - chatRulesOf(ctx, companyId).botCloseHours * 3_600_000
      return idleSince(ctx.db.reader, { companyId, state: 'bot', before, warned: false })
    },
    async (tx, row) => {
      const isIdle = row.lastAt <= now - chatRulesOf(ctx, row.companyId).botCloseHours * 3_600_000
      if (row.state !== 'bot' || !isIdle) return false
      await closeConversation(tx, ctx, row, { by: 'idle', reason: 'idle' })
      return true
    },
  )
  return warned + alone
}

async function endOffers(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  return each(ctx, await offersOver(ctx.db.reader, now), async (tx, row) => {
    if (row.offeredToId === null || (row.offerUntil ?? now) > now) return false
    const ended = await updateConversation(tx, ctx, row, {
      offeredToId: null,
      offeredToName: null,
      offerUntil: null,
    })
    const words = `${row.offeredToName ?? '同事'}没有接，对话还在${row.assigneeName ?? '您'}这里`
    await systemSays(tx, ctx, ended, 'offer-over', words, { audience: 'note' })
    return true
  })
}
