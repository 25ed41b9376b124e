import type { NewMessage } from './frames'

/** A message of mine that the server has not confirmed yet. */
export interface Outgoing {
  readonly message: NewMessage
  readonly at: number
  /** `sent` is confirmed and only waits to come back in its place. */
  readonly state: 'sending' | 'sent' | 'failed'
  readonly why: string | null
}

export interface OutboxDoor {
  /** Over the socket; false without one. */
  put(message: NewMessage): boolean
  /** Over HTTP: the same clientId is the same message, whichever way it went before. */
  post(message: NewMessage): Promise<void>
  /** Words for a refusal that no repeat can change; null when the message may be repeated. */
  refusal(error: unknown): string | null
  later(work: () => void, ms: number): () => void
  nowMs(): number
}

/** The socket's word is awaited this long before the same message goes over HTTP as well. */
const confirmMs = 6_000
const triesMax = 4

/**
 * What was written and is on its way. Messages of one conversation go one after the other, so that they arrive in the
 * order in which they were written; whatever happens on the way, each keeps its clientId.
 */
export class Outbox {
  private readonly entries = new Map<string, Outgoing>()
  private readonly underWay = new Map<string, { clientId: string; cancel: () => void }>()

  constructor(
    private readonly door: OutboxDoor,
    private readonly changed: () => void,
  ) {}

  /** All of them, oldest first; the array is new after each change. */
  list(): readonly Outgoing[] {
    return [...this.entries.values()]
  }

  add(message: NewMessage, at = this.door.nowMs()): void {
    this.set({ message, at, state: 'sending', why: null })
    this.next(message.conversationId)
  }

  /** The same message once more, as it was. */
  retry(clientId: string): void {
    const found = this.entries.get(clientId)
    if (found?.state !== 'failed') return
    this.set({ ...found, state: 'sending', why: null })
    this.next(found.message.conversationId)
  }

  /** Of a failed one: the person takes it back. */
  discard(clientId: string): void {
    if (this.entries.get(clientId)?.state === 'failed') this.remove(clientId)
  }

  /** The server said that it has it. */
  confirmed(clientId: string): void {
    const found = this.entries.get(clientId)
    if (found === undefined) return
    this.set({ ...found, state: 'sent', why: null })
    this.over(clientId)
  }

  /** It came back in its place. */
  arrived(clientId: string): void {
    if (!this.entries.has(clientId)) return
    this.remove(clientId)
    this.over(clientId)
  }

  refused(clientId: string, why: string): void {
    const found = this.entries.get(clientId)
    if (found?.state !== 'sending') return
    this.set({ ...found, state: 'failed', why })
    this.over(clientId)
  }

  /** The socket is gone: what it carried goes the other way at once. */
  lineLost(): void {
    for (const [conversationId, { clientId, cancel }] of this.underWay) {
      cancel()
      this.go(conversationId, clientId, 0)
    }
  }

  private next(conversationId: string): void {
    if (this.underWay.has(conversationId)) return
    const first = this.list().find(
      ({ message, state }) => message.conversationId === conversationId && state === 'sending',
    )
    if (first !== undefined) this.go(conversationId, first.message.clientId, 0)
  }

  private go(conversationId: string, clientId: string, tries: number): void {
    const message = this.entries.get(clientId)?.message
    if (message === undefined) return
    if (tries === 0 && this.door.put(message)) {
      const cancel = this.door.later(() => this.go(conversationId, clientId, 1), confirmMs)
      this.underWay.set(conversationId, { clientId, cancel })
      return
    }
    this.underWay.set(conversationId, { clientId, cancel: () => undefined })
    this.door.post(message).then(
      () => this.confirmed(clientId),
      (error: unknown) => this.failed(conversationId, clientId, tries + 1, error),
    )
  }

  private failed(conversationId: string, clientId: string, tries: number, error: unknown): void {
    // The socket may have brought it meanwhile.
    if (this.entries.get(clientId)?.state !== 'sending') return
    const why = this.door.refusal(error)
    if (why !== null || tries >= triesMax) return this.refused(clientId, why ?? '')
    const cancel = this.door.later(() => this.go(conversationId, clientId, tries), 1000 * 2 ** tries)
    this.underWay.set(conversationId, { clientId, cancel })
  }

  private over(clientId: string): void {
    for (const [conversationId, way] of this.underWay) {
      if (way.clientId !== clientId) continue
      way.cancel()
      this.underWay.delete(conversationId)
      this.next(conversationId)
    }
  }

  private set(entry: Outgoing): void {
    this.entries.set(entry.message.clientId, entry)
    this.changed()
  }

  private remove(clientId: string): void {
    this.entries.delete(clientId)
    this.changed()
  }
}
