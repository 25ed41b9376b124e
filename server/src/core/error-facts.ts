import { AppError } from './errors'

export interface ErrorFacts {
  readonly type: string
  readonly message: string
  readonly stack: string
  /** Named so because `code` is what SMS and login codes are called, and those are cut out of every log line. */
  readonly errorCode?: string
  /** Our own words for whoever is on duty, where the error is ours. */
  readonly detail?: string
  readonly cause?: ErrorFacts
}

/** A chain longer than this is a circle. */
const DEEPEST_CAUSE = 4

/**
 * What a log may say about an error: its type, message, place and code, and the same of its causes. Everything else
 * that hangs on it stays out: a database's error carries the statement with its parameters, a Redis one its command.
 */
export function errorFacts(error: unknown, depth = 0): ErrorFacts {
  if (!(error instanceof Error)) return { type: typeof error, message: messageOf(error), stack: '' }
  const code = 'code' in error ? error.code : undefined
  return {
    type: error.name,
    message: messageOf(error),
    stack: placeOf(error),
    ...(typeof code === 'string' || typeof code === 'number' ? { errorCode: String(code) } : {}),
    ...(error instanceof AppError && error.detail !== undefined ? { detail: error.detail } : {}),
    ...(error.cause === undefined || depth >= DEEPEST_CAUSE
      ? {}
      : { cause: errorFacts(error.cause, depth + 1) }),
  }
}

/** The places in which MySQL and MariaDB repeat a value of a row, or the statement itself, inside the message. */
const REPEATED_VALUES = [
  /(Duplicate entry ')[\s\S]*(' for key)/,
  /(value:? ')[\s\S]*('(?: for | in |$))/,
  /(near ')[\s\S]*(' at line)/,
] as const

/** An error's message with the values of rows cut out of it. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return REPEATED_VALUES.reduce((text, pattern) => text.replace(pattern, '$1…$2'), message)
}

/** The stack's frames alone: its first lines repeat the message, values and all. */
function placeOf(error: Error): string {
  const lines = (error.stack ?? '').split('\n')
  return lines.filter((line) => /^\s+at /.test(line)).join('\n')
}
