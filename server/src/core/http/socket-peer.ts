import type { RawData, WebSocket } from 'ws'
import { monotonicMs } from '../clock'
import type { Core } from '../context'
import { outsideTransaction } from '../db/database'
import { AppError } from '../errors'
import { toAppError } from './respond'

/** What the other side of a socket may be told. */
export interface Peer {
  /**
   * Writes one text frame. False when the client reads too slowly: then this frame was not written and nothing more is,
   * until `drained` is called.
   */
  send(text: string): boolean
  close(code: number, reason: string): void
}

/** One open socket, as the feature that owns it sees it. */
export interface SocketSession {
  /** One frame, after the one before it is done with. A thrown `invalid_input` counts as garbage. */
  readonly frame: (text: string) => Promise<void>
  /** The frame that says this error, for whatever the transport itself refuses. */
  readonly errorFrame: (error: AppError) => string
  /** What was left unread has been read: whatever was not written meanwhile is lost. */
  readonly drained: () => void
  readonly closed: () => void
}

export interface OpenPeer extends Peer {
  /** Looks whether it is still there and still reads. */
  sweep(): void
  cut(): void
}

/** Frames that wait while one is worked on; who sends more does not wait for answers at all. */
const WAITING_MAX = 64
/** So many frames that mean nothing, or came too fast, and it is let go. */
const GARBAGE_MAX = 10
const TOO_FAST_MAX = 100
const POLICY = 1008
const TRY_LATER = 1013
const GOODBYE_MS = 1000
const BEATS = 2.5

/**
 * One socket: its frames one after the other, never faster than it may, written to only while it reads. Time is that
 * of the machine and not of the portal's clock, which may be corrected.
 */
class SocketPeer implements OpenPeer {
  private heardAt = monotonicMs()
  private slowSince: number | null = null
  private tokens: number
  private filledAt = monotonicMs()
  private garbage = 0
  private tooFast = 0
  private readonly waiting: string[] = []
  private working = false
  private leaving = false
  private session: SocketSession | null = null

  constructor(
    private readonly core: Core,
    private readonly ws: WebSocket,
  ) {
    this.tokens = core.config.sockets.frameBurst
  }

  begin(open: (peer: Peer) => SocketSession, release: () => void): void {
    const { ws } = this
    // Whatever is wrong with a frame, the library closes the socket itself: 1009 for too long, 1007 for bad text.
    ws.on('error', () => undefined)
    ws.on('message', (data, isBinary) => this.hear(data, isBinary))
    ws.once('close', () => {
      this.leaving = true
      this.waiting.length = 0
      release()
      this.session?.closed()
    })
    this.session = open(this)
  }

  send(text: string): boolean {
    const { ws } = this
    if (this.leaving || this.slowSince !== null || ws.readyState !== ws.OPEN) return false
    if (ws.bufferedAmount > this.core.config.sockets.unreadBytesMax) {
      this.slowSince = monotonicMs()
      return false
    }
    ws.send(text)
    return true
  }

  close(code: number, reason: string): void {
    if (this.leaving) return
    this.leaving = true
    this.ws.close(code, reason)
    // Whoever does not read will not answer either.
    setTimeout(() => this.ws.terminate(), GOODBYE_MS).unref()
  }

  cut(): void {
    this.ws.terminate()
  }

  sweep(): void {
    const now = monotonicMs()
    const { beatMs, slowMs, unreadBytesMax } = this.core.config.sockets
    if (now - this.heardAt > beatMs * BEATS) return this.cut()
    if (this.slowSince === null) return
    if (this.ws.bufferedAmount * 2 <= unreadBytesMax) {
      this.slowSince = null
      this.session?.drained()
    } else if (now - this.slowSince > slowMs) this.close(TRY_LATER, 'slow')
  }

  private hear(data: RawData, isBinary: boolean): void {
    if (this.leaving) return
    this.heardAt = monotonicMs()
    if (!this.takeToken() || this.waiting.length >= WAITING_MAX) return this.slowDown()
    if (isBinary || !Buffer.isBuffer(data)) return this.refuse(new AppError('invalid_input'))
    this.waiting.push(data.toString('utf8'))
    if (!this.working) outsideTransaction(() => void this.work())
  }

  private takeToken(): boolean {
    const { frameBurst, framesPerSecond } = this.core.config.sockets
    this.tokens = Math.min(
      frameBurst,
      this.tokens + ((this.heardAt - this.filledAt) * framesPerSecond) / 1000,
    )
    this.filledAt = this.heardAt
    if (this.tokens < 1) return false
    this.tokens -= 1
    return true
  }

  private slowDown(): void {
    this.tooFast++
    if (this.tooFast === 1) this.say(new AppError('rate_limited', { retryAfterSeconds: 1 }))
    if (this.tooFast > TOO_FAST_MAX) this.close(POLICY, 'too fast')
  }

  private async work(): Promise<void> {
    this.working = true
    for (let text = this.waiting.shift(); text !== undefined && !this.leaving; text = this.waiting.shift()) {
      try {
        await this.session?.frame(text)
        this.tooFast = 0
      } catch (thrown) {
        const error = toAppError(thrown)
        if (error.report) this.core.log.error({ err: error.cause ?? error }, 'sockets.frame-failed')
        this.refuse(error)
      }
    }
    this.working = false
  }

  private refuse(error: AppError): void {
    this.say(error)
    if (error.code === 'invalid_input' && ++this.garbage >= GARBAGE_MAX) this.close(POLICY, 'garbage')
  }

  private say(error: AppError): void {
    if (this.session) this.send(this.session.errorFrame(error))
  }
}

export function openPeer(
  core: Core,
  ws: WebSocket,
  open: (peer: Peer) => SocketSession,
  release: () => void,
): OpenPeer {
  const peer = new SocketPeer(core, ws)
  peer.begin(open, release)
  return peer
}
