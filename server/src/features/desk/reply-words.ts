import { AppError } from '../../core/errors'

/** What a reply template may name; each is filled in from the request that is answered. */
export const REPLY_VARIABLES = ['编号', '类型', '住址', '状态', '最迟时间', '师傅', '客服'] as const
export type ReplyVariable = (typeof REPLY_VARIABLES)[number]

const VARIABLE = /\{\{([^{}]*)\}\}/g

const isKnown = (name: string): name is ReplyVariable => REPLY_VARIABLES.some((known) => known === name)

/** Errors: invalid_input where the text names something that we do not have, or a bracket stands alone. */
export function checkReplyText(text: string): void {
  const unknown = [...text.matchAll(VARIABLE)]
    .map(([, name = '']) => name.trim())
    .find((name) => !isKnown(name))
  if (unknown !== undefined)
    throw wrongText(`没有“${unknown.slice(0, 12)}”这个变量，可以用：${REPLY_VARIABLES.join('、')}`)
  if (/\{\{|\}\}/.test(text.replace(VARIABLE, '')))
    throw wrongText('变量要写成 {{编号}} 这样，两边各两个大括号')
}

function wrongText(message: string): AppError {
  return new AppError('invalid_input', { message: `${message}。`, fields: [{ path: 'text', message }] })
}

/** The template with its variables filled in; what a value says is never read as a variable again. */
export function fillReply(text: string, facts: Readonly<Record<ReplyVariable, string>>): string {
  return text.replace(VARIABLE, (whole, name: string) => {
    const known = name.trim()
    return isKnown(known) ? facts[known] : whole
  })
}

/** Whether a text for a resident still has a variable that nobody filled in. */
export function hasVariables(text: string): boolean {
  return /\{\{[^{}]*\}\}/.test(text)
}
