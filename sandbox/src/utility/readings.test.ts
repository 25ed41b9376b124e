import { createHmac } from 'node:crypto'
import type { Kernel } from '../kernel/kernel'
import { startUtility } from './testing'

let kernel: Kernel
let origin: string
let stop: () => Promise<void>

beforeEach(async () => {
  ;({ kernel, origin, stop } = await startUtility({ companyId: 'gas', secret: 'gas-secret' }))
})
afterEach(() => stop())

const PATH = '/utility/gas/readings'
const READING = {
  serial: 'M1',
  accountNo: '0008800011',
  meterNo: 'GM2613529370',
  period: '2026-11',
  value: '3086',
  unit: 'm³',
  readAt: 1_795_312_800_000,
  source: 'resident',
  corrects: null,
  replaces: null,
}

async function post(more: object = {}, secret = 'gas-secret'): Promise<Record<string, unknown>> {
  const body = JSON.stringify({ ...READING, ...more })
  const timestamp = String(kernel.clock.now())
  const signature = createHmac('sha256', secret).update(`${timestamp}\nPOST\n${PATH}\n${body}`).digest('hex')
  const response = await fetch(`${origin}${PATH}`, {
    method: 'POST',
    headers: { 'x-yihu-timestamp': timestamp, 'x-yihu-signature': signature },
    body,
  })
  return { status: response.status, ...((await response.json()) as object) }
}

async function held(): Promise<{ serial: string; value: string }[]> {
  const response = await fetch(`${origin}/control/utility/gas`)
  return ((await response.json()) as { readings: { serial: string; value: string }[] }).readings
}

const control = (path: string, body: object): Promise<Response> =>
  fetch(`${origin}/control/utility/gas/${path}`, { method: 'POST', body: JSON.stringify(body) })

test('one serial has one effect: the same again is a duplicate, other content is a conflict', async () => {
  expect(await post()).toMatchObject({ status: 200, code: 'OK', duplicate: false })
  expect(await post()).toMatchObject({ status: 200, code: 'OK', duplicate: true })
  expect(await post({ value: '3087' })).toMatchObject({ status: 409, code: 'SERIAL_CONFLICT' })
  expect(await held()).toMatchObject([{ serial: 'M1', value: '3086' }])
})

test('a meter has one reading a month; another one must name the one that it replaces', async () => {
  await post()
  expect(await post({ serial: 'M2', value: '3090' })).toMatchObject({ status: 409, code: 'READING_EXISTS' })
  expect(await post({ serial: 'M2', value: '3090', replaces: 'M1' })).toMatchObject({ status: 200 })
  // The first one counts no more, so it cannot be replaced again.
  expect(await post({ serial: 'M3', value: '3091', replaces: 'M1' })).toMatchObject({
    code: 'READING_EXISTS',
  })
  expect(await post({ serial: 'M4', period: '2026-12' })).toMatchObject({ status: 200 })
  expect((await held()).map(({ serial }) => serial)).toEqual(['M1', 'M2', 'M4'])
})

test('a meter it does not have is refused until it has it; a wrong secret always', async () => {
  await control('unknown-meters', { meterNos: [READING.meterNo] })
  expect(await post()).toMatchObject({ status: 422, code: 'UNKNOWN_METER' })
  await control('unknown-meters', { meterNos: [] })
  expect(await post({}, 'another')).toMatchObject({ status: 401, code: 'BAD_SIGNATURE' })
  expect(await post()).toMatchObject({ status: 200 })
})

test('a cut connection leaves the effect behind, and asking again says so', async () => {
  kernel.faults.set({ name: 'utility.accepted-then-cut', times: 1 })
  await expect(post()).rejects.toThrow('fetch failed')
  expect(await post()).toMatchObject({ code: 'OK', duplicate: true })
  expect(await held()).toHaveLength(1)
})

test.each([
  ['a negative figure', { value: '-3' }],
  ['a figure as a number', { value: 3086 }],
  ['a day for a month', { period: '2026-11-02' }],
  ['an unknown source', { source: 'dog' }],
  ['an unknown field', { phone: '13800138000' }],
  ['no meter', { meterNo: '' }],
  ['no moment', { readAt: 0 }],
])('%s is refused as a bad reading', async (_what, more) => {
  expect(await post(more)).toMatchObject({ status: 400, code: 'BAD_READING' })
  expect(await held()).toEqual([])
})
