import { WebSocket } from 'ws'
import type { ChatClient } from '../lib/chat-load'
import { pause } from './portal-client'
import type { Random } from './random'

/** A message that a client means to send, and what it was told of it. */
export interface Meant {
  readonly conversationId: string
  readonly clientId: string
  readonly text: string
  /** `refused`: told that it may not, so nobody may ever read it. */
  ending: 'open' | 'kept' | 'refused'
  /** How often it was said, and what the last answer was that left it open. */
  tries: number
  told: string
}

interface Frame {
  readonly op: string
  readonly conversationId: string
  readonly clientId: string | null
  readonly code: string
  readonly items: readonly { readonly seq: number; readonly clientId: string | null }[]
  readonly conversation: { readonly id: string; readonly version: number }
}

/** Told this, a client asks again; anything else is an answer. */
const AGAIN = new Set(['busy', 'rate_limited', 'database_unavailable', 'internal', 'conversation_changed'])
const ANSWER_MS = 3_000

/**
 * One client as the mini-program or the console is one: it keeps what it wants to say until it was told what became of
 * it, connects again wherever somebody answers, and asks for what comes after the last message that it has.
 */
export class Chatter {
  /** Numbers in the order in which they came, by conversation. */
  readonly got = new Map<string, number[]>()
  readonly doubled: string[] = []
  reconnects = 0
  private readonly versions = new Map<string, number>()
  private over = false

  constructor(
    readonly client: ChatClient,
    readonly outbox: readonly Meant[],
    private readonly how: {
      /** Another way when sockets are blocked. */
      readonly polls: boolean
      readonly ports: readonly number[]
      readonly random: Random
      /** Lets its connections go on average so often; null when the storm is over. */
      readonly breakEveryMs: () => number | null
    },
  ) {
    for (const id of client.conversations) this.got.set(id, [])
  }

  isDone(): boolean {
    return this.outbox.every(({ ending }) => ending !== 'open')
  }

  async run(): Promise<void> {
    while (!this.over) {
      try {
        await (this.how.polls ? this.poll() : this.connect())
      } catch {
        // Nobody answers there now; somebody else may.
        await pause(100 + this.how.random.below(200))
      }
    }
  }

  stop(): void {
    this.over = true
  }

  private last(conversationId: string): number {
    return this.got.get(conversationId)?.at(-1) ?? 0
  }

  private take({ op, conversationId, items, conversation }: Frame): void {
    if (op === 'conversation' || op === 'deskConversation')
      this.versions.set(conversation.id, conversation.version)
    if (op !== 'messages') return
    const got = this.got.get(conversationId) ?? []
    for (const { seq, clientId } of items) {
      if (seq <= (got.at(-1) ?? 0)) this.doubled.push(`${conversationId} ${seq} after ${got.at(-1)}`)
      else got.push(seq)
      if (clientId !== null) this.settle(clientId, 'kept')
    }
  }

  private settle(clientId: string, ending: Meant['ending']): void {
    const meant = this.outbox.find((each) => each.clientId === clientId)
    if (meant?.ending === 'open') meant.ending = ending
  }

  private hear(frame: Frame): void {
    this.take(frame)
    if (frame.clientId === null || frame.clientId === undefined) return
    if (frame.op === 'sent') this.settle(frame.clientId, 'kept')
    if (frame.op !== 'error') return
    this.note(frame.clientId, frame.code)
    if (!AGAIN.has(frame.code)) this.settle(frame.clientId, 'refused')
  }

  private note(clientId: string, told: string): void {
    const meant = this.outbox.find((each) => each.clientId === clientId)
    if (meant) meant.told = told
  }

  private headers(): Record<string, string> {
    return { ...this.client.headers, 'content-type': 'application/json', connection: 'close' }
  }

  private async connect(): Promise<void> {
    const port = this.how.random.pick(this.how.ports)
    const answer = await fetch(`http://127.0.0.1:${port}/api/chat.ticket`, {
      method: 'POST',
      headers: this.headers(),
      body: '{}',
      signal: AbortSignal.timeout(ANSWER_MS),
    })
    const { ticket } = (await answer.json()) as { ticket?: string }
    const ws = new WebSocket(`ws://127.0.0.1:${port}/chat/socket?ticket=${ticket}`)
    const closed = new Promise<void>((resolve) => ws.once('close', () => resolve()))
    ws.on('error', () => undefined)
    ws.on('message', (data: Buffer) => {
      // What comes on a connection that was let go is not looked at, as in any client.
      if (ws.readyState !== ws.OPEN) return
      const frame = JSON.parse(data.toString('utf8')) as Frame
      if (frame.op === 'lost') ws.terminate()
      else this.hear(frame)
    })
    ws.once('open', () => {
      for (const conversationId of this.client.conversations)
        ws.send(JSON.stringify({ op: 'watch', conversationId, after: this.last(conversationId) }))
    })
    await Promise.race([closed, this.live(ws)])
    ws.terminate()
    await closed
    this.reconnects++
  }

  /** Says what it means to, one after the other, until it loses the connection or means to. */
  private async live(ws: WebSocket): Promise<void> {
    const every = this.how.breakEveryMs()
    const until =
      every === null ? Number.POSITIVE_INFINITY : performance.now() + every * (0.3 + this.how.random.next())
    while (!this.over && performance.now() < until && ws.readyState <= ws.OPEN) {
      const next = this.outbox.find(({ ending }) => ending === 'open')
      if (next && ws.readyState === ws.OPEN) {
        next.tries++
        const { conversationId, clientId, text } = next
        const content = { kind: 'text', text }
        ws.send(JSON.stringify({ op: 'send', conversationId, clientId, content }))
      }
      await pause(80 + this.how.random.below(240))
    }
  }

  /** Asks and says by requests alone, the one while the other waits. */
  private async poll(): Promise<void> {
    const port = this.how.random.pick(this.how.ports)
    const watch = this.client.conversations
      .map((id) => `${id}:${this.last(id)}:${this.versions.get(id) ?? 0}`)
      .join(',')
    const asking = fetch(`http://127.0.0.1:${port}/chat/poll?watch=${watch}&wait=2`, {
      headers: this.headers(),
      signal: AbortSignal.timeout(ANSWER_MS + 2000),
    }).then(async (answer) => (await answer.json()) as { frames?: Frame[] })
    const next = this.outbox.find(({ ending }) => ending === 'open')
    const saying = next ? this.post(port, next) : Promise.resolve()
    const [asked, said] = await Promise.allSettled([asking, saying])
    if (asked.status === 'fulfilled') for (const frame of asked.value.frames ?? []) this.take(frame)
    this.reconnects++
    if (asked.status === 'rejected' || said.status === 'rejected') throw new Error('nobody answered')
  }

  private async post(port: number, meant: Meant): Promise<void> {
    const { conversationId, clientId, text } = meant
    meant.tries++
    const answer = await fetch(`http://127.0.0.1:${port}/api/chat.send`, {
      method: 'POST',
      headers: this.headers(),
      body: JSON.stringify({ conversationId, clientId, content: { kind: 'text', text } }),
      signal: AbortSignal.timeout(ANSWER_MS),
    })
    const body = (await answer.json()) as { error?: { code: string } }
    this.note(clientId, body.error?.code ?? String(answer.status))
    if (answer.ok) this.settle(clientId, 'kept')
    else if (answer.status < 500 && !AGAIN.has(body.error?.code ?? '')) this.settle(clientId, 'refused')
  }
}
