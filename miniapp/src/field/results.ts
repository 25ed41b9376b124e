import type { FieldOrder } from './types'
import { written } from './written'

/** "18.5" → 185 tenths of a degree; null for what is no temperature of a room. */
export function tenthsOf(text: string): number | null {
  const match = /^(-?)(\d{1,2})(?:\.(\d))?$/.exec(text.trim())
  if (!match) return null
  const tenths = Number(match[2]) * 10 + Number(match[3] ?? '0')
  const signed = match[1] === '-' ? -tenths : tenths
  return signed >= -300 && signed <= 600 ? signed : null
}

export const degrees = (tenths: number): string => (tenths / 10).toFixed(1)

/** "35", "35.5", "35.50" yuan → fen; null for anything else. Never through a fraction. */
export function fenOf(text: string): number | null {
  const match = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text.trim())
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null
}

/** What parts cost together, as they were written down. */
export const partsFen = (order: FieldOrder): number =>
  order.parts.reduce((sum, part) => sum + part.count * part.priceFen, 0)

/** Sentences to begin with, made from what was ticked and measured; the worker changes them as needed. */
export function resultTemplates(order: FieldOrder): string[] {
  const done = order.checklist.filter((line) => line.done).map(({ text }) => text)
  const readings = order.readings.map(({ room, tenths }) => `${room} ${degrees(tenths)}℃`)
  return [
    ...(readings.length > 0 ? [written.measured(readings)] : []),
    ...(done.length > 0 ? [written.did(done)] : []),
    ...written.results,
  ]
}
