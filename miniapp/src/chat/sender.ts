import { type Attachment, UploadQueue, type UploadPorts } from '../upload/queue'
import { change, nextOf, type Outgoing, retried, sentForm, withFile, without } from './outbox'
import type { Conversation, Sent, SendInput } from './types'

export interface SenderPorts {
  /** Keeps what was not sent, over closing the app. */
  keep(list: readonly Outgoing[]): void
  send(input: SendInput): Promise<Sent>
  /** Whether no answer came, or none that decides anything: the same message goes again later. */
  isUnsure(error: unknown): boolean
  /** Why it was refused, in words to be read. */
  reason(error: unknown): string
  uploads: UploadPorts
  /** A file that is not needed on this phone any more. */
  drop(path: string): void
  later(work: () => void, ms: number): () => void
  /** What to say of a file that the phone has lost. */
  gone: string
}

/** `waiting`: nothing goes out just now; it is tried again by itself. */
export type SenderState = 'idle' | 'sending' | 'waiting'

/** What has not been sent, and whether something is on its way. */
export interface Going {
  readonly list: readonly Outgoing[]
  readonly state: SenderState
}

export interface SenderListener {
  changed?(): void
  sent?(sent: Sent): void
}

const restsMs = [2_000, 5_000, 10_000, 30_000] as const

/**
 * Sends messages one after the other. They are kept before anything is sent and after every answer, so an app that dies
 * in between sends the same message under the same name again, and the server has it once.
 */
export class Sender {
  private running: Promise<void> | null = null
  private failures = 0
  private stopRest: () => void = () => undefined
  private readonly listeners = new Set<SenderListener>()

  private going: Going

  constructor(
    private readonly ports: SenderPorts,
    kept: readonly Outgoing[],
  ) {
    this.going = { list: kept, state: 'idle' }
  }

  /** The same object until something changes. */
  readonly now = (): Going => this.going

  private get kept(): readonly Outgoing[] {
    return this.going.list
  }

  /** Answers how to listen no more. */
  listen(listener: SenderListener): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  add(outgoing: Outgoing): void {
    this.show([...this.kept, outgoing])
    void this.run()
  }

  retry(clientId: string, open: Conversation | null): void {
    this.show(change(this.kept, clientId, (one) => retried(one, open)))
    void this.run()
  }

  remove(clientId: string): void {
    this.show(without(this.kept, clientId))
  }

  /** Sends until nothing is left, or until the network stops it. Calls meanwhile share one run. */
  run(): Promise<void> {
    this.stopRest()
    this.running ??= this.sendAll().finally(() => {
      this.running = null
    })
    return this.running
  }

  private async sendAll(): Promise<void> {
    for (let next = nextOf(this.kept); next; next = nextOf(this.kept)) {
      this.show(this.kept, 'sending')
      const went = await this.sendOne(next)
      if (!went) return this.rest()
      this.failures = 0
    }
    this.show(this.kept, 'idle')
  }

  private rest(): void {
    const ms = restsMs[Math.min(this.failures, restsMs.length - 1)] ?? 30_000
    this.failures += 1
    this.stopRest = this.ports.later(() => void this.run(), ms)
    this.show(this.kept, 'waiting')
  }

  private async sendOne(outgoing: Outgoing): Promise<boolean> {
    const input = sentForm(outgoing)
    if (input === null) return this.sendFile(outgoing)
    try {
      const sent = await this.ports.send(input)
      // The answer is shown first, so that the message does not flicker between its two places.
      for (const listener of this.listeners) listener.sent?.(sent)
      this.show(without(this.kept, outgoing.clientId))
    } catch (error) {
      if (this.ports.isUnsure(error)) return false
      const refused = this.ports.reason(error)
      this.show(change(this.kept, outgoing.clientId, (one) => ({ ...one, refused })))
    }
    return true
  }

  private async sendFile({ clientId, draft }: Outgoing): Promise<boolean> {
    if (draft.kind !== 'file') return true
    const queue = new UploadQueue(this.ports.uploads, [draft.file])
    // The message may have been taken away meanwhile; then there is nothing to change.
    const note = (file: Attachment | undefined): void => {
      if (file) this.show(change(this.kept, clientId, (one) => withFile(one, file, this.ports.gone)))
    }
    queue.listen(([file]) => note(file))
    await queue.run()
    note(queue.items[0])
    return queue.items[0]?.upload.state !== 'broken'
  }

  private show(list: readonly Outgoing[], state: SenderState = this.going.state): void {
    const needed = new Set(pathsOf(list))
    const unneeded = pathsOf(this.kept).filter((path) => !needed.has(path))
    if (list !== this.kept) this.ports.keep(list)
    this.going = { list, state }
    for (const listener of this.listeners) listener.changed?.()
    for (const path of unneeded) this.ports.drop(path)
  }
}

const pathsOf = (list: readonly Outgoing[]): string[] =>
  list.flatMap(({ draft }) => (draft.kind === 'file' ? [draft.file.path] : []))
