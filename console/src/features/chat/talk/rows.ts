import type { ChatMessage } from '../../../kit/line/frames'
import { dayOf } from '../../../kit/format'

/** Where a message stands: residents left, we right, what happened between; notes and whispers have their colours. */
export type Side = 'them' | 'us' | 'bot' | 'line' | 'note' | 'whisper'

export function sideOf({
  audience,
  from,
  content,
}: Pick<ChatMessage, 'audience' | 'from' | 'content'>): Side {
  if (content.kind === 'event') return 'line'
  if (audience === 'note' || audience === 'whisper') return audience
  if (from === 'resident') return 'them'
  if (from === 'staff') return 'us'
  return from === 'bot' ? 'bot' : 'line'
}

/** Messages by their day in Shanghai, in order. */
export function byDay(
  items: readonly ChatMessage[],
): readonly { readonly day: string; readonly items: ChatMessage[] }[] {
  const days: { day: string; items: ChatMessage[] }[] = []
  for (const message of items) {
    const day = dayOf(message.at)
    const last = days.at(-1)
    if (last?.day === day) last.items.push(message)
    else days.push({ day, items: [message] })
  }
  return days
}

/** The first message of the resident that nobody had read when the conversation was opened; null when there is none. */
export const firstUnread = (items: readonly ChatMessage[], readSeq: number): number | null =>
  items.find(({ seq, from }) => seq > readSeq && from === 'resident')?.seq ?? null

const togetherMs = 2 * 60_000

/** Whether a message goes on with what the same person said just before, to the same readers. */
export function followsOn(before: ChatMessage | undefined, message: ChatMessage): boolean {
  if (before === undefined || sideOf(before) === 'line') return false
  return (
    sideOf(before) === sideOf(message) && before.name === message.name && message.at - before.at < togetherMs
  )
}

/** How far one of our messages has come. */
export function stateOf(
  message: Pick<ChatMessage, 'seq' | 'outside' | 'audience' | 'from'>,
  residentReadSeq: number,
): 'read' | 'delivered' | 'due' | 'failed' | 'unknown' | null {
  if (message.audience !== 'all' || message.from !== 'staff') return null
  // Nobody tells us what was read in WeChat's own window.
  if (message.outside === 'sent') return 'delivered'
  if (message.outside !== null) return message.outside
  return message.seq <= residentReadSeq ? 'read' : 'delivered'
}
