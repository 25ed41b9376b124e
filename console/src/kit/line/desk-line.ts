import { actAs, read, writePublic } from '../../api/client'
import { ApiError, hasCode, isUnsure } from '../../api/errors'
import { keepMe } from '../../api/query'
import { newClientId } from '../../api/act-ids'
import type { FrameOut, NewMessage } from './frames'
import { Line, type LineDoor, type LineState } from './line'
import { Outbox, type Outgoing } from './outbox'
import { Threads } from './threads'

/** Larger than any number of a message: the newest page is what stands before it. */
const newest = 2_000_000_000
const pageSize = 50
/** Typing is told at most this often. */
const typingEveryMs = 3_000

type Hear = (frame: FrameOut) => void

/** Everything live that one person at work has: the line, what is on its way, and the conversations that are open. */
export class DeskLine {
  readonly line: Line
  readonly outbox: Outbox
  readonly threads: Threads
  /** Raised with every change, for pages that look. */
  version = 0
  private readonly lookers = new Set<() => void>()
  private readonly hearers = new Set<Hear>()
  private typedAt = 0

  constructor(
    private readonly staffId: string,
    door: LineDoor,
  ) {
    const changed = (): void => this.changed()
    this.line = new Line(door, { frame: (frame) => this.take(frame), state: (state) => this.moved(state) })
    this.threads = new Threads(changed, (conversationId) => this.line.unwatch(conversationId))
    this.outbox = new Outbox(
      {
        put: (message) => this.line.put({ op: 'send', ...message }),
        post: (message) => this.post(message),
        refusal: refusalOf,
        later: door.later,
        nowMs: Date.now,
      },
      () => {
        keepOutgoing(staffId, this.outbox.list())
        changed()
      },
    )
  }

  start(): void {
    this.line.start()
    for (const { message, at } of keptOutgoing(this.staffId)) this.outbox.add(message, at)
  }

  /** Calls back after every change. */
  readonly look = (looker: () => void): (() => void) => {
    this.lookers.add(looker)
    return () => this.lookers.delete(looker)
  }

  hear(hearer: Hear): () => void {
    this.hearers.add(hearer)
    return () => this.hearers.delete(hearer)
  }

  /** Reads the newest page and listens from there on; a conversation that is open already is only put in front. */
  async open(conversationId: string): Promise<void> {
    this.threads.touch(conversationId)
    const answer = await read('chatDesk.messages', { conversationId, before: newest, limit: pageSize })
    const more = this.threads.get(conversationId).loaded ? this.threads.get(conversationId).more : answer.more
    this.threads.loaded(conversationId, answer.items, more)
    this.line.watch(conversationId, answer.items.at(-1)?.seq ?? 0)
  }

  async earlier(conversationId: string): Promise<void> {
    const before = this.threads.get(conversationId).items[0]?.seq ?? newest
    const { items, more } = await read('chatDesk.messages', { conversationId, before, limit: pageSize })
    this.threads.loaded(conversationId, items, more)
  }

  /** One message once more, with new addresses of its files. */
  async renew(conversationId: string, seq: number): Promise<void> {
    const { items } = await read('chatDesk.messages', { conversationId, after: seq - 1, limit: 1 })
    for (const message of items) this.threads.replaced(conversationId, message)
  }

  send(message: Omit<NewMessage, 'clientId'>): void {
    this.outbox.add({ ...message, clientId: newClientId() })
  }

  typing(conversationId: string): void {
    const now = Date.now()
    if (now - this.typedAt < typingEveryMs) return
    this.typedAt = now
    if (this.line.put({ op: 'typing', conversationId })) return
    // Nobody misses it where it is lost.
    writePublic('chatDesk.typing', { conversationId }).catch(() => undefined)
  }

  readUpTo(conversationId: string, seq: number): void {
    if (this.line.put({ op: 'read', conversationId, seq })) return
    // It is said again with the next message.
    writePublic('chatDesk.markRead', { conversationId, seq }).catch(() => undefined)
  }

  private async post(message: NewMessage): Promise<void> {
    await actAs('chatDesk.send', message)
    // Without a socket nobody brings it back at once.
    if (this.line.state !== 'open') await this.catchUp(message.conversationId).catch(() => undefined)
  }

  private async catchUp(conversationId: string): Promise<void> {
    const after = this.threads.get(conversationId).items.at(-1)?.seq
    if (after === undefined) return
    const { items } = await read('chatDesk.messages', { conversationId, after, limit: pageSize })
    this.take({ op: 'messages', conversationId, items, more: false })
  }

  private take(frame: FrameOut): void {
    if (frame.op === 'messages') {
      this.threads.received(frame.conversationId, frame.items)
      for (const { clientId } of frame.items) if (clientId !== null) this.outbox.arrived(clientId)
    }
    if (frame.op === 'changed') this.threads.replaced(frame.conversationId, frame.message)
    if (frame.op === 'typing' && frame.from === 'resident')
      this.threads.typing(frame.conversationId, frame.name, Date.now())
    if (frame.op === 'sent') this.outbox.confirmed(frame.clientId)
    if (frame.op === 'error' && frame.clientId !== null) this.outbox.refused(frame.clientId, frame.message)
    for (const hearer of this.hearers) hearer(frame)
  }

  private moved(state: LineState): void {
    if (state === 'ended') keepMe(null)
    if (state !== 'open') this.outbox.lineLost()
    this.changed()
  }

  private changed(): void {
    this.version++
    for (const looker of this.lookers) looker()
  }
}

/** Too fast is no refusal: the same message may come a little later. */
function refusalOf(error: unknown): string | null {
  if (isUnsure(error) || hasCode(error, 'rate_limited')) return null
  return error instanceof ApiError ? error.message : ''
}

const nameOf = (staffId: string): string => `yihu.outbox.${staffId}`

/** What was on its way when the page was loaded anew goes on under its own id, so that it is there once. */
function keepOutgoing(staffId: string, outgoing: readonly Outgoing[]): void {
  const open = outgoing.filter(({ state }) => state !== 'sent')
  try {
    if (open.length === 0) sessionStorage.removeItem(nameOf(staffId))
    else sessionStorage.setItem(nameOf(staffId), JSON.stringify(open))
  } catch {
    // Without a store it lives as long as the page.
    return
  }
}

function keptOutgoing(staffId: string): readonly Pick<Outgoing, 'message' | 'at'>[] {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(nameOf(staffId)) ?? '[]')
    return Array.isArray(found) ? (found as Outgoing[]) : []
  } catch {
    return []
  }
}
