import type { ActInput, ResidentType } from '../../../api/types'
import type { ChatMessage } from '../../../kit/line/frames'

export type Answer = string | number | string[]

export interface RequestDraft {
  readonly typeId: string | null
  readonly householdId: string | null
  readonly words: string
  readonly answers: Readonly<Record<string, Answer>>
  readonly priority: number | null
  /** The danger question of this type was answered, or its steps were read to the resident. */
  readonly gatePassed: boolean
}

const wordsMax = 500

/** What the resident wrote since a person was there last, as they wrote it: the beginning of the request's words. */
export function saidBy(items: readonly ChatMessage[]): string {
  const said = items.flatMap(({ from, content }) =>
    from === 'resident' && content.kind === 'text' ? [content.text.trim()] : [],
  )
  const lines: string[] = []
  // The newest lines count most where not all of them fit.
  for (const line of said.toReversed()) {
    if (lines.join('\n').length + line.length + 1 > wordsMax) break
    lines.unshift(line)
  }
  return lines.join('\n')
}

export type Missing = 'type' | 'home' | 'words' | 'gate'

export function missingIn(
  type: ResidentType | null,
  draft: RequestDraft,
): { readonly parts: Missing[]; readonly questions: string[] } {
  if (type === null) return { parts: ['type'], questions: [] }
  const parts: Missing[] = []
  if (type.stopper !== null && !draft.gatePassed) parts.push('gate')
  if (type.household === 'required' && draft.householdId === null) parts.push('home')
  if (draft.words.trim().length < 2) parts.push('words')
  const questions = type.questions
    .filter(({ code, required }) => required && textOf(draft.answers[code]) === '')
    .map(({ label }) => label)
  return { parts, questions }
}

const textOf = (answer: Answer | undefined): string =>
  answer === undefined ? '' : Array.isArray(answer) ? answer.join('、') : String(answer).trim()

export function requestInput(
  conversationId: string,
  typeId: string,
  { householdId, words, answers, priority }: RequestDraft,
): ActInput<'chatDesk.makeRequest'> {
  const said = Object.entries(answers)
    .map(([code, answer]) => [code, textOf(answer)] as const)
    .filter(([, text]) => text !== '')
  return {
    conversationId,
    typeId,
    words: words.trim(),
    answers: Object.fromEntries(said),
    ...(householdId !== null && { householdId }),
    ...(priority !== null && { priority }),
  }
}
