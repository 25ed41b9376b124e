import { createHash, createHmac } from 'node:crypto'
import type { Kernel } from '../kernel/kernel'
import type { TaxEntry } from './book'
import { taxNoFault } from './credit-code'
import { startTax } from './testing'

const ACCOUNT = {
  appKey: 'tax-key',
  secret: 'tax-secret-0123456789',
  sellers: [{ taxNo: '91350100M000100Y43', name: '示范供热有限公司' }],
}
const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
const sign = (text: string): string => createHmac('sha256', ACCOUNT.secret).update(text).digest('base64')

const ORDER = {
  serialNo: 'F-00000001',
  invoiceType: '普通发票',
  seller: { name: '示范供热有限公司', taxNo: '91350100M000100Y43' },
  buyer: {
    nature: '自然人',
    name: '张玉兰',
    taxNo: null,
    address: null,
    phone: null,
    bank: null,
    account: null,
  },
  lines: [
    {
      lineNo: 1,
      goodsCode: '1100102010100000000',
      goodsName: '*供热*采暖费',
      taxRate: '0.09',
      amount: '3334.02',
      tax: '300.06',
    },
  ],
  totalAmount: '3334.02',
  totalTax: '300.06',
  total: '3634.08',
  drawer: '李会计',
  remark: '户号 0021****9999',
}
const red = (originalInvoiceNo: string) => ({
  serialNo: 'R-00000001',
  sellerTaxNo: '91350100M000100Y43',
  originalInvoiceNo,
  reason: '02',
  totalAmount: '-3334.02',
  totalTax: '-300.06',
  total: '-3634.08',
})

interface Said {
  status: number
  body: { code: string; message: string; data: { status: string; invoiceNo: string | null } | null }
}

