import { createHmac } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixedClock } from '../../core/clock'
import { createOutgoingHttp, type OutgoingHttp } from '../outgoing-http'
import { MISBEHAVIOURS, startStub, type StubServer } from '../testing/stub-server'
import type { UtilityReading, UtilityReceipt } from '../utility-system'
import { createFileUtility } from './file-utility'
import { createHttpUtility } from './http-utility'
import { createNoUtility } from './no-utility'

const RECEIPT: UtilityReceipt = {
  serial: '01JD0000000000000000000000',
  kind: 'payment',
  companyId: 'heating',
  accountNo: '10010001',
  billKey: '10010001/2026-11',
  amountFen: 34_140,
  paidAt: 1_767_232_801_000,
  channel: 'wechat',
  tradeNo: '4200000001',
}
const READING: UtilityReading = {
  serial: '01JD0000000000000000000001',
  companyId: 'gas',
  accountNo: '0008800011',
  meterNo: 'GM2613529370',
  period: '2026-11',
  value: '3086',
  unit: 'm³',
  readAt: 1_767_232_801_000,
  source: 'visitor',
  corrects: '0008800011:2026-10',
  replaces: null,
}
const SECRET = '0123456789abcdef'
const clock = fixedClock(1_767_232_802_000)

describe('a billing system over HTTP', () => {
  let stub: StubServer
  let http: OutgoingHttp
  let hasty: OutgoingHttp
  beforeAll(async () => {
    stub = await startStub()
    http = createOutgoingHttp({ connectTimeoutMs: 10_000, totalTimeoutMs: 10_000 })
    hasty = createOutgoingHttp({ connectTimeoutMs: 500, totalTimeoutMs: 500 })
  })
  afterAll(async () => {
    await stub.close()
    await http.close()
    await hasty.close()
  })
  const post = (client = http) =>
    createHttpUtility({ baseUrl: `${stub.url}/heating`, secret: SECRET }, client, clock).postReceipt(RECEIPT)

  test('the receipt is signed over time, method, path and the bytes that are sent', async () => {
    stub.answer((_request, response) => response.writeHead(200).end('{"code":"OK"}'))
    expect(await post()).toEqual({ state: 'accepted', code: 'OK' })
    const sent = stub.requests.at(-1)
    const text = `1767232802000\nPOST\n/heating/receipts\n${sent?.body}`
    expect(sent?.headers['x-yihu-timestamp']).toBe('1767232802000')
    expect(sent?.headers['x-yihu-signature']).toBe(createHmac('sha256', SECRET).update(text).digest('hex'))
    const { companyId: _named, ...wire } = RECEIPT
    expect(JSON.parse(sent?.body ?? '')).toEqual(wire)
  })

  test('a reading goes to its own path, signed for that path', async () => {
    stub.answer((_request, response) => response.writeHead(200).end('{"code":"OK"}'))
    const utility = createHttpUtility({ baseUrl: `${stub.url}/gas`, secret: SECRET }, http, clock)
    expect(await utility.postReading(READING)).toEqual({ state: 'accepted', code: 'OK' })
    const sent = stub.requests.at(-1)
    const text = `1767232802000\nPOST\n/gas/readings\n${sent?.body}`
    expect(sent?.headers['x-yihu-signature']).toBe(createHmac('sha256', SECRET).update(text).digest('hex'))
    const { companyId: _named, ...wire } = READING
    expect(JSON.parse(sent?.body ?? '')).toEqual(wire)
  })

  test.each([
    [409, 'SERIAL_CONFLICT'],
    [422, 'UNKNOWN_BILL'],
  ])('%i %s is a refusal', async (status, code) => {
    stub.answer((_request, response) => response.writeHead(status).end(JSON.stringify({ code })))
    expect(await post()).toEqual({ state: 'refused', code })
  })

  test.each(MISBEHAVIOURS)(
    'F60: a billing system that %s leaves the receipt to be posted again',
    async (_name, misbehave) => {
      stub.answer(misbehave)
      await expect(post(hasty)).rejects.toMatchObject({ code: 'platform_unavailable' })
    },
  )

  test('a success status with another code is not acceptance', async () => {
    stub.answer((_request, response) => response.writeHead(200).end('{"code":"QUEUED"}'))
    await expect(post()).rejects.toMatchObject({ code: 'platform_unavailable' })
  })
})

describe('a billing system that fetches files', () => {
  let directory: string
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'yihu-drop-'))
  })
  afterEach(() => rm(directory, { recursive: true, force: true }))

  test('one line per serial, however often and however many at once', async () => {
    const utility = createFileUtility(directory)
    const answers = await Promise.all(Array.from({ length: 20 }, () => utility.postReceipt(RECEIPT)))
    expect(new Set(answers.map((answer) => answer.state))).toEqual(new Set(['accepted']))
    expect(await readdir(directory)).toEqual([`receipt-${RECEIPT.serial}.json`])
    const text = await readFile(join(directory, `receipt-${RECEIPT.serial}.json`), 'utf8')
    expect(text.endsWith('\n')).toBe(true)
    expect(JSON.parse(text)).toEqual(RECEIPT)
  })

  test('a reading is a file of its own beside the receipts, once', async () => {
    const utility = createFileUtility(directory)
    await utility.postReading(READING)
    expect(await utility.postReading(READING)).toEqual({ state: 'accepted', code: 'OK' })
    expect(await utility.postReading({ ...READING, value: '1' })).toMatchObject({ code: 'SERIAL_CONFLICT' })
    expect(await readdir(directory)).toEqual([`reading-${READING.serial}.json`])
    const text = await readFile(join(directory, `reading-${READING.serial}.json`), 'utf8')
    expect(JSON.parse(text)).toEqual(READING)
  })

  test('the same serial with another content is refused', async () => {
    const utility = createFileUtility(directory)
    await utility.postReceipt(RECEIPT)
    expect(await utility.postReceipt({ ...RECEIPT, amountFen: 1 })).toEqual({
      state: 'refused',
      code: 'SERIAL_CONFLICT',
    })
  })

  test('a serial cannot lead out of the directory', async () => {
    await createFileUtility(directory).postReceipt({ ...RECEIPT, serial: '../../etc/passwd' })
    expect(await readdir(directory)).toEqual([expect.stringMatching(/^receipt-[0-9a-f]{64}\.json$/)])
  })

  test('a directory that cannot be written leaves the receipt to be posted again', async () => {
    const posting = createFileUtility('/dev/null/nowhere').postReceipt(RECEIPT)
    await expect(posting).rejects.toMatchObject({ code: 'platform_unavailable' })
  })
})

test('a company without a billing system has nobody to tell', async () => {
  expect(await createNoUtility().postReceipt(RECEIPT)).toEqual({ state: 'accepted', code: 'NO_SYSTEM' })
  expect(await createNoUtility().postReading(READING)).toEqual({ state: 'accepted', code: 'NO_SYSTEM' })
})
