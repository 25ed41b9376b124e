import { AppError } from '../../core/errors'

/** What a ready answer may name; each is filled in with what is known now of the conversation it is said in. */
export const CANNED_VARIABLES = ['称呼', '住址', '欠费', '到期日', '停供', '客服'] as const
type CannedVariable = (typeof CANNED_VARIABLES)[number]
/** Null for what is not known now. */
export type CannedFacts = Readonly<Record<CannedVariable, string | null>>

const VARIABLE = /\{\{([^{}]*)\}\}/g
const isKnown = (name: string): name is CannedVariable => CANNED_VARIABLES.some((known) => known === name)

/** Errors: invalid_input where the text names something that we do not have, or a bracket stands alone. */
export function checkCannedText(text: string): void {
  const unknown = [...text.matchAll(VARIABLE)]
    .map(([, name = '']) => name.trim())
    .find((name) => !isKnown(name))
  if (unknown !== undefined)
    throw wrongText(`没有“${unknown.slice(0, 12)}”这个变量，可以用：${CANNED_VARIABLES.join('、')}`)
  if (/\{\{|\}\}/.test(text.replace(VARIABLE, '')))
    throw wrongText('变量要写成 {{欠费}} 这样，两边各两个大括号')
}

/** The text with what is known filled in, and what is not: that stays open and cannot be sent as it is. */
export function fillCanned(text: string, facts: CannedFacts): { filled: string; missing: string[] } {
  const missing = new Set<string>()
  const filled = text.replace(VARIABLE, (whole, name: string) => {
    const known = name.trim()
    const value = isKnown(known) ? facts[known] : null
    if (value === null) missing.add(known)
    return value ?? whole
  })
  return { filled, missing: [...missing] }
}

/** Errors: invalid_input for words to a resident in which a variable is still open. */
export function assertNoVariables(text: string): void {
  const [, name = ''] = /\{\{([^{}]*)\}\}/.exec(text) ?? []
  if (name !== '') throw wrongText(`“${name.trim().slice(0, 12)}”现在查不到，请改成具体的话再发`)
}

function wrongText(message: string): AppError {
  return new AppError('invalid_input', { message: `${message}。`, fields: [{ path: 'text', message }] })
}
