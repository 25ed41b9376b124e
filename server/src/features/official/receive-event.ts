import { inTransaction, isDuplicate, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { enqueue } from '../../core/jobs/define'
import type { Ctx } from '../../platforms/context'
import { residentOfIdentity } from '../identity'
import { closeChatWindow, openChatWindow } from '../notifications'
import { accountBook, portalOf } from './account-book'
import type { AccountEvent } from './account-event'
import { accountOf, personIndexOf } from './account-person'
import { applyEvent } from './apply-event'
import { type Immediate, immediateReply } from './immediate-reply'
import { followUp, forgetLater } from './jobs'
import type { Reply } from './reply'
import { findEvent, insertEvent, insertOfficialMessage } from './store'
import { findTalk, noteTalk } from './talk-store'

interface Received {
  readonly outcome: 'taken' | 'repeat' | 'unstored'
  /** What goes back with the acknowledgement; null when nothing is said, or it is said later. */
  readonly reply: Reply | null
}

/** The platform repeats after five seconds without an answer; what comes sooner is a copy whose twin is answered. */
const REPEATED_AFTER_MS = 4_000
const MINUTE_MS = 60_000

/**
 * Takes one event of an account, once, and says what can be said at once. The ledger is kept in the same transaction;
 * everything that needs a look-up, and deletion, is a job of it, so that the platform is answered within its five seconds
 * whatever is slow behind us (wechat.md 2.3). A repeat changes nothing, and hears the same words again only when our
 * first answer cannot have arrived. Errors: busy when what a person wrote could not be kept in time; the platform
 * sends it again.
 */
export async function receiveEvent(ctx: Ctx, event: AccountEvent): Promise<Received> {
  const immediate = immediateOf(ctx, event)
  const reply = 'reply' in immediate ? immediate.reply : null
  // Menus, codes and greetings are answered even when nothing can be written down; nothing is lost by it.
  const mayGoUnstored = reply !== null && event.kind !== 'message'
  try {
    const work = storeSaid(ctx, event, immediate)
    const { outcome, says } = await withinMs(work, ctx.config.official.storeWithinMs)
    return { outcome: outcome === 'taken' ? 'taken' : 'repeat', reply: outcome === 'copy' ? null : says }
  } catch (error) {
    if (!mayGoUnstored) throw error
    ctx.log.warn({ requestId: ctx.requestId, kind: event.kind, err: error }, 'official.unstored')
    return { outcome: 'unstored', reply }
  }
}

/** Only the official account chats here; what is written to the mini-program is kept for whoever answers there. */
function immediateOf({ config }: Ctx, event: AccountEvent): Immediate {
  if (event.appId !== config.platforms.wechat.oa.appId) return { reply: null }
  return immediateReply(accountBook(config), portalOf(config), event)
}

/** While people talk with whoever wrote, no answer of ours comes in between: all of it is for them. */
async function storeSaid(ctx: Ctx, event: AccountEvent, immediate: Immediate) {
  const talk = event.kind === 'message' ? await findTalk(ctx.db.reader, personIndexOf(ctx, event)) : null
  const told: Immediate = talk?.isLive ? { reply: null } : immediate
  const outcome = await storeOnce(ctx, event, told)
  return { outcome, says: 'reply' in told ? told.reply : null }
}

/** `repeat` came after the platform gave up waiting for us; `copy` came before it can have. */
async function storeOnce(
  ctx: Ctx,
  event: AccountEvent,
  immediate: Immediate,
): Promise<'taken' | 'repeat' | 'copy'> {
  try {
    await inTransaction(ctx, (tx) => store(tx, ctx, event, immediate))
    return 'taken'
  } catch (error) {
    if (!isDuplicate(error)) throw error
    const before = await findEvent(ctx.db.reader, event.dedupe)
    const waited = ctx.clock.now() - Number(before?.receivedAt ?? 0)
    return waited < REPEATED_AFTER_MS ? 'copy' : 'repeat'
  }
}

async function store(tx: Tx, ctx: Ctx, event: AccountEvent, immediate: Immediate): Promise<void> {
  const now = ctx.clock.now()
  const { dedupe, kind } = event
  const personIndex = event.openid === '' ? null : personIndexOf(ctx, event)
  const follows = (await applyEvent(tx, ctx, event)) ? jobOf(event, immediate) : 'follow-up'
  await insertEvent(tx, {
    dedupe,
    appId: event.appId,
    kind,
    personIndex,
    eventSealed: follows === null ? '' : ctx.vault.seal(JSON.stringify(event)),
    about: event.kind === 'subscriptions' ? decidedIn(event) : null,
    happenedAt: event.happenedAt,
    receivedAt: now,
    answeringAt: null,
    doneAt: follows === null ? now : null,
  })
  if (personIndex !== null) await storePerson(tx, ctx, event, { immediate, personIndex })
  if (follows === 'follow-up') await enqueue(tx, ctx, followUp, { dedupe }, { key: dedupe })
  if (follows === 'forget') {
    const waitMs = event.kind === 'unfollow' ? ctx.config.official.forgetAfterMinutes * MINUTE_MS : 0
    await enqueue(tx, ctx, forgetLater, { dedupe }, { key: dedupe, runAt: now + waitMs })
  }
}

type Of = { readonly immediate: Immediate; readonly personIndex: string }

/** What their act lets us say to them, and what they wrote. */
async function storePerson(tx: Tx, ctx: Ctx, event: AccountEvent, of: Of): Promise<void> {
  const { personIndex } = of
  const by = OPENS[event.kind]
  if (by === undefined && event.kind !== 'unfollow') return
  const isMini = event.appId === ctx.config.platforms.wechat.mini.appId
  const residentId = await residentOfIdentity(tx, ctx, accountOf(ctx, event))
  const window = { channel: isMini ? 'wechat-mini-cs' : 'wechat-cs', residentId, personIndex } as const
  if (by === undefined) return closeChatWindow(tx, ctx, window)
  await openChatWindow(tx, ctx, { ...window, by, at: event.happenedAt })
  const words = wordsOf(event, of.immediate)
  if (words === null && event.kind !== 'enter') return
  const now = ctx.clock.now()
  const openidSealed = ctx.vault.seal(event.openid)
  await noteTalk(tx, {
    personIndex,
    appId: event.appId,
    openidSealed,
    updatedAt: now,
    ...(event.kind === 'enter' ? { sessionFrom: event.sessionFrom.slice(0, 200) } : {}),
  })
  if (words === null) return
  const { type, text, mediaId, answered } = words
  await insertOfficialMessage(tx, {
    id: ctx.ids.next(),
    appId: event.appId,
    personIndex,
    openidSealed,
    residentId,
    kind: type.slice(0, 16),
    wordsSealed: text === '' ? '' : ctx.vault.seal(text),
    mediaId,
    answered,
    dueAt: answered === null ? now : null,
    createdAt: now,
  })
  if (answered === null) tx.afterCommit(ctx.wakeJobs)
}

const OPENS: Partial<Record<AccountEvent['kind'], 'message' | 'tap' | 'enter'>> = {
  message: 'message',
  follow: 'tap',
  scan: 'tap',
  click: 'tap',
  enter: 'enter',
}

/** As whoever talks with people reads it. A tap that asks for a person is as if they had written it. */
function wordsOf(event: AccountEvent, immediate: Immediate) {
  const answered = 'live' in immediate ? immediate.live.answer.name : (immediate.reply?.answered ?? null)
  if (event.kind === 'message') {
    const { type, text, mediaId } = event
    return { type, text, mediaId, answered: answered?.slice(0, 120) ?? null }
  }
  const asks = event.kind === 'click' && 'reply' in immediate && immediate.reply?.answered === null
  return asks ? { type: 'text', text: TO_PERSON, mediaId: null, answered } : null
}

const TO_PERSON = '转人工'

/** Declining once, in the popup, decides nothing about what was allowed before. */
function decidedIn(event: Extract<AccountEvent, { kind: 'subscriptions' }>): string {
  return event.choices
    .filter(({ choice }) => choice === 'accept' || event.where === 'settings')
    .map(({ templateId }) => templateId)
    .join(',')
}

function jobOf(event: AccountEvent, immediate: Immediate): 'follow-up' | 'forget' | null {
  if ('live' in immediate) return 'follow-up'
  return event.kind === 'unfollow' || event.kind === 'forget' ? 'forget' : null
}

/** Rejects with `busy` when the work takes longer; the work itself goes on, since a commit cannot be called back. */
async function withinMs<T>(work: Promise<T>, ms: number): Promise<T> {
  let handle: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    handle = setTimeout(() => reject(new AppError('busy', { detail: `no commit within ${ms} ms` })), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(handle)
    work.catch(() => undefined)
  }
}
