/** Time is Shanghai's whatever the computer's own zone is: residents, promises and audits live there. */
const zone = 'Asia/Shanghai'

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

function read(atMs: number): Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', string> {
  const found = { year: '', month: '', day: '', hour: '', minute: '', second: '' }
  for (const { type, value } of parts.formatToParts(atMs))
    if (type in found) Object.assign(found, { [type]: value })
  return found
}

/** `2026-11-22`. */
export function dayOf(atMs: number): string {
  const { year, month, day } = read(atMs)
  return `${year}-${month}-${day}`
}

/** Today in Shanghai. */
export const today = (): string => dayOf(Date.now())

/** `14:05`. */
export function clockOf(atMs: number): string {
  const { hour, minute } = read(atMs)
  return `${hour}:${minute}`
}

/** `11-22 14:05`, with the year when it is not this one. */
export function timeOf(atMs: number, nowMs: number = Date.now()): string {
  const day = dayOf(atMs)
  const short = day.slice(0, 4) === dayOf(nowMs).slice(0, 4) ? day.slice(5) : day
  return `${short} ${clockOf(atMs)}`
}

/** `2026-11-22 14:05:09`, for the audit. */
export function exactOf(atMs: number): string {
  const { second } = read(atMs)
  return `${dayOf(atMs)} ${clockOf(atMs)}:${second}`
}

/** What a date field says, `2026-11-22T14:05:00`, understood as Shanghai's wall clock. */
export const fromWallClock = (words: string): number => Date.parse(`${words}+08:00`)

/** `¥3,634.08`. Unknown is said as unknown by the caller, never as 0. */
export function yuan(fen: number): string {
  const whole = Math.trunc(Math.abs(fen) / 100)
  const rest = String(Math.abs(fen) % 100).padStart(2, '0')
  return `${fen < 0 ? '-' : ''}¥${whole.toLocaleString('en-US')}.${rest}`
}
