import { AppError } from '../../core/errors'
import type { BillPosition } from './store'

/** A place in a list of bills as text that says nothing to a client and is refused when it is not ours. */
export function encodeCursor({ period, id }: BillPosition): string {
  return Buffer.from(`${period} ${id}`).toString('base64url')
}

export function decodeCursor(cursor: string): BillPosition {
  const match = /^(\d{4}-\d{2,4}) ([0-9A-HJKMNP-TV-Z]{26})$/.exec(Buffer.from(cursor, 'base64url').toString())
  if (!match?.[1] || !match[2])
    throw new AppError('invalid_input', { fields: [{ path: 'cursor', message: '请从头刷新列表' }] })
  return { period: match[1], id: match[2] }
}
