import type { Reader, Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { creditsOfResidents, dropCredits, lockCredit, setCredit, spendCredits } from './credit-store'

/** The platform's own chat windows: of the official account, and of the mini-program. */
export type ChatWindowChannel = 'wechat-cs' | 'wechat-mini-cs'

/** Whose window: a resident's, or that of somebody who has no account with us, by the blind index of their id there. */
export interface ChatWindowOf {
  readonly channel: ChatWindowChannel
  readonly residentId: string | null
  readonly personIndex: string
}

/**
 * How many messages an act of the person allows, and for how long (wechat.md 8). A little of the time is left to
 * whoever is late.
 */
const OPENS = {
  message: { count: 5, lifeMs: 48 * 3_600_000 - 60_000 },
  tap: { count: 3, lifeMs: 55_000 },
  enter: { count: 2, lifeMs: 55_000 },
} as const

/** So many of an open window stay for the person or the answer that was asked for; messages of ours take the others. */
export const KEPT_FOR_TALK = 2

const ownerOf = ({ residentId, personIndex }: Omit<ChatWindowOf, 'channel'>): string =>
  residentId ?? personIndex.slice(0, 26)

/**
 * Somebody did something that lets the account write to them. Acts are not added up: the larger rest and the later end
 * count (wechat.md 8). There is one count for everything that is said there, by people, by answers and by messages; the
 * platform's own word that it is closed ends it.
 */
export async function openChatWindow(
  tx: Tx,
  ctx: Ctx,
  of: ChatWindowOf & { readonly by: keyof typeof OPENS; readonly at: number },
): Promise<void> {
  const key = { residentId: ownerOf(of), channel: of.channel, templateId: '' }
  const now = ctx.clock.now()
  const { count, lifeMs } = OPENS[of.by]
  const before = await lockCredit(tx, key)
  const isOpen = before !== null && Number(before.endsAt ?? 0) > now
  await setCredit(tx, {
    ...key,
    credits: Math.max(count, isOpen ? Number(before.credits) : 0),
    endsAt: Math.max(of.at + lifeMs, isOpen ? Number(before.endsAt) : 0),
    updatedAt: now,
  })
}

export interface ChatWindow {
  readonly left: number
  /** Null where it was never open. */
  readonly until: number | null
}

/** What is left of each of these windows, in their order; nothing of those that are over. */
export async function chatWindows(
  reader: Reader,
  ctx: Pick<Ctx, 'clock'>,
  windows: readonly ChatWindowOf[],
): Promise<ChatWindow[]> {
  if (windows.length === 0) return []
  const rows = await creditsOfResidents(reader, [...new Set(windows.map(ownerOf))])
  return windows.map((window) => {
    const row = rows.find((one) => one.residentId === ownerOf(window) && one.channel === window.channel)
    const until = row?.endsAt === undefined || row.endsAt === null ? null : Number(row.endsAt)
    return { left: until !== null && until > ctx.clock.now() ? Number(row?.credits ?? 0) : 0, until }
  })
}

/** One message of it was used up. */
export async function spendChatWindow(tx: Tx, ctx: Ctx, of: ChatWindowOf): Promise<void> {
  await spendCredits(tx, { channel: of.channel, templateId: '' }, [ownerOf(of)], ctx.clock.now())
}

/** The platform says that it is closed, or the person is gone: of somebody without an account with us nothing is kept. */
export async function closeChatWindow(tx: Tx, ctx: Ctx, of: ChatWindowOf): Promise<void> {
  const key = { residentId: ownerOf(of), channel: of.channel, templateId: '' }
  if (of.residentId === null) return dropCredits(tx, key, [key.residentId])
  const before = await lockCredit(tx, key)
  if (before) await setCredit(tx, { ...before, credits: 0, updatedAt: ctx.clock.now() })
}
