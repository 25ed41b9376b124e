import { AppError } from '../../core/errors'
import type { ConversationPosition } from './store'

/** A cursor is where a page ended, as text. */
export function writePosition({ at, id }: ConversationPosition): string {
  return `${at}.${id}`
}

/** Errors: invalid_input. */
export function readPosition(cursor: string): ConversationPosition {
  const match = /^(\d{1,16})\.([0-9A-HJKMNP-TV-Z]{26})$/.exec(cursor)
  if (!match) throw new AppError('invalid_input', { detail: 'cursor' })
  return { at: Number(match[1]), id: match[2] ?? '' }
}
