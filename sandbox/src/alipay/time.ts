const SHANGHAI_OFFSET_MS = 8 * 3_600_000
export const MINUTE_MS = 60_000
export const DAY_MS = 86_400_000

/** `yyyy-MM-dd HH:mm:ss` in China time, which is what every Alipay field speaks. */
export function shanghaiTime(atMs: number): string {
  return new Date(atMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')
}

/** `yyyy-MM-dd HH:mm:ss.SSS`: only gmt_refund of a notice carries milliseconds (alipay.md 3.4). */
export function shanghaiTimeMs(atMs: number): string {
  return new Date(atMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 23).replace('T', ' ')
}

/** The calendar day in China, `yyyy-MM-dd`. */
export function shanghaiDay(atMs: number): string {
  return shanghaiTime(atMs).slice(0, 10)
}

/** Reads `yyyy-MM-dd HH:mm:ss` as China time; undefined when it is no such text or no such moment. */
export function parseShanghai(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return undefined
  const atMs = Date.parse(`${text.replace(' ', 'T')}+08:00`)
  if (Number.isNaN(atMs) || shanghaiTime(atMs) !== text) return undefined
  return atMs
}

/** `2017年08月31日 00:00:00`, as the head of a bill writes it. */
export function chineseTime(atMs: number): string {
  const text = shanghaiTime(atMs)
  return `${text.slice(0, 4)}年${text.slice(5, 7)}月${text.slice(8, 10)}日 ${text.slice(11)}`
}
