import { monotonicMs } from '../../core/clock'
import { type Database, outsideTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { Slots } from '../../core/slots'
import type { Ctx } from '../../platforms/context'
import type { FrameOut } from './frames'
import { HubFaces } from './hub-faces'
import { HubLists } from './hub-lists'
import { type Member, WATCHES_MAX } from './hub-member'
import { assertMayRead } from './looker'
import { queuePlaces } from './queue-places'
import { recheckMembers } from './recheck-members'
import { giveChanged, giveConversation, Room } from './room'
import {
  changedAfter,
  type ConversationPosition,
  conversationsByIds,
  findConversation,
  recalledAmong,
} from './store'
import { CHAT_TOPIC, type FarNews, type News, onNews } from './wake'

/**
 * How far back a look goes: a change is stamped before its transaction commits, and the clocks of two machines differ.
 * Nearly all commit at once, so only one look in five goes all the way. What was seen already is remembered.
 */
const OVERLAP_MS = { near: 2000, far: 15_000 }
const LOOKS_PER_FAR = 5
/** Small enough that whoever talks meanwhile does not wait for a page to be read. */
const PAGE = 1000
/** More changes than this at once: everything is looked at. */
const PAGES_MAX = 50
const PLACES_MS = 3000
/** Of so many who came together one part is asked about at a time. */
const RECHECK_PARTS = 4
/**
 * Conversations that are read at once: when a process starts again thousands of clients come back within a moment, and
 * what they ask must neither fill the queue of the database nor hold up whoever writes.
 */
const READS_AT_ONCE = 6

/**
 * Follows conversations for everybody who is connected to this process. Three ways lead to the same look at the rows:
 * what this process commits, what other processes hint at over Redis, and the tail of changes, which is read every
 * second whatever else happens. So a lost hint costs a second and never a message.
 */
export class Hub {
  /** Everybody who is connected, and when it was last asked whether they still are who they were. */
  readonly members = new Map<Member, number>()
  private readonly rooms = new Map<string, Room>()
  private readonly lists: HubLists
  private readonly faces: HubFaces
  private readonly reading = new Slots(READS_AT_ONCE)
  /** What each conversation's time of change was when it was last looked at, within the overlap. */
  private readonly seen = new Map<string, number>()
  private lookedAt = 0
  private looks = 0
  private joined = 0
  private placesAt = 0
  private looping: Promise<void> | null = null

  constructor(private readonly ctx: Ctx) {
    this.lists = new HubLists(ctx)
    this.faces = new HubFaces(ctx)
    onNews(ctx.db, (news) => this.hear(news))
    ctx.signals.hear(CHAT_TOPIC, (text) => this.hearFar(JSON.parse(text) as FarNews))
  }

  /** Answers how to leave. */
  join(member: Member): () => void {
    this.members.set(member, this.firstRecheck())
    if (member.list) this.followList(member)
    if (this.looping === null) {
      this.lookedAt = this.ctx.clock.now()
      this.looping = outsideTransaction(() => this.loop())
    }
    return () => this.leave(member)
  }

  private leave(member: Member): void {
    this.members.delete(member)
    this.lists.leave(member)
    for (const id of member.watches.keys()) this.unwatch(member, id)
  }

  /**
   * Gives everything of a conversation behind `after`, then goes on as it comes. `face` is what the member knows of it
   * already. Errors: not_found, rate_limited when too many are watched.
   */
  async watch(
    member: Member,
    asked: { readonly conversationId: string; readonly after: number; readonly knownVersion?: number },
  ): Promise<void> {
    const { conversationId: id, after } = asked
    if (!member.watches.has(id) && member.watches.size >= WATCHES_MAX)
      throw new AppError('rate_limited', { message: '同时打开的会话太多了，请先关掉几个。' })
    const { reader } = this.ctx.db
    const row = await findConversation(reader, id)
    assertMayRead(member.looker, row)
    const sent = Math.min(after, row.lastSeq)
    const watch = { sent, face: null, reads: null, place: null }
    // They left while the row was read.
    if (!this.members.has(member)) return
    if (asked.knownVersion !== row.version) await giveConversation(member, row)
    if (after > 0) await giveChanged(member, row, await recalledAmong(reader, id, { upTo: sent }))
    if (!this.members.has(member)) return
    const room = this.rooms.get(id) ?? new Room(id, this.ctx, (each) => this.faces.add(each))
    this.rooms.set(id, room)
    room.begin(member, watch, row)
    await room.flush()
  }

  /** From now on they are told what changes in lists, also of conversations that they do not watch. */
  followList(member: Member): void {
    this.lists.follow(member)
  }

  /** Does what clients ask when they come back, a few of them at once. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.reading.run(work)
  }

  unwatch(member: Member, conversationId: string): void {
    member.watches.delete(conversationId)
    const room = this.rooms.get(conversationId)
    room?.watchers.delete(member)
    if (room?.watchers.size === 0) this.rooms.delete(conversationId)
  }

  unwatchAll(member: Member): void {
    for (const id of member.watches.keys()) this.unwatch(member, id)
  }

  private hear(news: News): void {
    if (this.members.size === 0) return
    if ('typing' in news) return this.showTyping(news.typing)
    if ('list' in news) return this.lists.tellAll(news.list)
    const { conversation, message, changed } = news
    this.seen.set(conversation.id, conversation.updatedAt)
    this.lists.note(conversation)
    const room = this.rooms.get(conversation.id)
    if (!room) return
    room.take(conversation, message, changed)
    this.flush(room)
  }

  private hearFar(news: FarNews): void {
    if (this.members.size === 0) return
    if (!('look' in news)) return this.hear(news)
    for (const id of news.look) {
      const room = this.rooms.get(id)
      if (room) {
        room.doubt()
        this.flush(room)
      }
      this.lists.doubt(id)
    }
  }

  private flush(room: Room): void {
    outsideTransaction(() => this.give(room)).catch((error: unknown) =>
      this.ctx.log.warn({ err: error }, 'chat.not-given'),
    )
  }

  /** What this process wrote itself stands in memory and is given at once; what must be read first takes its turn. */
  private give(room: Room): Promise<void> {
    return room.isDoubted ? this.inTurn(() => room.flush()) : room.flush()
  }

  private showTyping(typing: Extract<News, { typing: unknown }>['typing']): void {
    const { conversationId, from, id, name } = typing
    const frame: FrameOut = { op: 'typing', conversationId, from, name }
    for (const member of this.rooms.get(conversationId)?.watchers.keys() ?? []) {
      const { looker } = member
      const isOwn = looker.side === 'resident' ? looker.ids.includes(id) : looker.staff.id === id
      if (!isOwn) member.give(frame)
    }
  }

  private async loop(): Promise<void> {
    const { lookMs, recheckMs } = this.ctx.config.sockets
    while (this.members.size > 0 && !this.ctx.stopping.aborted) {
      await pause(Math.min(lookMs, recheckMs), this.ctx.stopping)
      if (this.ctx.stopping.aborted) break
      try {
        await this.look()
        await this.recheck()
        await this.showPlaces()
      } catch (error) {
        // The next look reaches back to the last one that worked.
        this.ctx.log.warn({ err: error }, 'chat.look-failed')
      }
    }
    this.looping = null
    this.seen.clear()
    if (this.ctx.stopping.aborted) for (const member of this.members.keys()) member.end('restart')
  }

  /** What changed since the last look and was not seen yet. */
  private async look(): Promise<void> {
    const now = this.ctx.clock.now()
    const isFar = this.looks++ % LOOKS_PER_FAR === 0
    const lookedAt = Math.min(now, this.lookedAt)
    const since = lookedAt - (isFar ? OVERLAP_MS.far : OVERLAP_MS.near)
    const fresh: string[] = []
    let from: ConversationPosition = { at: since, id: '' }
    for (let page = 0; page < PAGES_MAX; page++) {
      const rows = await changedAfter(this.ctx.db.reader, from, PAGE)
      for (const { id, updatedAt } of rows) {
        if (this.seen.get(id) === updatedAt) continue
        this.seen.set(id, updatedAt)
        fresh.push(id)
      }
      const last = rows.at(-1)
      if (!last || rows.length < PAGE) break
      from = { at: last.updatedAt, id: last.id }
    }
    this.lookedAt = now
    for (const [id, at] of this.seen) if (at < lookedAt - OVERLAP_MS.far) this.seen.delete(id)
    for (const id of fresh) {
      this.rooms.get(id)?.doubt()
      this.lists.doubt(id)
    }
    for (const room of this.rooms.values()) if (room.isDoubted) this.flush(room)
    await this.lists.look((ids) => conversationsByIds(this.ctx.db.reader, ids))
  }

  /** As if they had been asked at some time before: after a restart thousands come at once, and are not asked at once. */
  private firstRecheck(): number {
    const { recheckMs } = this.ctx.config.sockets
    return monotonicMs() - ((this.joined++ % RECHECK_PARTS) * recheckMs) / RECHECK_PARTS
  }

  private async recheck(): Promise<void> {
    const now = monotonicMs()
    const { recheckMs } = this.ctx.config.sockets
    const due = [...this.members].flatMap(([member, at]) => (now - at < recheckMs ? [] : [member]))
    for (const member of due) this.members.set(member, now)
    if (due.length > 0) await recheckMembers(this.ctx, due)
  }

  /** Whoever waits sees when somebody before them was taken. */
  private async showPlaces(): Promise<void> {
    const now = monotonicMs()
    if (now - this.placesAt < PLACES_MS) return
    this.placesAt = now
    const waiting = [...this.rooms.values()].filter(({ row }) => row?.state === 'waiting')
    const places = await queuePlaces(
      this.ctx,
      waiting.flatMap(({ row }) => row ?? []),
    )
    for (const { id, row, watchers } of waiting)
      for (const [member, watch] of watchers) {
        const place = JSON.stringify(places.get(id) ?? null)
        if (row === null || member.looker.side === 'staff' || watch.place === place) continue
        const isFirst = watch.place === null
        watch.place = place
        if (!isFirst) await giveConversation(member, row)
      }
  }
}

function pause(ms: number, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      stopping.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    timer.unref()
    stopping.addEventListener('abort', done)
  })
}

const hubs = new WeakMap<Database, Hub>()

/** The one of this process. */
export function hubOf(ctx: Ctx): Hub {
  const known = hubs.get(ctx.db)
  if (known) return known
  // It outlives whoever came first, so it belongs to nobody.
  const hub = new Hub({ ...ctx, resident: null, staff: null, ip: null, requestId: 'chat-hub' })
  hubs.set(ctx.db, hub)
  return hub
}
