import { once } from 'node:events'
import { type ClientOptions, WebSocket } from 'ws'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { buildAtWork, buildSignedIn, send } from '../../testing/at-work'
import type { TestApp } from '../../testing/harness'
import type { ConversationRow } from './entities'
import { type FrameIn, type FrameOut, frameOut } from './frames'
import { openChat } from './open-chat'
import { findConversation, lockConversation, updateConversation } from './store'
import type { ChatMessage } from './views-schema'

/** Somebody with a session, as tests of the chat use them. */
export interface Someone {
  readonly id: string
  readonly headers: Readonly<Record<string, string>>
}

/** A client's socket that remembers everything it was told, each frame held to the contract. */
export class TestSocket {
  readonly frames: FrameOut[] = []
  closed: { code: number; reason: string } | null = null
  private readonly wakers = new Set<() => void>()

  private constructor(readonly ws: WebSocket) {
    ws.on('message', (data) => {
      this.frames.push(frameOut.parse(JSON.parse(String(data))))
      this.wake()
    })
    ws.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) }
      this.wake()
    })
    ws.on('error', () => this.wake())
  }

  /** Connects with a ticket; resolves when the server said hello. */
  static async open(url: string, options: ClientOptions = {}): Promise<TestSocket> {
    const socket = new TestSocket(new WebSocket(url, options))
    await socket.until(() => socket.frames[0]?.op === 'hello', 'hello')
    return socket
  }

  say(frame: FrameIn): void {
    this.ws.send(JSON.stringify(frame))
  }

  /** Waits for what it names, however long that takes; a socket that was closed first fails. */
  async until(isSo: () => boolean, what: string): Promise<void> {
    while (!isSo()) {
      if (this.closed) throw new Error(`closed (${this.closed.code} ${this.closed.reason}) before ${what}`)
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.wakers.delete(wake)
          resolve()
        }
        this.wakers.add(wake)
      })
    }
  }

  async closing(): Promise<{ code: number; reason: string }> {
    if (this.closed === null) await once(this.ws, 'close')
    return this.closed ?? { code: 0, reason: '' }
  }

  /** Every message that came, in the order in which it came. */
  messages(conversationId: string): ChatMessage[] {
    return this.frames.flatMap((frame) =>
      frame.op === 'messages' && frame.conversationId === conversationId ? frame.items : [],
    )
  }

  texts(conversationId: string): string[] {
    return this.messages(conversationId).map(({ content }) =>
      content.kind === 'text' ? content.text : content.kind,
    )
  }

  async heard(conversationId: string, count: number): Promise<ChatMessage[]> {
    await this.until(() => this.messages(conversationId).length >= count, `${count} messages`)
    return this.messages(conversationId)
  }

  of<O extends FrameOut['op']>(op: O): Extract<FrameOut, { op: O }>[] {
    return this.frames.filter((frame): frame is Extract<FrameOut, { op: O }> => frame.op === op)
  }

  /** The frame of this kind that comes next after those that came already, or one that did. */
  async next<O extends FrameOut['op']>(op: O, after = 0): Promise<Extract<FrameOut, { op: O }>> {
    await this.until(() => this.of(op).length > after, `a frame ${op}`)
    const found = this.of(op)[after]
    if (!found) throw new Error('it was there')
    return found
  }

  leave(): void {
    this.ws.terminate()
  }

  private wake(): void {
    for (const waker of this.wakers) waker()
  }
}

/** People and conversations of the chat, with short ways to act. */
export class TestChat {
  private serial = 0

  constructor(readonly app: TestApp) {}

  resident(): Promise<Someone> {
    return buildSignedIn(this.app)
  }

  agent(how: Parameters<typeof buildAtWork>[2] = {}, roles: Parameters<typeof buildAtWork>[1] = ['agent']) {
    return buildAtWork(this.app, roles, how)
  }

  /** A context of this resident as their socket has it. */
  as(someone: Someone): Ctx {
    return this.app.asResident(someone.id)
  }

  clientId(): string {
    return `client-${String(++this.serial).padStart(12, '0')}`
  }

  async ticket(someone: Someone): Promise<string> {
    const answer = await send(this.app, { name: 'chat.ticket', method: 'POST' }, someone.headers)
    const body = (await answer.json()) as { ticket?: string }
    if (body.ticket === undefined) throw new Error(`no ticket: ${JSON.stringify(body)}`)
    return body.ticket
  }

  url(ticket: string): string {
    return `${this.app.url.replace('http', 'ws')}/chat/socket?ticket=${ticket}`
  }

  async socket(someone: Someone, options: ClientOptions = {}): Promise<TestSocket> {
    return TestSocket.open(this.url(await this.ticket(someone)), options)
  }

  /** A conversation of theirs with the heating company; an agent has it where one is named. */
  async conversation(resident: Someone, agent?: { readonly id: string }): Promise<ConversationRow> {
    const row = await openChat(this.as(resident), { companyId: 'heating' })
    if (!agent) return row
    return this.change(row.id, {
      state: 'active',
      assigneeId: agent.id,
      assigneeName: '王芳',
      assignedAt: this.app.clock.now(),
    })
  }

  change(id: string, changes: Parameters<typeof updateConversation>[3]): Promise<ConversationRow> {
    const ctx = this.app.ctx()
    return inTransaction(ctx, async (tx) =>
      updateConversation(tx, ctx, await lockConversation(tx, id), changes),
    )
  }

  async row(id: string): Promise<ConversationRow> {
    const row = await findConversation(this.app.ctx().db.reader, id)
    if (!row) throw new Error('no such conversation')
    return row
  }

  text(conversationId: string, text: string, clientId = this.clientId()): FrameIn & { op: 'send' } {
    return { op: 'send', conversationId, clientId, content: { kind: 'text', text } }
  }
}

/** The status with which an upgrade was refused. */
export function refusedWith(url: string, options: ClientOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(url, options)
    ws.once('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0)
      ws.terminate()
    })
    ws.once('open', () => {
      ws.terminate()
      reject(new Error('it was let in'))
    })
    ws.on('error', () => undefined)
  })
}
