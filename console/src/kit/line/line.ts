import { type FrameIn, type FrameOut, readFrame } from './frames'

/**
 * - `connecting`: not there yet, or trying again
 * - `open`: a socket stands
 * - `polling`: sockets are blocked on the way, so the same frames are asked for
 * - `offline`: nothing comes through
 * - `ended`: the session is over, nobody tries any more
 */
export type LineState = 'connecting' | 'open' | 'polling' | 'offline' | 'ended'

/** A socket that was asked for. */
export interface Wire {
  send(text: string): void
  close(): void
}
export interface WireEnds {
  text(text: string): void
  closed(): void
}
export interface Ticket {
  readonly ticket: string
  readonly url: string
  readonly pollUrl: string
}
/** From where each watched conversation goes on. */
export interface Watching {
  readonly watch: readonly {
    readonly conversationId: string
    readonly after: number
    /** Of the conversation as it was shown last, so that it comes again only when it is another one. */
    readonly version: number
  }[]
  /** The server's time of the last answer; 0 before the first. */
  readonly listSince: number
}
export interface Polled {
  readonly frames: readonly FrameOut[]
  readonly at: number
}

/** Everything of the outside, handed in: a browser here, a wallet elsewhere, a test without either. */
export interface LineDoor {
  ticket(): Promise<Ticket>
  connect(ticket: Ticket, ends: WireEnds): Wire
  /** Waits at the server until there is something, or for its time. */
  poll(ticket: Ticket, watching: Watching): Promise<Polled>
  /** Whether an error means that nobody is signed in any more. */
  isOver(error: unknown): boolean
  /** Calls back once; gives how to take that back. */
  later(work: () => void, ms: number): () => void
  /** 0 to 1. */
  random(): number
}

export interface LineEars {
  frame(frame: FrameOut): void
  state(state: LineState): void
}

/** Sockets that never say hello are blocked on the way: after so many the line asks instead. */
const silentSocketsMax = 2
const helloMs = 8_000
const firstWaitMs = 500
const longestWaitMs = 30_000
/** While it polls, a socket is tried again this often. */
const socketAgainMs = 180_000

/**
 * One connection for everything that is live. It heals by itself: after any loss it comes back with the last number of
 * each conversation, so that nothing is missed and nothing comes twice. It knows no page and no React.
 */
export class Line {
  state: LineState = 'connecting'
  private readonly watched = new Map<string, number>()
  private readonly versions = new Map<string, number>()
  private listSince = 0
  private wire: Wire | null = null
  private round = 0
  private failures = 0
  private silent = 0
  private beatMs = 0
  private heard = false
  private readonly timers = new Map<string, () => void>()

  constructor(
    private readonly door: LineDoor,
    private readonly ears: LineEars,
  ) {}

  start(): void {
    this.round++
    this.become('connecting')
    void this.connect(this.round)
  }

  /** Ends it for good; timers and the socket go with it. */
  stop(): void {
    this.round++
    this.drop()
  }

  /** The network is back, or somebody wants it now: no waiting any more. */
  hurry(): void {
    if (this.state === 'open' || this.state === 'ended') return
    this.failures = 0
    this.silent = 0
    this.again(0)
  }

  /** Gives everything after `after`, then what comes. A later call for the same conversation changes nothing. */
  watch(conversationId: string, after: number): void {
    if (this.watched.has(conversationId)) return
    this.watched.set(conversationId, after)
    this.put({ op: 'watch', conversationId, after })
  }

  unwatch(conversationId: string): void {
    if (this.watched.delete(conversationId)) this.put({ op: 'unwatch', conversationId })
  }

  /** Whether it went over the socket; without one the caller has another way. */
  put(frame: FrameIn): boolean {
    if (this.state !== 'open' || this.wire === null) return false
    this.wire.send(JSON.stringify(frame))
    return true
  }

  private async connect(round: number): Promise<void> {
    let ticket: Ticket
    try {
      ticket = await this.door.ticket()
    } catch (error) {
      if (round !== this.round) return
      if (this.door.isOver(error)) return this.end()
      this.become('offline')
      return this.again()
    }
    if (round !== this.round) return
    if (this.silent >= silentSocketsMax) {
      // One try is enough to see whether the wall still stands.
      this.silent--
      this.become('polling')
      this.time('socket', () => this.again(0), socketAgainMs)
      return this.pollOn(round, ticket)
    }
    this.open(round, ticket)
  }

