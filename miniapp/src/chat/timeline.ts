import type { ChatMessage, Conversation } from './types'

/** One conversation as this phone has it: messages in the server's order, each once. */
export interface Talk {
  readonly conversation: Conversation
  readonly messages: readonly ChatMessage[]
  /** There are older ones. */
  readonly more: boolean
}

/** Puts messages where they belong; of two with the same number the later one counts, for it is the newer reading. */
export function withMessages(talk: Talk, items: readonly ChatMessage[]): Talk {
  if (items.length === 0) return talk
  const bySeq = new Map([...talk.messages, ...items].map((message) => [message.seq, message]))
  return { ...talk, messages: [...bySeq.values()].sort((a, b) => a.seq - b.seq) }
}

/** What was recalled, where it is shown at all. */
export const withChanged = (talk: Talk, message: ChatMessage): Talk =>
  talk.messages.some(({ seq }) => seq === message.seq) ? withMessages(talk, [message]) : talk

export const withOlder = (talk: Talk, items: readonly ChatMessage[], more: boolean): Talk => ({
  ...withMessages(talk, items),
  more,
})

/** An answer that was on its way longer than a newer one changes nothing. */
export const withConversation = (talk: Talk, conversation: Conversation): Talk =>
  conversation.version < talk.conversation.version ? talk : { ...talk, conversation }

export const withRead = (
  talk: Talk,
  { residentReadSeq, staffReadSeq }: { residentReadSeq: number; staffReadSeq: number },
): Talk => ({
  ...talk,
  conversation: {
    ...talk.conversation,
    readSeq: Math.max(talk.conversation.readSeq, residentReadSeq),
    otherReadSeq: Math.max(talk.conversation.otherReadSeq, staffReadSeq),
  },
})

/** Words after such a silence, or of another day, get their time above them. */
const silenceMs = 5 * 60_000
const dayOf = (atMs: number): number => Math.floor((atMs + 8 * 3_600_000) / 86_400_000)

/** Whether a message is told with its time. */
export const opensGroup = (before: ChatMessage | undefined, message: ChatMessage): boolean =>
  before === undefined || message.at - before.at > silenceMs || dayOf(before.at) !== dayOf(message.at)

/** My last message that the other side can have read; its mark stands there alone. */
export const lastMine = (messages: readonly ChatMessage[]): ChatMessage | undefined =>
  messages.reduce<ChatMessage | undefined>(
    (last, message) => (message.mine && message.content.kind !== 'recalled' ? message : last),
    undefined,
  )
