/** What the portal tells the utility about one meter reading that a household took. */
export interface MeterReading {
  /** 1 to 64 characters, unique for ever. */
  serial: string
  accountNo: string
  meterNo: string
  /** 2026-11. */
  period: string
  /** A plain decimal with no sign. */
  value: string
  unit: string
  /** Epoch milliseconds. */
  readAt: number
  source: string
  /** The estimated bill that it corrects, or null. */
  corrects: string | null
  /** The serial that it takes the place of, or null. */
  replaces: string | null
}

export interface StoredReading extends MeterReading {
  position: number
  receivedAtMs: number
}

const FIELDS = [
  'serial',
  'accountNo',
  'meterNo',
  'period',
  'value',
  'unit',
  'readAt',
  'source',
  'corrects',
  'replaces',
] as const
const SOURCES = ['resident', 'visitor', 'staff']

const isText = (value: unknown, max: number): value is string =>
  typeof value === 'string' && value.length >= 1 && value.length <= max
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value, 128)

/** Reads a reading from the raw body, or says in Chinese what is wrong with it. */
export function readMeterReading(text: string): MeterReading | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return '不是 JSON'
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return '不是对象'
  const body: Record<string, unknown> = { ...value }
  const unknown = Object.keys(body).find((name) => !FIELDS.some((field) => field === name))
  if (unknown !== undefined) return `不认识的字段 ${unknown}`
  const { serial, accountNo, meterNo, period, unit, readAt, source, corrects, replaces } = body
  const figure = body['value']
  if (!isText(serial, 64)) return 'serial 应为 1 到 64 个字符'
  if (!isText(accountNo, 64)) return 'accountNo 不能为空'
  if (!isText(meterNo, 40)) return 'meterNo 不能为空'
  if (typeof period !== 'string' || !/^\d{4}-(0[1-9]|1[0-2])$/.test(period))
    return 'period 应为 2026-11 这样的月份'
  if (typeof figure !== 'string' || !/^\d{1,9}(\.\d{1,4})?$/.test(figure)) return 'value 应为不带符号的读数'
  if (!isText(unit, 8)) return 'unit 不能为空'
  if (typeof readAt !== 'number' || !Number.isSafeInteger(readAt) || readAt <= 0) return 'readAt 应为毫秒'
  if (typeof source !== 'string' || !SOURCES.includes(source)) return 'source 应为 resident、visitor 或 staff'
  if (!isTextOrNull(corrects)) return 'corrects 应为账单号或 null'
  if (!isTextOrNull(replaces)) return 'replaces 应为流水号或 null'
  return { serial, accountNo, meterNo, period, value: figure, unit, readAt, source, corrects, replaces }
}

/** Whether two readings of one serial say the same. */
export function sameReading(one: MeterReading, other: MeterReading): boolean {
  return FIELDS.every((field) => one[field] === other[field])
}

/** The reading of this meter and month that counts now: the one that no other took the place of. */
export function standing(readings: readonly StoredReading[], of: MeterReading): StoredReading | undefined {
  const same = readings.filter((one) => one.meterNo === of.meterNo && one.period === of.period)
  return same.find(({ serial }) => !same.some(({ replaces }) => replaces === serial))
}
