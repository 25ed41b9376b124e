import { createHmac } from 'node:crypto'
import type { Kernel } from '../kernel/kernel'
import { startUtility } from './testing'

let kernel: Kernel
let origin: string
let stop: () => Promise<void>

beforeEach(async () => {
  ;({ kernel, origin, stop } = await startUtility({ companyId: 'heating', secret: 'heat-secret' }))
})
afterEach(() => stop())

const PATH = '/utility/heating/receipts'
const RECEIPT = {
  serial: 'S1',
  kind: 'payment',
  accountNo: '100200300',
  billKey: 'heating-2026',
  amountFen: 12_850,
  paidAt: '2026-01-15T10:00:00+08:00',
  channel: 'alipay',
  tradeNo: '2026011522001000000000000001',
}

function headersFor(
  method: string,
  body: string,
  more: { secret?: string; offsetMs?: number; path?: string } = {},
) {
  const timestamp = String(kernel.clock.now() + (more.offsetMs ?? 0))
  const text = `${timestamp}\n${method}\n${more.path ?? PATH}\n${body}`
  const signature = createHmac('sha256', more.secret ?? 'heat-secret')
    .update(text)
    .digest('hex')
  return { 'x-yihu-timestamp': timestamp, 'x-yihu-signature': signature }
}

async function post(
  more: object = {},
  signing: { secret?: string; offsetMs?: number; path?: string } = {},
): Promise<Record<string, unknown>> {
  const body = JSON.stringify({ ...RECEIPT, ...more })
  const response = await fetch(`${origin}${PATH}`, {
    method: 'POST',
    headers: headersFor('POST', body, signing),
    body,
  })
  return { status: response.status, ...((await response.json()) as object) }
}

async function held(): Promise<{ serial: string }[]> {
  const response = await fetch(`${origin}/control/utility/heating`)
  return ((await response.json()) as { receipts: { serial: string }[] }).receipts
}

const control = (path: string, body: object): Promise<Response> =>
  fetch(`${origin}/control/utility/heating/${path}`, { method: 'POST', body: JSON.stringify(body) })

test('one serial has one effect: the same again is a duplicate, other content is a conflict', async () => {
  expect(await post()).toMatchObject({ status: 200, code: 'OK', duplicate: false })
  expect(await post()).toMatchObject({ status: 200, code: 'OK', duplicate: true })
  expect(await post({ amountFen: 12_851 })).toMatchObject({ status: 409, code: 'SERIAL_CONFLICT' })
  expect(await held()).toEqual([expect.objectContaining({ serial: 'S1', amountFen: 12_850, position: 1 })])
})

test('receipts are listed in the order they came, after a position', async () => {
  for (const serial of ['S3', 'S1', 'S2']) await post({ serial })
  expect((await held()).map((one) => one.serial)).toEqual(['S3', 'S1', 'S2'])
  const listed = await fetch(`${origin}${PATH}?after=1`, { headers: headersFor('GET', '') })
  expect(await listed.json()).toMatchObject({ code: 'OK', receipts: [{ serial: 'S1' }, { serial: 'S2' }] })
})

test('a wrong secret, another path, a changed body and a stale time are refused without effect', async () => {
  expect(await post({}, { secret: 'other' })).toMatchObject({ status: 401, code: 'BAD_SIGNATURE' })
  expect(await post({}, { path: '/utility/gas/receipts' })).toMatchObject({
    status: 401,
    code: 'BAD_SIGNATURE',
  })
  expect(await post({}, { offsetMs: -400 * 86_400_000 })).toMatchObject({
    status: 401,
    code: 'STALE_TIMESTAMP',
  })
  expect(await post({}, { offsetMs: -300_001 })).toMatchObject({ status: 401, code: 'STALE_TIMESTAMP' })
  expect(await post({}, { offsetMs: -300_000 })).toMatchObject({ status: 200 })
  const changed = await fetch(`${origin}${PATH}`, {
    method: 'POST',
    headers: headersFor('POST', JSON.stringify(RECEIPT)),
    body: JSON.stringify({ ...RECEIPT, amountFen: 1 }),
  })
  expect(changed.status).toBe(401)
  expect(await held()).toHaveLength(1)
})

test('while it is down nothing is taken, and afterwards the same receipt is', async () => {
  await control('down', { down: true })
  expect(await post()).toMatchObject({ status: 503, code: 'DOWN' })
  await control('down', { down: false })
  expect(await post()).toMatchObject({ status: 200, duplicate: false })
})

test('a bill it does not know is refused until it knows it', async () => {
  await control('unknown-bills', { billKeys: ['heating-2026'] })
  expect(await post()).toMatchObject({ status: 422, code: 'UNKNOWN_BILL' })
  await control('unknown-bills', { billKeys: [] })
  expect(await post()).toMatchObject({ status: 200 })
})

test('a cut connection leaves the effect behind, and asking again says so', async () => {
  kernel.faults.set({ name: 'utility.accepted-then-cut', times: 1 })
  await expect(post()).rejects.toThrow('fetch failed')
  expect(await post()).toMatchObject({ code: 'OK', duplicate: true })
  expect(await held()).toHaveLength(1)
})

test.each([
  ['an amount in yuan', { amountFen: 128.5 }],
  ['nothing', { amountFen: 0 }],
  ['an unknown kind', { kind: 'gift' }],
  ['a time without a zone', { paidAt: '2026-01-15 10:00:00' }],
  ['an unknown field', { note: 'x' }],
  ['no serial', { serial: '' }],
])('%s is refused as a bad receipt', async (_what, more) => {
  expect(await post(more)).toMatchObject({ status: 400, code: 'BAD_RECEIPT' })
  expect(await held()).toEqual([])
})

test('a company that is not there answers 404', async () => {
  expect((await fetch(`${origin}/utility/water/receipts`, { method: 'POST', body: '{}' })).status).toBe(404)
})
