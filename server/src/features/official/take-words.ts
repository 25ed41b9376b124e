import type { Reader, Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { residentOfIdentity } from '../identity'
import { accountBook } from './account-book'
import { accountOf } from './account-person'
import type { OfficialMessageRow } from './entities'
import { dueWords, findTalk, lockDue, markTalk, setDue, waitsBefore } from './talk-store'

/** What somebody wrote to one of our accounts, and no configured answer took. */
export interface WaitingWords {
  readonly id: string
  readonly channel: 'wechat-oa' | 'wechat-mini'
  readonly personIndex: string
  /** text, image, voice, video, shortvideo, location, link, miniprogrampage, or another of the platform's. */
  readonly kind: string
  /** What was written, or what of it can be said in words. */
  readonly words: string
  readonly mediaId: string | null
  readonly createdAt: number
}

/** The longest waiting first. Reading takes nothing: `takeWords` does. */
export async function waitingWords(ctx: Ctx, limit: number): Promise<WaitingWords[]> {
  const rows = await dueWords(ctx.db.reader, ctx.clock.now(), limit)
  return rows.map((row) => ({
    id: row.id,
    channel: channelOf(ctx, row),
    personIndex: row.personIndex,
    kind: row.kind,
    words: row.wordsSealed === '' ? '' : ctx.vault.open(row.wordsSealed),
    mediaId: row.mediaId,
    createdAt: Number(row.createdAt),
  }))
}

const channelOf = ({ config }: Ctx, { appId }: Pick<OfficialMessageRow, 'appId'>): WaitingWords['channel'] =>
  appId === config.platforms.wechat.mini.appId ? 'wechat-mini' : 'wechat-oa'

/**
 * Takes one of them for good in the caller's transaction, which puts it where a person reads it: both or neither. False
 * when it was taken already, is forgotten, or something that this person wrote before is not taken yet.
 */
export async function takeWords(tx: Tx, id: string): Promise<boolean> {
  const row = await lockDue(tx, id)
  if (!row || (await waitsBefore(tx, row.personIndex, id))) return false
  await setDue(tx, id, null)
  return true
}

/** What could not be taken is tried again then; what the person wrote after it waits for it. */
export async function putWordsOff(tx: Tx, id: string, until: number): Promise<void> {
  await setDue(tx, id, until)
}

/**
 * Whether people talk with them or they wait for it, as far as whoever talks knows. While it is so, no configured
 * answer comes in between.
 */
export async function setTalk(tx: Tx, personIndex: string, isLive: boolean): Promise<void> {
  await markTalk(tx, personIndex, isLive)
}

/** Somebody who wrote to an account. */
export interface Writer {
  readonly openid: string
  readonly residentId: string | null
  /** From where the mini-program's window was opened, as the mini-program said it. */
  readonly sessionFrom: string | null
}

/** Null for somebody who has left, and of whom nothing is kept any more. */
export async function writerOf(reader: Reader, ctx: Ctx, personIndex: string): Promise<Writer | null> {
  const talk = await findTalk(reader, personIndex)
  if (!talk) return null
  const openid = ctx.vault.open(talk.openidSealed)
  const residentId = await residentOfIdentity(reader, ctx, accountOf(ctx, { appId: talk.appId, openid }))
  return { openid, residentId, sessionFrom: talk.sessionFrom }
}

/** The company whose account it is; null where it speaks for several. */
export function accountCompany({ config }: Pick<Ctx, 'config'>): string | null {
  return accountBook(config).account.company?.id ?? null
}
