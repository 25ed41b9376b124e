import type { ChatMessage } from '../../../kit/line/frames'

/** Whoever was sent a bill pays it within this time, or comes back to it later. */
const payingMs = 30 * 60_000
const bills: readonly string[] = ['bill', 'pay', 'owed']

/** What the bills in a conversation say now, and whether one was sent so lately that it may be being paid. */
export function figuresOf(
  items: readonly ChatMessage[],
  nowMs: number,
): { readonly lines: string; readonly isAsked: boolean } {
  const shown = items.flatMap(({ at, content }) => {
    const cards = content.kind === 'card' ? [content.card] : content.kind === 'answers' ? content.cards : []
    return cards.filter(({ type, gone }) => bills.includes(type) && !gone).map(({ line }) => ({ at, line }))
  })
  return {
    lines: shown.map(({ line }) => line).join('\n'),
    isAsked: shown.some(({ at }) => nowMs - at < payingMs),
  }
}
