import { type Running, startChild, stopChild } from '../../scripts/processes'
import { createInterface } from 'node:readline'
import { childProgram } from './child-program'

/** One client with a socket: who it is, and the conversations that it watches and writes to. */
export interface ChatClient {
  readonly id: string
  readonly side: 'resident' | 'staff'
  readonly headers: Readonly<Record<string, string>>
  readonly conversations: readonly string[]
}

/** What the load is put on: the portal asks for a ticket, a bare relay does not. */
export interface ChatTarget {
  readonly port: number
  readonly tickets: boolean
  readonly clientsFile: string
}

export interface ChatTurn {
  readonly sent: number
  readonly received: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
  /** Code → how many. */
  readonly errors: Readonly<Record<string, number>>
}

/** Clients in a process of their own, which do what they are told line by line. */
export class ChatLoad {
  private constructor(
    private readonly running: Running,
    private readonly answers: AsyncIterator<string>,
  ) {}

  static async start(target: ChatTarget): Promise<ChatLoad> {
    const program = await childProgram('chat-clients')
    const args = [program, JSON.stringify(target)]
    const running = startChild('chat clients', process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    const { stdout } = running.child
    if (!stdout) throw new Error('its output is a pipe')
    return new ChatLoad(running, createInterface({ input: stdout })[Symbol.asyncIterator]())
  }

  /** Opens so many further sockets and watches their conversations. */
  async connect(count: number): Promise<void> {
    await this.ask(`connect ${count}`)
  }

  /** Writes at this rate for so long; answers when everything was received or has had ten seconds for it. */
  async turn(perSecond: number, seconds: number): Promise<ChatTurn> {
    return (await this.ask(`turn ${perSecond} ${seconds}`)) as ChatTurn
  }

  async stop(): Promise<void> {
    await stopChild(this.running, 2000)
  }

  private async ask(command: string): Promise<unknown> {
    this.running.child.stdin?.write(`${command}\n`)
    const { value, done } = await this.answers.next()
    if (done) throw new Error(`the chat clients ended at: ${command}`)
    return JSON.parse(value) as unknown
  }
}
