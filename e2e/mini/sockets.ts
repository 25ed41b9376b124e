import { WebSocket } from 'ws'
import type { DirectApi } from './native-api'
import type { MiniPlatform } from './platform-rules'

/** Both wallets allow so many at a time. */
const MOST_SOCKETS = 5
const OPEN = 1

interface SendOption {
  readonly data?: unknown
  readonly success?: (answer: object) => void
  readonly fail?: (answer: object) => void
}
type Hear = (answer: object) => void

/** What `connectSocket` gives: the listeners are the task's own. */
export interface SocketTask {
  onOpen(hear: Hear): void
  onMessage(hear: Hear): void
  onClose(hear: Hear): void
  onError(hear: Hear): void
  send(option: SendOption): void
  close(option?: object): void
}

interface ConnectOption {
  readonly url?: unknown
  readonly multiple?: unknown
  readonly success?: (answer: object) => void
  readonly fail?: (answer: object) => void
  readonly complete?: (answer: object) => void
}

/**
 * The sockets of a phone, as its wallet hands them out: real ones, to the one host that the mini-program's settings
 * name, five at a time, text only. `cut` is a network that goes away.
 */
export class PhoneSockets {
  private readonly open = new Set<WebSocket>()
  private readonly hearers = new Set<Hear>()
  /** How many were ever opened. */
  opened = 0
  private reachable = true
  /** Something on the way lets no socket through, as some company networks do. */
  blocked = false

  constructor(
    private readonly platform: MiniPlatform,
    /** The portal, as the settings of the mini-program name it. */
    private readonly portal: string,
    private readonly fault: (words: string) => void,
  ) {}

  direct(): Record<string, DirectApi> {
    return {
      connectSocket: (option) => this.connect((option ?? {}) as ConnectOption),
      onNetworkStatusChange: (hear) => void this.hearers.add(hear as Hear),
      offNetworkStatusChange: (hear) => void this.hearers.delete(hear as Hear),
    }
  }

  /** The network goes: whatever was open ends without a word. */
  cut(): void {
    this.reachable = false
    this.tellAll()
    for (const socket of this.open) socket.terminate()
  }

  mend(): void {
    this.reachable = true
    this.tellAll()
  }

  private tellAll(): void {
    const isConnected = this.reachable
    for (const hear of this.hearers) hear({ isConnected, networkType: isConnected ? 'wifi' : 'none' })
  }

  private connect(option: ConnectOption): SocketTask | undefined {
    const refusal = this.refusalOf(option)
    if (refusal !== null) this.fault(refusal)
    if (refusal !== null || !this.reachable || this.blocked) {
      const answer = { errMsg: `connectSocket:fail ${refusal ?? 'no network'}`, error: 2 }
      setTimeout(() => {
        option.fail?.(answer)
        option.complete?.(answer)
      })
      return deadTask()
    }
    this.opened += 1
    const socket = new WebSocket(String(option.url))
    this.open.add(socket)
    socket.on('close', () => this.open.delete(socket))
    // An error is followed by a close; without a listener it would end the run.
    socket.on('error', () => undefined)
    setTimeout(() => option.success?.({ errMsg: 'connectSocket:ok' }))
    // Without `multiple` Alipay has one socket for the whole app and hands over nothing.
    return this.platform === 'alipay' && option.multiple !== true ? undefined : this.taskOf(socket)
  }

  /** What the wallet itself would refuse; null where it would not. */
  private refusalOf({ url }: ConnectOption): string | null {
    const allowed = this.portal.replace(/^http/, 'ws')
    if (typeof url !== 'string' || !/^wss?:\/\//.test(url)) return `a socket to ${String(url)}`
    if (!url.startsWith(`${allowed}/`)) return `url not in domain list: ${url}`
    return this.open.size >= MOST_SOCKETS ? 'more than five sockets at a time' : null
  }

  private taskOf(socket: WebSocket): SocketTask {
    return {
      onOpen: (hear) => void socket.on('open', () => hear({ header: {} })),
      onMessage: (hear) =>
        void socket.on('message', (data, isBinary) => {
          if (isBinary) return this.fault('the server sent a binary frame')
          const text = String(data)
          hear({ data: this.platform === 'alipay' ? { data: text, isBuffer: false } : text })
        }),
      onClose: (hear) => void socket.on('close', (code, reason) => hear({ code, reason: String(reason) })),
      onError: (hear) => void socket.on('error', (error) => hear({ errMsg: error.message })),
      send: (option) => this.send(socket, option),
      close: () => socket.close(),
    }
  }

  private send(socket: WebSocket, { data, success, fail }: SendOption): void {
    if (socket.readyState !== OPEN)
      return void setTimeout(() => fail?.({ errMsg: 'sendSocketMessage:fail not connected' }))
    if (typeof data !== 'string') return this.fault(`a socket was given ${typeof data} to send`)
    socket.send(data)
    setTimeout(() => success?.({ errMsg: 'sendSocketMessage:ok' }))
  }
}

/** A task whose socket never comes to be tells nobody anything more. */
function deadTask(): SocketTask {
  const nothing = (): void => undefined
  return {
    onOpen: nothing,
    onMessage: nothing,
    onClose: nothing,
    onError: nothing,
    send: ({ fail }) => void setTimeout(() => fail?.({ errMsg: 'sendSocketMessage:fail' })),
    close: nothing,
  }
}