  private open(round: number, ticket: Ticket): void {
    this.silent++
    const lose = (): void => {
      if (round !== this.round) return
      this.again()
      this.become('connecting')
    }
    this.time('hello', lose, helloMs)
    this.wire = this.door.connect(ticket, {
      text: (text) => {
        if (round === this.round) this.take(readFrame(text), lose)
      },
      closed: lose,
    })
  }

  private take(frame: FrameOut | null, lose: () => void): void {
    this.heard = true
    if (frame === null || frame.op === 'pong') return
    if (frame.op === 'hello') return this.opened(frame.beatMs, lose)
    if (frame.op === 'lost') return this.watchAll()
    this.hear(frame)
    if (frame.op === 'messages' && frame.more) this.goOn(frame.conversationId)
  }

  private opened(beatMs: number, lose: () => void): void {
    this.failures = 0
    this.silent = 0
    this.beatMs = beatMs
    this.cancel('hello')
    this.become('open')
    this.put({ op: 'watchList' })
    this.watchAll()
    this.beat(lose)
  }

  /** Two beats without a sound, and the socket is dead however open it looks. */
  private beat(lose: () => void, unheard = 0): void {
    const beats = this.heard ? 0 : unheard
    if (beats >= 2) return lose()
    this.heard = false
    this.put({ op: 'ping' })
    this.time('beat', () => this.beat(lose, beats + 1), this.beatMs)
  }

  private async pollOn(round: number, ticket: Ticket): Promise<void> {
    const watch = [...this.watched].map(([conversationId, after]) => ({
      conversationId,
      after,
      version: this.versions.get(conversationId) ?? 0,
    }))
    try {
      const { frames, at } = await this.door.poll(ticket, { watch, listSince: this.listSince })
      if (round !== this.round) return
      this.failures = 0
      this.listSince = at
      for (const frame of frames) this.hear(frame)
      this.time('poll', () => void this.pollOn(round, ticket), 0)
    } catch (error) {
      if (round !== this.round) return
      if (this.door.isOver(error)) return this.end()
      this.become('offline')
      // What stands behind a wall stays behind it: a socket is not tried again before its time.
      this.silent = silentSocketsMax
      this.again()
    }
  }

  private hear(frame: FrameOut): void {
    if (frame.op === 'messages') {
      const last = frame.items.at(-1)?.seq
      const before = this.watched.get(frame.conversationId)
      if (last !== undefined && before !== undefined)
        this.watched.set(frame.conversationId, Math.max(before, last))
    }
    if (frame.op === 'deskConversation') this.versions.set(frame.conversation.id, frame.conversation.version)
    this.ears.frame(frame)
  }

  private goOn(conversationId: string): void {
    const after = this.watched.get(conversationId)
    if (after !== undefined) this.put({ op: 'watch', conversationId, after })
  }

  private watchAll(): void {
    for (const conversationId of this.watched.keys()) this.goOn(conversationId)
  }

  /** Tries again after a while that doubles, with some chance in it, so that a thousand desks do not come at once. */
  private again(waitMs?: number): void {
    const doubled = Math.min(longestWaitMs, firstWaitMs * 2 ** this.failures++)
    // First the round, so that a socket that tells of its own closing is not heard any more.
    this.round++
    this.drop()
    const { round } = this
    this.time('again', () => void this.connect(round), waitMs ?? doubled * (0.5 + this.door.random() / 2))
  }

  private end(): void {
    this.round++
    this.drop()
    this.become('ended')
  }

  private drop(): void {
    for (const cancel of this.timers.values()) cancel()
    this.timers.clear()
    const { wire } = this
    this.wire = null
    wire?.close()
  }

  private become(state: LineState): void {
    if (this.state === state) return
    this.state = state
    this.ears.state(state)
  }

  private time(name: string, work: () => void, ms: number): void {
    this.cancel(name)
    this.timers.set(
      name,
      this.door.later(() => {
        this.timers.delete(name)
        work()
      }, ms),
    )
  }

  private cancel(name: string): void {
    this.timers.get(name)?.()
    this.timers.delete(name)
  }
}
