import type { SocketPlatform } from '../platform/types'
import type { FrameIn, FrameOut } from './types'

/** The way out of this phone, handed in so that tests can play it. */
export interface LineDoor {
  /** A ticket is good for one socket. */
  ticket(): Promise<{ url: string; pollUrl: string }>
  connect: SocketPlatform['open']
  /** Answers when there is something, or after `waitSeconds` with nothing. */
  poll(pollUrl: string, asked: { watch: string; waitSeconds: number }): Promise<readonly FrameOut[]>
  /** Nobody is signed in any more, so that asking again is in vain. */
  isOver(error: unknown): boolean
  later(work: () => void, ms: number): () => void
  random(): number
}

/** `live` by socket, `polling` where none can be had, `lost` while neither works and another try is due. */
export type LineState = 'off' | 'connecting' | 'live' | 'polling' | 'lost'

export interface LineListener {
  frame(frame: FrameOut): void
  state(state: LineState): void
}

const restsMs = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const
/** After so many sockets that never said hello, something on the way does not let them through. */
const socketTries = 3
const helloMs = 10_000
const socketAgainMs = 120_000
const pollWaitSeconds = 20
const silentBeatsMost = 2

interface Watch {
  readonly conversationId: string
  after: number
  version: number
}

/**
 * Follows one conversation over whatever way there is: what is behind the last number comes in order and once, however
 * often the way breaks.
 */
export class Line {
  private state: LineState = 'off'
  private wire: ReturnType<SocketPlatform['open']> | null = null
  private greeted = false
  /** Whatever began in an earlier turn means nothing any more. */
  private turn = 0
  private failures = 0
  private socketFailures = 0
  private silentBeats = 0
  private pollUrl = ''
  private watched: Watch | null = null
  private readonly timers = new Set<() => void>()

  private listener: LineListener = { frame: () => undefined, state: () => undefined }

  constructor(private readonly door: LineDoor) {}

  /** Tells of everything from now on, to one listener. */
  listen(listener: LineListener): void {
    this.listener = listener
  }

  /** From now on everything behind `after` of this conversation is given, and of no other. */
  watch(conversationId: string, after: number): void {
    const before = this.watched
    this.watched = { conversationId, after, version: 0 }
    if (before && before.conversationId !== conversationId)
      this.put({ op: 'unwatch', conversationId: before.conversationId })
    if (this.greeted) this.putWatch()
    else if (this.state === 'polling') this.startPolling()
  }

  /** The app is in view, or has a network again: no wait is waited out. */
  show(): void {
    if (this.greeted) return this.beat()
    this.failures = 0
    void this.connect()
  }

  hide(): void {
    this.endTurn()
    this.become('off')
  }

  /** False where there is no socket just now. */
  put(frame: FrameIn): boolean {
    if (!this.wire || !this.greeted) return false
    try {
      this.wire.send(JSON.stringify(frame))
      return true
    } catch {
      this.broke()
      return false
    }
  }

  private async connect(): Promise<void> {
    const mine = this.endTurn()
    this.become('connecting')
    let url: string
    try {
      const ticket = await this.door.ticket()
      if (mine !== this.turn) return
      this.pollUrl = ticket.pollUrl
      url = ticket.url
    } catch (error) {
      if (mine === this.turn) this.rest(error)
      return
    }
    this.after(helloMs, () => this.broke())
    try {
      this.wire = this.door.connect(url, {
        text: (text) => {
          if (mine === this.turn) this.hear(text)
        },
        closed: () => {
          if (mine === this.turn) this.broke()
        },
      })
    } catch {
      this.broke()
    }
  }

  private hear(text: string): void {
    const frame = JSON.parse(text) as FrameOut
    this.silentBeats = 0
    if (frame.op !== 'hello') {
      this.failures = 0
      return this.take(frame)
    }
    this.stopTimers()
    this.greeted = true
    this.socketFailures = 0
    this.become('live')
    this.putWatch()
    this.beatEvery(frame.beatMs)
  }

  private take(frame: FrameOut): void {
    if (frame.op === 'lost') return this.putWatch()
    if (frame.op === 'messages') return this.takeMessages(frame)
    if (frame.op === 'conversation' && frame.conversation.id === this.watched?.conversationId)
      this.watched.version = frame.conversation.version
    this.listener.frame(frame)
  }

  /** The server gives them in order; what came before a break may come again. */
  private takeMessages(frame: Extract<FrameOut, { op: 'messages' }>): void {
    const { watched } = this
    if (!watched || watched.conversationId !== frame.conversationId) return
    const items = frame.items.filter(({ seq }) => seq > watched.after)
    const last = items[items.length - 1]
    if (last) {
      watched.after = last.seq
      this.listener.frame({ ...frame, items })
    }
    if (frame.more) this.putWatch()
  }

  private putWatch(): void {
    if (!this.watched) return
    const { conversationId, after } = this.watched
    this.put({ op: 'watch', conversationId, after })
  }

  private beatEvery(beatMs: number): void {
    this.after(beatMs, () => {
      if (this.silentBeats >= silentBeatsMost) return this.broke()
      this.beat()
      if (this.greeted) this.beatEvery(beatMs)
    })
  }

  private beat(): void {
    this.silentBeats += 1
    this.put({ op: 'ping' })
  }

  private broke(): void {
    if (!this.greeted) this.socketFailures += 1
    this.endTurn()
    if (this.socketFailures >= socketTries) this.startPolling()
    else this.rest(null)
  }

  private startPolling(): void {
    const mine = this.endTurn()
    this.become('polling')
    this.after(socketAgainMs, () => void this.connect())
    void this.pollOn(mine)
  }

  private async pollOn(mine: number): Promise<void> {
    while (mine === this.turn) {
      const { watched } = this
      const watch = watched ? `${watched.conversationId}:${watched.after}:${watched.version}` : ''
      try {
        const frames = await this.door.poll(this.pollUrl, { watch, waitSeconds: pollWaitSeconds })
        if (mine !== this.turn) return
        this.failures = 0
        for (const frame of frames) this.take(frame)
      } catch (error) {
        if (mine === this.turn) this.rest(error)
        return
      }
    }
  }

  /** Another try after a while that grows; phones that lost the same server do not all come back at once. */
  private rest(error: unknown): void {
    this.endTurn()
    if (error !== null && this.door.isOver(error)) return this.become('off')
    this.become('lost')
    const ms = restsMs[Math.min(this.failures, restsMs.length - 1)] ?? 30_000
    this.failures += 1
    this.after(ms * (0.5 + this.door.random() / 2), () => void this.connect())
  }

  private endTurn(): number {
    this.turn += 1
    this.greeted = false
    this.silentBeats = 0
    this.stopTimers()
    const { wire } = this
    this.wire = null
    wire?.close()
    return this.turn
  }

  private after(ms: number, work: () => void): void {
    const stop = this.door.later(() => {
      this.timers.delete(stop)
      work()
    }, ms)
    this.timers.add(stop)
  }

  private stopTimers(): void {
    for (const stop of this.timers) stop()
    this.timers.clear()
  }

  private become(state: LineState): void {
    if (state === this.state) return
    this.state = state
    this.listener.state(state)
  }
}
