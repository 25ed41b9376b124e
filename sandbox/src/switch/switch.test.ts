import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { allFeatures } from '../features'
import { testKernel } from '../kernel/testing'
import { startSandbox } from '../start'
import type { SwitchCall } from './index'

const SECRET = 'a'.repeat(16) + '0123456789abcdef'

interface Told {
  headers: Record<string, string | string[] | undefined>
  body: string
}

let portal: Server
let told: Told[]
let answers: number[]
let sandbox: Awaited<ReturnType<typeof startSandbox>>
let kernel: ReturnType<typeof testKernel>

beforeEach(async () => {
  told = []
  answers = []
  portal = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      told.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') })
      response.writeHead(answers.shift() ?? 204).end()
    })
  })
  await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve))
  const { port } = portal.address() as AddressInfo
  kernel = testKernel({
    switches: [
      { companyId: 'heating', secret: SECRET, url: `http://127.0.0.1:${port}/callbacks/switch/heating` },
    ],
  })
  sandbox = await startSandbox(kernel, allFeatures(kernel))
})
afterEach(async () => {
  await sandbox.close()
  await kernel.stop()
  await new Promise((resolve) => portal.close(resolve))
})

async function post(path: string, body: object): Promise<{ status: number; call: SwitchCall }> {
  const response = await fetch(`${sandbox.address}/control/switch${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  })
  return { status: response.status, call: (await response.json()) as SwitchCall }
}
const ring = (body: object = {}) => post('/ring', { companyId: 'heating', from: '13800138000', ...body })

test('a call is told step by step, each time with all that is known, and signed', async () => {
  const { call } = await ring()
  await post(`/${call.id}/connect`, { extension: '8001' })
  await post(`/${call.id}/answer`, {})
  await post(`/${call.id}/hang-up`, {})
  await kernel.clock.advance(0)
  await kernel.notifier.idle()
  const events = told.map(({ body }) => JSON.parse(body) as Record<string, unknown>)
  expect(events).toHaveLength(4)
  expect(events[0]).toMatchObject({ callId: call.id, from: '13800138000', extension: null, answeredAt: null })
  expect(events.at(-1)).toMatchObject({ extension: '8001' })
  expect(events.at(-1)?.['answeredAt']).not.toBeNull()
  expect(events.at(-1)?.['endedAt']).not.toBeNull()
  for (const { headers, body } of told) {
    const text = `${String(headers['x-yihu-timestamp'])}.${body}`
    expect(headers['x-yihu-signature']).toBe(createHmac('sha256', SECRET).update(text).digest('hex'))
  }
})

test('what the portal does not take is told again', async () => {
  answers = [503]
  await ring()
  await kernel.clock.advance(0)
  await kernel.notifier.idle()
  await kernel.clock.advance(1_000)
  await kernel.notifier.idle()
  expect(told).toHaveLength(2)
  expect(told[1]?.body).toBe(told[0]?.body)
})

test.each([
  [{ companyId: 'nobody' }, 400],
  [{ from: '12' }, 400],
  [{ extension: 'x1' }, 400],
])('%o is refused', async (body, status) => {
  expect((await ring(body)).status).toBe(status)
  expect(told).toEqual([])
})

test('nobody answers before a telephone rings, and nothing happens to a call that is over', async () => {
  const { call } = await ring()
  expect((await post(`/${call.id}/answer`, {})).status).toBe(409)
  await post(`/${call.id}/hang-up`, {})
  expect((await post(`/${call.id}/connect`, { extension: '8001' })).status).toBe(409)
})
