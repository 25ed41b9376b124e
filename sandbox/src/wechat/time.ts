const SHANGHAI_MS = 8 * 3_600_000

/** RFC 3339 with +08:00 and whole seconds, as WeChat Pay writes times. */
export function rfc3339(ms: number): string {
  return `${new Date(ms + SHANGHAI_MS).toISOString().slice(0, 19)}+08:00`
}

/** `2026-01-01 10:00:01` in Shanghai, as the bills write times. */
export function billTime(ms: number): string {
  return new Date(ms + SHANGHAI_MS).toISOString().slice(0, 19).replace('T', ' ')
}

/** `2026-01-01` in Shanghai. */
export function shanghaiDay(ms: number): string {
  return new Date(ms + SHANGHAI_MS).toISOString().slice(0, 10)
}

/** Epoch milliseconds of 00:00 in Shanghai on that day, or NaN when it is not a day of the calendar. */
export function dayStartMs(day: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return Number.NaN
  const ms = Date.parse(`${day}T00:00:00+08:00`)
  return Number.isNaN(ms) || shanghaiDay(ms) !== day ? Number.NaN : ms
}

/** `20260101100001` in Shanghai, the stem of prepay and trade numbers. */
export function compactTime(ms: number): string {
  return billTime(ms).replace(/\D/g, '')
}
