import { crc32, inflateRawSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { KEY_APP, paidTrade, startRig, type Rig } from './testing'
import { zip } from './zip'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
})
afterEach(async () => rig.close())

async function ask(type: string, date: string): Promise<Record<string, unknown>> {
  const bizContent = { bill_type: type, bill_date: date }
  const method = 'alipay.data.dataservice.bill.downloadurl.query'
  return { ...(await rig.sdk(KEY_APP).exec(method, { bizContent }, { validateSign: true })) }
}

/** Walks the local headers; names and contents are GBK, which a test must decode by itself. */
function unzip(archive: Buffer): Map<string, string> {
  const files = new Map<string, string>()
  for (let at = 0; archive.readUInt32LE(at) === 0x04034b50; ) {
    const size = archive.readUInt32LE(at + 18)
    const nameLength = archive.readUInt16LE(at + 26)
    const start = at + 30 + nameLength
    const name = iconv.decode(archive.subarray(at + 30, start), 'gbk')
    files.set(name, iconv.decode(inflateRawSync(archive.subarray(start, start + size)), 'gbk'))
    at = start + size
  }
  return files
}

async function download(answer: Record<string, unknown>): Promise<Map<string, string>> {
  const response = await fetch(String(answer['billDownloadUrl']))
  expect(response.status).toBe(200)
  return unzip(Buffer.from(await response.arrayBuffer()))
}

async function oneDay(): Promise<void> {
  await paidTrade(rig, 'B1')
  await paidTrade(rig, 'B2', { total_amount: '19.99' })
  await rig.kernel.clock.advance(60_000)
  const biz = { out_trade_no: 'B1', refund_amount: '28.50', out_request_no: 'BR1' }
  await rig.sdk(KEY_APP).exec('alipay.trade.refund', { bizContent: biz })
  // 2026-01-15 10:01 becomes 2026-01-16 09:01 in Shanghai.
  await rig.kernel.clock.advance(23 * 3_600_000)
}

test('the detail file has tabs, a negative refund with its request number, and sums in its comments', async () => {
  await oneDay()
  const files = await download(await ask('trade', '2026-01-15'))
  expect([...files.keys()]).toEqual([
    '20880000000000010156_20260115_业务明细.csv',
    '20880000000000010156_20260115_业务明细(汇总).csv',
  ])
  const lines = (files.get('20880000000000010156_20260115_业务明细.csv') ?? '').split('\r\n')
  expect(lines[0]).toBe('#支付宝业务明细查询')
  expect(lines[2]).toBe('#起始日期：[2026年01月15日 00:00:00]   终止日期：[2026年01月16日 00:00:00]')
  const header = lines.find((line) => line.startsWith('支付宝交易号'))?.split(',') ?? []
  const rows = lines.filter((line) => /^\d/.test(line)).map((line) => line.split(','))
  expect(rows.map((row) => row.length)).toEqual([25, 25, 25])
  const cell = (row: string[] | undefined, name: string): string | undefined => row?.[header.indexOf(name)]
  const back = rows.find((row) => cell(row, '业务类型') === '退款')
  expect(cell(back, '订单金额（元）')).toBe('-28.50')
  expect(cell(back, '退款批次号/请求号')).toBe('BR1\t')
  expect(header.indexOf('退款批次号/请求号')).toBe(21)
  expect(
    rows.filter((row) => row !== back).map((row) => [cell(row, '商户订单号'), cell(row, '商家实收（元）')]),
  ).toEqual([
    ['B1\t', '128.50'],
    ['B2\t', '19.99'],
  ])
  expect(lines).toContain('#交易合计：2笔，商家实收共148.49元，商家优惠共0.00元')
  expect(lines).toContain('#退款合计：1笔，商家实收退款共-28.50元，商家优惠退款共0.00元')
})

test('the account file carries the running balance with fees', async () => {
  await oneDay()
  const files = await download(await ask('signcustomer', '2026-01-15'))
  const detail = files.get('20880000000000010156_20260115_账务明细.csv') ?? ''
  const rows = detail.split('\r\n').filter((line) => /^\d/.test(line))
  expect(rows.map((row) => row.split(',').slice(6, 9))).toEqual([
    ['128.50', '', '128.50'],
    ['', '-0.77', '127.73'],
    ['19.99', '', '147.72'],
    ['', '-0.12', '147.60'],
    ['', '-28.50', '119.10'],
  ])
  expect(detail).toContain('#收入合计：2笔，共148.49元')
  expect(detail).toContain('#支出合计：3笔，共-29.39元')
})

test('a day is ready at nine the next morning, and both spellings of its absence exist', async () => {
  await rig.kernel.clock.advance(23 * 3_600_000 - 1_000)
  expect(await ask('trade', '2026-01-15')).toMatchObject({ code: '40004', subCode: 'isp.bill_not_exist' })
  rig.kernel.faults.set({ name: 'alipay.bill.enum-errors', times: 1 })
  expect(await ask('trade', '2026-01-15')).toMatchObject({ subCode: 'BILL_NOT_EXIST' })
  await rig.kernel.clock.advance(1_000)
  expect(await ask('trade', '2026-01-15')).toMatchObject({
    code: '10000',
    billFileCode: 'EMPTY_DATA_WITH_BILL_FILE',
  })
  expect(await ask('trade', '2026-02-30')).toMatchObject({ subCode: 'invalid_arguments' })
  expect(await ask('everything', '2026-01-15')).toMatchObject({ subCode: 'invalid_arguments' })
})

test('an address is dead after thirty seconds, and is worthless with another token', async () => {
  await oneDay()
  const url = String((await ask('trade', '2026-01-15'))['billDownloadUrl'])
  expect((await fetch(url.replace(/token=[0-9a-f]{4}/, 'token=0000'))).status).toBe(403)
  await rig.kernel.clock.advance(30_000)
  expect((await fetch(url)).status).toBe(200)
  await rig.kernel.clock.advance(1)
  expect((await fetch(url)).status).toBe(403)
})

test('the directory at the end of an archive agrees with the files before it', () => {
  const contents = [Buffer.from('第一行\r\n'.repeat(1_000)), Buffer.alloc(0)]
  const names = ['a.csv', 'b.csv']
  const archive = zip(
    contents.map((content, index) => ({ name: Buffer.from(names[index] ?? ''), content })),
    Date.UTC(2026, 0, 15),
  )
  const end = archive.length - 22
  expect(archive.readUInt32LE(end)).toBe(0x06054b50)
  expect(archive.readUInt16LE(end + 10)).toBe(2)
  let at = archive.readUInt32LE(end + 16)
  expect(at + archive.readUInt32LE(end + 12)).toBe(end)
  for (const [index, content] of contents.entries()) {
    expect(archive.readUInt32LE(at)).toBe(0x02014b50)
    expect(archive.readUInt32LE(at + 16)).toBe(crc32(content))
    expect(archive.readUInt32LE(at + 24)).toBe(content.length)
    const local = archive.readUInt32LE(at + 42)
    expect(archive.readUInt32LE(local)).toBe(0x04034b50)
    expect(archive.toString('utf8', local + 30, local + 35)).toBe(names[index])
    at += 46 + archive.readUInt16LE(at + 28)
  }
  expect(at).toBe(end)
})
