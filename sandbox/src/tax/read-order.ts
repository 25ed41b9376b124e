import { taxNoFault } from './credit-code'

/** A refusal in the platform's own words: nothing was kept. */
export interface TaxRefusal {
  code: string
  message: string
}

interface TaxBuyer {
  nature: '企业' | '自然人'
  name: string
  taxNo: string | null
  address: string | null
  phone: string | null
  bank: string | null
  account: string | null
}

interface TaxLine {
  lineNo: number
  goodsCode: string
  goodsName: string
  taxRate: string
  amount: string
  tax: string
}

export interface TaxOrder {
  serialNo: string
  invoiceType: string
  seller: { name: string; taxNo: string }
  buyer: TaxBuyer
  lines: TaxLine[]
  totalAmount: string
  totalTax: string
  total: string
  drawer: string
  remark: string
}

export interface TaxRedLetter {
  serialNo: string
  sellerTaxNo: string
  originalInvoiceNo: string
  reason: '01' | '02' | '03' | '04'
  totalAmount: string
  totalTax: string
  total: string
}

class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

type Tree = Record<string, unknown>

/** Every field of the list and none beside: an unknown one is refused as loudly as a missing one. */
function fieldsOf(value: unknown, names: readonly string[], where: string): Tree {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refused('1001', `${where}应为对象`)
  const unknown = Object.keys(value).find((name) => !names.includes(name))
  if (unknown !== undefined) throw new Refused('1001', `${where}不认识的字段 ${unknown}`)
  const missing = names.find((name) => !(name in value))
  if (missing !== undefined) throw new Refused('1001', `${where}缺少字段 ${missing}`)
  return { ...value }
}

function text(value: unknown, name: string, pattern: RegExp): string {
  if (typeof value !== 'string' || !pattern.test(value)) throw new Refused('1001', `${name} 格式不对`)
  return value
}

const textOrNull = (value: unknown, name: string): string | null =>
  value === null ? null : text(value, name, /^[^\r\n]{1,100}$/)

/** Yuan with two decimals as fen, exactly. */
export function fenOf(yuan: string): number {
  const negative = yuan.startsWith('-')
  const [whole = '', cents = ''] = yuan.replace('-', '').split('.')
  const fen = Number(whole) * 100 + Number(cents)
  return negative ? -fen : fen
}

const AMOUNT = /^-?(0|[1-9]\d{0,10})\.\d{2}$/
const RATES = ['0.13', '0.09', '0.06', '0.05', '0.03', '0.01', '免税']
const SERIAL = /^[0-9A-Za-z-]{8,40}$/

function readBuyer(value: unknown): TaxBuyer {
  const names = ['nature', 'name', 'taxNo', 'address', 'phone', 'bank', 'account']
  const fields = fieldsOf(value, names, '购买方')
  const nature = text(fields['nature'], '购买方.nature', /^(企业|自然人)$/) as TaxBuyer['nature']
  const taxNo = textOrNull(fields['taxNo'], '购买方.taxNo')
  if (nature === '企业' && taxNo === null) throw new Refused('1002', '购买方为企业时必须填写纳税人识别号')
  if (nature === '自然人' && taxNo !== null) throw new Refused('1002', '购买方为自然人时不填纳税人识别号')
  const fault = taxNo === null ? null : taxNoFault(taxNo)
  if (fault !== null) throw new Refused('1002', `购买方${fault}`)
  return {
    nature,
    name: text(fields['name'], '购买方.name', /^[^\r\n]{2,100}$/),
    taxNo,
    address: textOrNull(fields['address'], '购买方.address'),
    phone: textOrNull(fields['phone'], '购买方.phone'),
    bank: textOrNull(fields['bank'], '购买方.bank'),
    account: textOrNull(fields['account'], '购买方.account'),
  }
}

