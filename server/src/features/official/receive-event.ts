import { inTransaction, isDuplicate, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { enqueue } from '../../core/jobs/define'
import type { Ctx } from '../../platforms/context'
import { residentOfIdentity } from '../identity'
import { openChatWindow } from '../notifications'
import { accountBook, portalOf } from './account-book'
import type { AccountEvent } from './account-event'
import { accountOf, personIndexOf } from './account-person'
import { applyEvent } from './apply-event'
import { type Immediate, immediateReply } from './immediate-reply'
import { followUp, forgetLater } from './jobs'
import type { Reply } from './reply'
import { findEvent, insertEvent, insertOfficialMessage } from './store'

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
    const outcome = await withinMs(storeOnce(ctx, event, immediate), ctx.config.official.storeWithinMs)
    return { outcome: outcome === 'taken' ? 'taken' : 'repeat', reply: outcome === 'copy' ? null : reply }
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
  if (event.kind === 'message' && personIndex !== null) {
    const answered = 'live' in immediate ? immediate.live.answer.name : (immediate.reply?.answered ?? null)
    const residentId = await residentOfIdentity(tx, ctx, accountOf(ctx, event))
    if (residentId !== null && event.appId === ctx.config.platforms.wechat.oa.appId)
      await openChatWindow(tx, ctx, residentId, event.happenedAt)
    await insertOfficialMessage(tx, {
      id: ctx.ids.next(),
      appId: event.appId,
      personIndex,
      openidSealed: ctx.vault.seal(event.openid),
      residentId,
      kind: event.type.slice(0, 16),
      wordsSealed: event.text === '' ? '' : ctx.vault.seal(event.text),
      answered: answered?.slice(0, 120) ?? null,
      createdAt: now,
    })
  }
  if (follows === 'follow-up') await enqueue(tx, ctx, followUp, { dedupe }, { key: dedupe })
  if (follows === 'forget') {
    const waitMs = event.kind === 'unfollow' ? ctx.config.official.forgetAfterMinutes * MINUTE_MS : 0
    await enqueue(tx, ctx, forgetLater, { dedupe }, { key: dedupe, runAt: now + waitMs })
  }
}

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
