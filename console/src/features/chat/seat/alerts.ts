import type { ListWhy } from '../../../kit/line/frames'

/** What made a sound lately; several of the same at once are one. */
const quietMs = 1_500

/** Notes of each reason in hertz: a call rings, what is mine is two rising notes, trouble is two falling ones. */
const notesOf: Record<Exclude<ListWhy, 'changed'>, readonly number[]> = {
  assigned: [660, 880],
  message: [740],
  mention: [740, 740],
  escalated: [660, 440],
  'all-offline': [660, 440, 330],
  call: [880, 660, 880, 660],
}

export interface Alerting {
  /** The conversation before my eyes, while the page is looked at; null elsewhere. */
  readonly seen: string | null
  readonly sound: boolean
  readonly desktop: boolean
}

/** What a change of a list does: a word in a conversation that I look at is heard and shown by itself. */
export function alertFor(
  why: ListWhy,
  conversationId: string | null,
  { seen, sound, desktop }: Alerting,
): { readonly notes: readonly number[]; readonly shows: boolean } | null {
  if (why === 'changed') return null
  if (why === 'message' && conversationId !== null && conversationId === seen) return null
  return { notes: sound ? notesOf[why] : [], shows: desktop }
}

/** Lets one of a kind through in a while. */
export function createHush(nowMs: () => number): (kind: string) => boolean {
  const last = new Map<string, number>()
  return (kind) => {
    const now = nowMs()
    if (now - (last.get(kind) ?? -quietMs) < quietMs) return false
    last.set(kind, now)
    return true
  }
}
