/** The one place that knows what time it is, so that tests can say so. */
export interface Clock {
  /** Epoch milliseconds, UTC. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** Milliseconds since some moment, which no correction of the clock moves: for how long something took. */
export const monotonicMs = (): number => performance.now()

/** A clock that stands still until it is moved. */
export function fixedClock(startMs: number): Clock & { set(ms: number): void; advance(ms: number): void } {
  let nowMs = startMs
  return {
    now: () => nowMs,
    set: (ms) => {
      nowMs = ms
    },
    advance: (ms) => {
      nowMs += ms
    },
  }
}

// China has had one offset and no summer time since 1991, so plain arithmetic is exact and independent of the
// process's own time zone.
export const SHANGHAI_OFFSET_MS = 8 * 3_600_000
export const DAY_MS = 24 * 3_600_000

const pad = (value: number, width = 2): string => String(value).padStart(width, '0')

/** The calendar parts of an instant as a clock on a wall in Shanghai shows them. */
export function shanghaiParts(epochMs: number): {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
} {
  const shifted = new Date(epochMs + SHANGHAI_OFFSET_MS)
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
  }
}

/** The Shanghai calendar day of an instant, such as 2026-11-22. */
export function shanghaiDay(epochMs: number): string {
  const p = shanghaiParts(epochMs)
  return `${p.year}-${pad(p.month)}-${pad(p.day)}`
}

/** `2026-11-22 15:02:09`, Shanghai: the form Alipay and most forms in China use. */
export function shanghaiDateTime(epochMs: number): string {
  const p = shanghaiParts(epochMs)
  return `${shanghaiDay(epochMs)} ${pad(p.hour)}:${pad(p.minute)}:${pad(p.second)}`
}

/** RFC 3339 with +08:00, as WeChat Pay wants it. */
export function shanghaiRfc3339(epochMs: number): string {
  return `${shanghaiDateTime(epochMs).replace(' ', 'T')}+08:00`
}

/** Reads `2026-11-22 15:02:09` (also with fractions) as Shanghai time; NaN when it is not one. */
export function parseShanghaiDateTime(text: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})(?:\.\d+)?$/.exec(text)
  if (!match) return Number.NaN
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number)
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second) - SHANGHAI_OFFSET_MS
}

/** The first instant of a Shanghai calendar day given as 2026-11-22. */
export function shanghaiDayStart(day: string): number {
  return parseShanghaiDateTime(`${day} 00:00:00`)
}
