import { DAY_MS, MINUTE_MS, parseShanghai } from './time'

/** 100,000,000 yuan, the largest trade Alipay accepts, in fen. */
const MAX_TRADE_FEN = 10_000_000_000

/**
 * Reads a yuan text with exactly two decimals, 0.01 to 100000000.00, into fen. Anything else (`12850`, `128.5`, `1e2`,
 * ` 19.99`) is undefined: how strict the real gateway is about one decimal is unconfirmed, so we are strict.
 */
export function yuanToFen(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined
  const match = /^(0|[1-9]\d{0,8})\.(\d{2})$/.exec(text)
  if (!match) return undefined
  const fen = Number(`${match[1]}${match[2]}`)
  return fen >= 1 && fen <= MAX_TRADE_FEN ? fen : undefined
}

/** Fen to a yuan text with two decimals; a refund row of a bill is negative. */
export function fenToYuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Whether a merchant's number has at most 64 letters, digits and underscores (alipay.md 3.1). */
export function isOutNumber(text: unknown): text is string {
  return typeof text === 'string' && /^[A-Za-z0-9_]{1,64}$/.test(text)
}

/** Whether a subject has 1 to 256 characters and none of `/ = &`. */
export function isSubject(text: unknown): text is string {
  return typeof text === 'string' && text.length >= 1 && text.length <= 256 && !/[/=&]/.test(text)
}

/** Whether an optional text is absent or at most `max` characters long. */
export function isOptionalText(text: unknown, max: number): text is string | undefined {
  return text === undefined || (typeof text === 'string' && text.length <= max)
}

const UNIT_MS: Record<string, number> = { m: MINUTE_MS, h: 60 * MINUTE_MS, d: DAY_MS }

/**
 * When an unpaid trade closes. `time_expire` wins over `timeout_express` (`1m` to `15d`, or `1c` for the end of the
 * day). Without either it is 15 days. Undefined means that a field is malformed.
 */
export function expiryOf(
  fields: { time_expire?: unknown; timeout_express?: unknown },
  nowMs: number,
): number | undefined {
  if (fields.time_expire !== undefined) {
    return typeof fields.time_expire === 'string' ? parseShanghai(fields.time_expire) : undefined
  }
  if (fields.timeout_express === undefined) return nowMs + 15 * DAY_MS
  if (typeof fields.timeout_express !== 'string') return undefined
  if (fields.timeout_express === '1c') {
    const intoDayMs = (nowMs + 8 * 60 * MINUTE_MS) % DAY_MS
    return nowMs - intoDayMs + DAY_MS
  }
  const match = /^([1-9]\d{0,4})([mhd])$/.exec(fields.timeout_express)
  const unitMs = UNIT_MS[match?.[2] ?? '']
  if (!match || unitMs === undefined) return undefined
  const spanMs = Number(match[1]) * unitMs
  return spanMs <= 15 * DAY_MS ? nowMs + spanMs : undefined
}
