import type { OutletHours } from './api'

type Spans = OutletHours['holiday']
type Exception = OutletHours['exceptions'][number]

const span = /^(\d{1,2}):(\d{2})\s*[-–—~至]\s*(\d{1,2}):(\d{2})$/
const clock = (hours: string, minutes: string): string => `${hours.padStart(2, '0')}:${minutes}`

/** `08:30-12:00 13:30-17:00` → spans; nothing, 休 or 不营业 is a closed day. Null for what is not understood. */
export function spansOf(text: string): Spans | null {
  const words = text.trim()
  if (['', '休', '休息', '不营业'].includes(words)) return []
  const found = words.split(/[\s,，、;；]+/).map((piece) => span.exec(piece))
  const spans: Spans = []
  for (const match of found) {
    if (!match) return null
    const [, fromHour = '', fromMinute = '', toHour = '', toMinute = ''] = match
    const [from, to] = [clock(fromHour, fromMinute), clock(toHour, toMinute)]
    const before = spans.at(-1)
    if (to <= from || to > '24:00' || fromMinute > '59' || toMinute > '59') return null
    if (before && before.to > from) return null
    spans.push({ from, to })
  }
  return spans
}

export const textOfSpans = (spans: Spans): string => spans.map(({ from, to }) => `${from}-${to}`).join(' ')

const line = /^(\d{4}-\d{2}-\d{2})(?:\s*[~至]\s*(\d{4}-\d{2}-\d{2}))?\s+(.*?)\s*[（(](.{2,30})[)）]$/

/** `2027-02-05~2027-02-06 08:30-12:00（除夕值班）`, one a line. Null for what is not understood. */
export function exceptionsOf(text: string): Exception[] | null {
  const made: Exception[] = []
  for (const one of text.split('\n').map((each) => each.trim())) {
    if (one === '') continue
    const match = line.exec(one)
    const [, from = '', to = from, hours = '', note = ''] = match ?? []
    const spans = match ? spansOf(hours) : null
    if (spans === null || (to ?? from) < from) return null
    made.push({ from, to: to === '' ? from : to, spans, note })
  }
  return made
}

export const textOfExceptions = (exceptions: readonly Exception[]): string =>
  exceptions
    .map(({ from, to, spans, note }) => {
      const days = from === to ? from : `${from}~${to}`
      return `${days} ${spans.length === 0 ? '不营业' : textOfSpans(spans)}（${note}）`
    })
    .join('\n')
