const KINDS = ['payment', 'prepayment', 'refund', 'reduction', 'surcharge'] as const

function isKind(value: unknown): value is (typeof KINDS)[number] {
  return KINDS.some((kind) => kind === value)
}

/** What the portal tells the utility about one payment or refund; `amountFen` is positive for both. */
export interface Receipt {
  /** 1 to 64 characters, unique for ever. */
  serial: string
  kind: (typeof KINDS)[number]
  accountNo: string
  billKey: string
  amountFen: number
  /** ISO 8601 with zone, or epoch milliseconds. */
  paidAt: string | number
  channel: string
  tradeNo: string
}

/** A receipt with its place in the order of arrival. */
export interface StoredReceipt extends Receipt {
  position: number
  receivedAtMs: number
}

const FIELDS = [
  'serial',
  'kind',
  'accountNo',
  'billKey',
  'amountFen',
  'paidAt',
  'channel',
  'tradeNo',
] as const

function isText(value: unknown, max: number): value is string {
  return typeof value === 'string' && value.length >= 1 && value.length <= max
}

function isMoment(value: unknown): value is string | number {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T.+(Z|[+-]\d{2}:\d{2})$/.test(value)
}

/** Reads a receipt from the raw body, or says in Chinese what is wrong with it. */
export function readReceipt(text: string): Receipt | string {
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
  const { serial, kind, accountNo, billKey, amountFen, paidAt, channel, tradeNo } = body
  if (!isText(serial, 64)) return 'serial 应为 1 到 64 个字符'
  if (!isKind(kind)) return `kind 应为 ${KINDS.join('、')} 之一`
  if (!isText(accountNo, 64)) return 'accountNo 不能为空'
  if (!isText(billKey, 128)) return 'billKey 不能为空'
  if (typeof amountFen !== 'number' || !Number.isSafeInteger(amountFen) || amountFen <= 0) {
    return 'amountFen 应为正整数（分）'
  }
  if (!isMoment(paidAt)) return 'paidAt 应为带时区的时间或毫秒'
  if (!isText(channel, 32)) return 'channel 不能为空'
  if (!isText(tradeNo, 64)) return 'tradeNo 不能为空'
  return { serial, kind, accountNo, billKey, amountFen, paidAt, channel, tradeNo }
}

/** Whether two receipts of one serial say the same. */
export function sameReceipt(one: Receipt, other: Receipt): boolean {
  return FIELDS.every((field) => one[field] === other[field])
}
