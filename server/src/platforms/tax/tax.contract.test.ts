import type { TaxEntry } from '../../../../sandbox/src/tax/book'
import { startTax } from '../../../../sandbox/src/tax/testing'
import type { InvoiceIssuer, InvoiceOrder } from '../invoice-issuer'
import { createOutgoingHttp, type OutgoingHttp } from '../outgoing-http'
import { createHttpTax } from './http-tax'
import { createNoTax } from './no-tax'

/** What we send against a tax platform that was written by itself: signatures are made on one side and checked on the other. */
const ACCOUNT = {
  appKey: 'tax-key',
  secret: 'tax-secret-0123456789',
  sellers: [{ taxNo: '91350100M000100Y43', name: '示范供热有限公司' }],
}
const ORDER: InvoiceOrder = {
  serial: 'F01KAZ0000000000000000000AB-1',
  seller: { name: '示范供热有限公司', taxNo: '91350100M000100Y43', drawer: '李会计' },
  buyer: {
    kind: 'company',
    name: '示范物业有限公司',
    taxNo: '91350100M000100Y43',
    address: '松海园1号',
    phone: '0411-96123',
    bank: null,
    account: null,
  },
  lines: [
    {
      goodsCode: '1100102010100000000',
      goodsName: '*供热*采暖费',
      ratePercent: 9,
      netFen: 333402,
      taxFen: 30006,
      totalFen: 363408,
    },
    {
      goodsCode: '1100102010100000000',
      goodsName: '*供热*采暖费',
      ratePercent: null,
      netFen: 1,
      taxFen: 0,
      totalFen: 1,
    },
  ],
  remark: '户号 002100009999 2026-2027',
}

let tax: Awaited<ReturnType<typeof startTax>>
let http: OutgoingHttp
const issuerAt = (secret = ACCOUNT.secret, baseUrl = `${tax.origin}/tax`): InvoiceIssuer =>
  createHttpTax({ baseUrl, appKey: ACCOUNT.appKey, secret }, http, { now: () => tax.kernel.clock.now() })
let issuer: InvoiceIssuer
beforeEach(async () => {
  tax = await startTax(ACCOUNT)
  http = createOutgoingHttp({ connectTimeoutMs: 1000, totalTimeoutMs: 500 })
  issuer = issuerAt()
})
afterEach(async () => {
  await http.close()
  await tax.stop()
})
const fault = (name: string, params: Record<string, unknown> = {}): void =>
  tax.kernel.faults.set({ name, times: 1, params })
const entries = (): TaxEntry[] => tax.kernel.store.table<TaxEntry>('tax.entries').all()
const red = (invoiceNo: string) => ({
  serial: 'R01KAZ0000000000000000000AB-1',
  sellerTaxNo: '91350100M000100Y43',
  invoiceNo,
  reason: 'returned' as const,
  netFen: 333403,
  taxFen: 30006,
  totalFen: 363409,
})
const issued = async (): Promise<string> => {
  const answer = await issuer.issue(ORDER)
  if (answer.state !== 'issued') throw new Error(JSON.stringify(answer))
  return answer.invoiceNo
}

test('an invoice is issued once, its page is a PDF, and a red letter takes it back', async () => {
  const invoiceNo = await issued()
  expect(await issuer.issue(ORDER)).toEqual({
    state: 'issued',
    invoiceNo,
    issuedAt: Math.floor(tax.kernel.clock.now() / 1000) * 1000,
  })
  expect(await issuer.query(ORDER.serial)).toMatchObject({ state: 'issued', invoiceNo })
  const file = await issuer.file(invoiceNo)
  expect(file.state === 'got' ? file.bytes.subarray(0, 5).toString() : file).toBe('%PDF-')
  expect(await issuer.redLetter(red(invoiceNo))).toMatchObject({ state: 'issued' })
  expect(entries().map(({ kind, status }) => [kind, status])).toEqual([
    ['blue', 'ISSUED'],
    ['red', 'ISSUED'],
  ])
})

test.each([['tax.issued-then-cut'], ['http.cut'], ['tax.bad-signature'], ['http.garbage']])(
  '%s: nobody knows what became of it, and the serial tells; asked again it is not made twice',
  async (name) => {
    fault(name)
    expect(await issuer.issue(ORDER)).toEqual({ state: 'unknown' })
    const asked = await issuer.query(ORDER.serial)
    expect(asked).toMatchObject({ state: 'issued' })
    expect(await issuer.issue(ORDER)).toEqual(asked)
    expect(entries()).toHaveLength(1)
  },
)

test('an answer that comes too late is unknown; one that never left may be sent again', async () => {
  fault('http.slow', { delayMs: 900 })
  expect(await issuer.issue(ORDER)).toEqual({ state: 'unknown' })
  expect(await issuerAt(ACCOUNT.secret, 'http://127.0.0.1:9').issue(ORDER)).toMatchObject({ state: 'later' })
  fault('http.429')
  expect(await issuer.issue({ ...ORDER, serial: 'F-another-1' })).toMatchObject({ state: 'later' })
  fault('http.500')
  expect(await issuer.issue({ ...ORDER, serial: 'F-another-2' })).toEqual({ state: 'unknown' })
  expect(await issuer.query('F-another-2')).toEqual({ state: 'not-found' })
})

test('a refusal says why, a slow platform says that it has it, a wrong key is nobody’s answer', async () => {
  fault('tax.reject', { message: '本月发票总额度不足' })
  expect(await issuer.issue(ORDER)).toEqual({ state: 'refused', code: '3001', reason: '本月发票总额度不足' })
  expect(entries()).toEqual([])
  const wrongNumber = { ...ORDER.buyer, taxNo: '91350100M000100Y44' }
  expect(await issuer.issue({ ...ORDER, buyer: wrongNumber })).toMatchObject({
    state: 'refused',
    code: '1002',
  })
  fault('tax.slow', { asks: 0 })
  expect(await issuer.issue(ORDER)).toEqual({ state: 'processing', code: '0001' })
  expect(await issuer.query(ORDER.serial)).toMatchObject({ state: 'issued' })
  // The platform refuses our key, and what it says is not signed with it: the same as no answer.
  expect(await issuerAt('another-secret-0123456789').issue({ ...ORDER, serial: 'F-another-3' })).toEqual({
    state: 'unknown',
  })
})

test('a booked invoice waits for the buyer; a file that is not there yet is asked for later', async () => {
  const invoiceNo = await issued()
  fault('tax.file-late')
  expect(await issuer.file(invoiceNo)).toEqual({ state: 'later', code: 'file_not_ready' })
  await fetch(`${tax.origin}/control/tax/invoices/${invoiceNo}/book`, { method: 'POST' })
  expect(await issuer.redLetter(red(invoiceNo))).toEqual({ state: 'processing', code: '2001' })
  await fetch(`${tax.origin}/control/tax/red-letters/${red(invoiceNo).serial}/consent`, { method: 'POST' })
  expect(await issuer.query(red(invoiceNo).serial)).toMatchObject({ state: 'issued' })
})

test('without a platform nothing is issued, and it says so', async () => {
  const none = createNoTax()
  expect(await none.issue(ORDER)).toMatchObject({ state: 'refused', code: 'no_tax_platform' })
  expect(await none.query('x')).toEqual({ state: 'not-found' })
  expect(await none.redLetter(red('1'))).toMatchObject({ state: 'refused' })
  expect(await none.file('1')).toMatchObject({ state: 'later' })
})
