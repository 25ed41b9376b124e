import type { ChatMessage } from './frames'

/** What this page has of one conversation. */
export interface Thread {
  /** By number, oldest first; numbers may have holes where something is not for this reader. */
  readonly items: readonly ChatMessage[]
  /** There are earlier ones that were not read yet. */
  readonly more: boolean
  readonly loaded: boolean
  /** Who writes now, and when that was last told. */
  readonly typing: { readonly name: string; readonly atMs: number } | null
}

const nothing: Thread = { items: [], more: false, loaded: false, typing: null }
/** So many conversations stay in the page; those looked at longest ago go first. */
const keptMax = 20

/** Puts messages in their places; one that is there already is replaced by what came later. */
export function merge(before: readonly ChatMessage[], come: readonly ChatMessage[]): readonly ChatMessage[] {
  const last = before.at(-1)?.seq ?? 0
  if (come.every((message, index) => message.seq > (come[index - 1]?.seq ?? last)))
    return [...before, ...come]
  const bySeq = new Map([...before, ...come].map((message) => [message.seq, message]))
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

/** The conversations that were opened in this page, so that going from one to another loses nothing. */
export class Threads {
  private readonly threads = new Map<string, Thread>()

  constructor(
    private readonly changed: () => void,
    /** Of one that was let go. */
    private readonly dropped: (conversationId: string) => void,
  ) {}

  get(conversationId: string): Thread {
    return this.threads.get(conversationId) ?? nothing
  }

  /** Puts it in front of those that are kept. */
  touch(conversationId: string): void {
    const thread = this.get(conversationId)
    this.threads.delete(conversationId)
    this.threads.set(conversationId, thread)
    const [oldest] = this.threads.keys()
    if (this.threads.size <= keptMax || oldest === undefined) return
    this.threads.delete(oldest)
    this.dropped(oldest)
  }

  /** The newest page, or an earlier one; `more` says whether there is something before it. */
  loaded(conversationId: string, items: readonly ChatMessage[], more: boolean): void {
    const before = this.get(conversationId)
    this.set(conversationId, { ...before, items: merge(before.items, items), more, loaded: true })
  }

  received(conversationId: string, items: readonly ChatMessage[]): void {
    const before = this.threads.get(conversationId)
    if (before === undefined || items.length === 0) return
    // Whoever has said something does not write it any more.
    const typing = items.some(({ mine }) => !mine) ? null : before.typing
    this.set(conversationId, { ...before, items: merge(before.items, items), typing })
  }

  /** A message that was recalled, or whose way outside has ended. */
  replaced(conversationId: string, message: ChatMessage): void {
    const before = this.threads.get(conversationId)
    if (before === undefined) return
    const items = before.items.map((one) => (one.seq === message.seq ? message : one))
    this.set(conversationId, { ...before, items })
  }

  typing(conversationId: string, name: string, atMs: number): void {
    const before = this.threads.get(conversationId)
    if (before !== undefined) this.set(conversationId, { ...before, typing: { name, atMs } })
  }

  private set(conversationId: string, thread: Thread): void {
    this.threads.set(conversationId, thread)
    this.changed()
  }
}