function readLine(value: unknown, lineNo: number): TaxLine {
  const names = ['lineNo', 'goodsCode', 'goodsName', 'taxRate', 'amount', 'tax']
  const fields = fieldsOf(value, names, `第${lineNo}行`)
  if (fields['lineNo'] !== lineNo) throw new Refused('1001', `第${lineNo}行的行号不连续`)
  const line = {
    lineNo,
    goodsCode: text(fields['goodsCode'], '税收分类编码', /^\d{19}$/),
    goodsName: text(fields['goodsName'], '项目名称', /^\*[^*\r\n]{1,20}\*[^*\r\n]{1,60}$/),
    taxRate: text(fields['taxRate'], '税率', /^\S{2,4}$/),
    amount: text(fields['amount'], '金额', AMOUNT),
    tax: text(fields['tax'], '税额', AMOUNT),
  }
  if (!RATES.includes(line.taxRate)) throw new Refused('1003', `没有这个税率：${line.taxRate}`)
  const percent = line.taxRate === '免税' ? 0 : Number(line.taxRate.slice(2))
  // The law of the platform: a line's tax may be off by rounding, by no more than 0.06 yuan.
  if (Math.abs(fenOf(line.amount) * percent - fenOf(line.tax) * 100) > 600)
    throw new Refused('1003', `第${lineNo}行税额与金额乘税率相差超过0.06元`)
  if (fenOf(line.amount) <= 0 || fenOf(line.tax) < 0) throw new Refused('1003', `第${lineNo}行金额应为正数`)
  return line
}

function readTotals(fields: Tree): { totalAmount: string; totalTax: string; total: string } {
  const totals = {
    totalAmount: text(fields['totalAmount'], '合计金额', AMOUNT),
    totalTax: text(fields['totalTax'], '合计税额', AMOUNT),
    total: text(fields['total'], '价税合计', AMOUNT),
  }
  if (fenOf(totals.totalAmount) + fenOf(totals.totalTax) !== fenOf(totals.total))
    throw new Refused('1003', '合计金额加合计税额不等于价税合计')
  return totals
}

function readWholeOrder(value: unknown): TaxOrder {
  const fields = fieldsOf(
    value,
    [
      'serialNo',
      'invoiceType',
      'seller',
      'buyer',
      'lines',
      'totalAmount',
      'totalTax',
      'total',
      'drawer',
      'remark',
    ],
    '开票单',
  )
  const seller = fieldsOf(fields['seller'], ['name', 'taxNo'], '销售方')
  const given: unknown = fields['lines']
  if (!Array.isArray(given) || given.length === 0 || given.length > 100)
    throw new Refused('1001', '明细应为1到100行')
  const lines = given.map((line, index) => readLine(line, index + 1))
  const totals = readTotals(fields)
  const sum = (part: 'amount' | 'tax'): number => lines.reduce((total, line) => total + fenOf(line[part]), 0)
  if (sum('amount') !== fenOf(totals.totalAmount) || sum('tax') !== fenOf(totals.totalTax))
    throw new Refused('1003', '各行之和不等于合计')
  return {
    serialNo: text(fields['serialNo'], '流水号', SERIAL),
    invoiceType: text(fields['invoiceType'], '票种', /^普通发票$/),
    seller: {
      name: text(seller['name'], '销售方.name', /^[^\r\n]{2,100}$/),
      taxNo: text(seller['taxNo'], '销售方.taxNo', /^[0-9A-Z]{15,20}$/),
    },
    buyer: readBuyer(fields['buyer']),
    lines,
    ...totals,
    drawer: text(fields['drawer'], '开票人', /^[^\r\n]{1,20}$/),
    remark: text(fields['remark'], '备注', /^[^\r\n]{0,230}$/),
  }
}

function readWholeRedLetter(value: unknown): TaxRedLetter {
  const names = ['serialNo', 'sellerTaxNo', 'originalInvoiceNo', 'reason', 'totalAmount', 'totalTax', 'total']
  const fields = fieldsOf(value, names, '红字单')
  return {
    serialNo: text(fields['serialNo'], '流水号', SERIAL),
    sellerTaxNo: text(fields['sellerTaxNo'], '销售方税号', /^[0-9A-Z]{15,20}$/),
    originalInvoiceNo: text(fields['originalInvoiceNo'], '蓝字发票号码', /^\d{20}$/),
    reason: text(fields['reason'], '红字原因', /^0[1-4]$/) as TaxRedLetter['reason'],
    ...readTotals(fields),
  }
}

function orRefusal<T>(read: () => T): T | TaxRefusal {
  try {
    return read()
  } catch (error) {
    if (error instanceof Refused) return { code: error.code, message: error.message }
    throw error
  }
}

export const readOrder = (value: unknown): TaxOrder | TaxRefusal => orRefusal(() => readWholeOrder(value))
export const readRedLetter = (value: unknown): TaxRedLetter | TaxRefusal =>
  orRefusal(() => readWholeRedLetter(value))