describe('the tax platform', () => {
  let tax: Awaited<ReturnType<typeof startTax>>
  let kernel: Kernel
  let nonces = 0
  beforeEach(async () => {
    tax = await startTax(ACCOUNT)
    kernel = tax.kernel
  })
  afterEach(() => tax.stop())

  const origin = (): string => tax.origin
  async function raw(
    method: string,
    path: string,
    content?: object,
    over: Record<string, string> = {},
    serial = ++nonces,
  ) {
    const body = content === undefined ? '' : JSON.stringify(content)
    const nonce = `nonce${String(serial).padStart(16, '0')}`
    const timestamp = String(kernel.clock.now())
    const reply = await fetch(`${origin()}${path}`, {
      method,
      headers: {
        'x-tax-key': ACCOUNT.appKey,
        'x-tax-timestamp': timestamp,
        'x-tax-nonce': nonce,
        'x-tax-sign': sign([method, path, timestamp, nonce, digest(body)].join('\n')),
        ...over,
      },
      ...(body === '' ? {} : { body }),
    })
    const bytes = Buffer.from(await reply.arrayBuffer())
    const wanted = createHmac('sha256', ACCOUNT.secret)
      .update([nonce, String(reply.status), createHash('sha256').update(bytes).digest('hex')].join('\n'))
      .digest('base64')
    return { status: reply.status, bytes, isSigned: reply.headers.get('x-tax-sign') === wanted }
  }
  async function call(method: string, path: string, content?: object): Promise<Said> {
    const { status, bytes } = await raw(method, path, content)
    return { status, body: JSON.parse(bytes.toString('utf8')) as Said['body'] }
  }
  const issue = (over: object = {}): Promise<Said> => call('POST', '/tax/invoices', { ...ORDER, ...over })
  const entries = (): TaxEntry[] => kernel.store.table<TaxEntry>('tax.entries').all()

  test('issues once per serial, with a number of twenty digits that begins with the year and the bureau', async () => {
    const first = await issue()
    expect(first.body).toMatchObject({ code: '0000', data: { status: 'ISSUED' } })
    expect(first.body.data?.invoiceNo).toMatch(/^26214\d{15}$/)
    expect((await issue()).body).toEqual(first.body)
    expect((await issue({ remark: '别的' })).body).toMatchObject({ code: '1101', data: null })
    expect(entries()).toHaveLength(1)
    expect((await call('GET', '/tax/invoices/F-00000001')).body).toEqual(first.body)
    expect(await call('GET', '/tax/invoices/F-00000002')).toMatchObject({
      status: 404,
      body: { code: '4040' },
    })
  })

  test('hears only its customer, at the right time, once, and signs what it says', async () => {
    for (const over of [
      { 'x-tax-key': 'other' },
      { 'x-tax-timestamp': String(kernel.clock.now() - 600_000) },
      { 'x-tax-sign': 'AAAA' },
    ])
      expect(await raw('POST', '/tax/invoices', ORDER, over)).toMatchObject({ status: 401 })
    expect(entries()).toEqual([])
    expect(await raw('POST', '/tax/invoices', ORDER)).toMatchObject({ status: 200, isSigned: true })
    expect((await raw('POST', '/tax/invoices', ORDER, {}, nonces)).status).toBe(401)
  })

  test.each<[string, object, string]>([
    ['an unknown field', { hurry: true }, '1001'],
    ['a missing field', { drawer: undefined }, '1001'],
    ['another kind of invoice', { invoiceType: '专用发票' }, '1001'],
    [
      'a seller that is not registered',
      { seller: { name: '别的公司', taxNo: '91110108MA0TEST01X' } },
      '1004',
    ],
    ['a seller under another name', { seller: { ...ORDER.seller, name: '示范燃气公司' } }, '1004'],
    ['a person with a tax number', { buyer: { ...ORDER.buyer, taxNo: '91350100M000100Y43' } }, '1002'],
    ['a company without one', { buyer: { ...ORDER.buyer, nature: '企业' } }, '1002'],
    [
      'a company whose check character is wrong',
      { buyer: { ...ORDER.buyer, nature: '企业', taxNo: '91350100M000100Y44' } },
      '1002',
    ],
    ['parts that are not the whole', { total: '3634.09' }, '1003'],
    [
      'tax that is not the rate',
      { lines: [{ ...ORDER.lines[0], tax: '300.20' }], totalTax: '300.20', total: '3634.22' },
      '1003',
    ],
    ['a rate that nobody has', { lines: [{ ...ORDER.lines[0], taxRate: '0.17' }] }, '1003'],
    ['amounts with three decimals', { totalAmount: '3334.020' }, '1001'],
  ])('refuses %s and keeps nothing', async (_what, over, code) => {
    expect((await issue(over)).body).toMatchObject({ code, data: null })
    expect(entries()).toEqual([])
  })

  test('a red letter takes the whole invoice back, once', async () => {
    const no = (await issue()).body.data?.invoiceNo ?? ''
    expect(
      (await call('POST', '/tax/red-letters', { ...red(no), total: '-3634.07', totalTax: '-300.05' })).body,
    ).toMatchObject({
      code: '1003',
    })
    const done = await call('POST', '/tax/red-letters', red(no))
    expect(done.body).toMatchObject({ code: '0000', data: { status: 'ISSUED' } })
    expect((await call('POST', '/tax/red-letters', red(no))).body).toEqual(done.body)
    expect((await call('POST', '/tax/red-letters', { ...red(no), serialNo: 'R-00000002' })).body.code).toBe(
      '2002',
    )
    expect(entries().find(({ kind }) => kind === 'blue')?.redNo).toBe(done.body.data?.invoiceNo)
  })

  test('what the buyer has booked waits for the buyer', async () => {
    const no = (await issue()).body.data?.invoiceNo ?? ''
    await fetch(`${origin()}/control/tax/invoices/${no}/book`, { method: 'POST' })
    expect((await call('POST', '/tax/red-letters', red(no))).body).toMatchObject({
      code: '2001',
      data: { status: 'PROCESSING' },
    })
    await fetch(`${origin()}/control/tax/red-letters/R-00000001/consent`, { method: 'POST' })
    expect((await call('GET', '/tax/invoices/R-00000001')).body.code).toBe('0000')
  })

  test('the file is a PDF or an OFD archive, when it is there', async () => {
    const no = (await issue()).body.data?.invoiceNo ?? ''
    kernel.faults.set({ name: 'tax.file-late', times: 1 })
    expect((await call('GET', `/tax/files/${no}?format=pdf`)).body.code).toBe('4041')
    const pdf = await raw('GET', `/tax/files/${no}?format=pdf`)
    expect([pdf.status, pdf.isSigned, pdf.bytes.subarray(0, 5).toString()]).toEqual([200, true, '%PDF-'])
    expect((await raw('GET', `/tax/files/${no}?format=ofd`)).bytes.subarray(0, 2).toString()).toBe('PK')
    expect((await raw('GET', `/tax/files/${no}?format=doc`)).status).toBe(400)
  })

  test('misbehaves when told to: slow, refusing, cut after the effect', async () => {
    kernel.faults.set({ name: 'tax.slow', times: 1, params: { asks: 1 } })
    expect((await issue()).body).toMatchObject({
      code: '0001',
      data: { status: 'PROCESSING', invoiceNo: null },
    })
    const ask = async () => (await call('GET', '/tax/invoices/F-00000001')).body.code
    expect([await ask(), await ask()]).toEqual(['0001', '0000'])
    kernel.faults.set({ name: 'tax.reject', times: 1 })
    expect((await issue({ serialNo: 'F-00000002' })).body).toMatchObject({ code: '3001', data: null })
    kernel.faults.set({ name: 'tax.issued-then-cut', times: 1 })
    await expect(issue({ serialNo: 'F-00000003' })).rejects.toThrow('fetch failed')
    expect((await call('GET', '/tax/invoices/F-00000003')).body.code).toBe('0000')
  })
})

test.each([
  ['91350100M000100Y43', null],
  ['91350100M000100Y44', '统一社会信用代码校验位错误'],
  ['91350100MO00100Y43', '统一社会信用代码含有不允许的字符'],
  ['110108123456789', null],
  ['1101', '纳税人识别号应为15、18或20位'],
])('the number of a taxpayer %s', (taxNo, fault) => {
  expect(taxNoFault(taxNo)).toBe(fault)
})
