import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp } from '../app'
import type { Kernel } from '../kernel/kernel'
import { testKernel } from '../kernel/testing'
import { smsControl, smsRoutes, type SentSms } from './index'

let kernel: Kernel
let server: Server
let origin: string
let count = 0

beforeEach(async () => {
  kernel = testKernel()
  const app = createApp(kernel, [
    { prefix: '/sms', router: smsRoutes(kernel), faulty: false },
    { prefix: '/control', router: smsControl(kernel), faulty: false },
  ])
  server = createServer(app.callback())
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  await kernel.stop()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const WANTED = { phone: '13800138001', templateCode: 'SMS_VERIFY', params: { code: '482913' } }

interface Answer {
  status: number
  code: string
  bizId?: string
}

/** Signs as the file's description says, written here a second time on purpose. */
function headersFor(wanted: typeof WANTED, more: Record<string, string> = {}): Record<string, string> {
  count += 1
  const nonce = more['x-sms-nonce'] ?? `nonce-${String(count).padStart(8, '0')}`
  const timestamp = more['x-sms-timestamp'] ?? String(kernel.clock.now())
  const text = [
    'apiKey=sms-key',
    `nonce=${nonce}`,
    `params=${encodeURIComponent(JSON.stringify(wanted.params))}`,
    `phone=${wanted.phone}`,
    `templateCode=${wanted.templateCode}`,
    `timestamp=${timestamp}`,
  ].join('&')
  const sign = createHmac('sha256', 'sms-secret').update(text).digest('hex')
  return {
    'x-sms-key': 'sms-key',
    'x-sms-timestamp': timestamp,
    'x-sms-nonce': nonce,
    'x-sms-sign': sign,
    ...more,
  }
}

async function send(more: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
  const wanted = { ...WANTED, ...more }
  const response = await fetch(`${origin}/sms/send`, {
    method: 'POST',
    headers: headersFor(wanted, headers),
    body: JSON.stringify(wanted),
  })
  return { status: response.status, ...((await response.json()) as { code: string; bizId?: string }) }
}

async function outbox(): Promise<SentSms[]> {
  return (await (await fetch(`${origin}/control/sms`)).json()) as SentSms[]
}

test('a message reaches the outbox and the phone of the person with that number', async () => {
  expect(await send()).toMatchObject({ status: 200, code: 'OK', bizId: expect.stringMatching(/\^0$/) })
  const text = '【一户】您的验证码是482913，10分钟内有效。请勿告诉他人。'
  expect(await outbox()).toEqual([expect.objectContaining({ phone: '13800138001', text })])
  expect(kernel.inbox.list('zhangyu', 'sms')).toEqual([
    expect.objectContaining({ fields: [{ label: '内容', value: text }] }),
  ])
})

test('a number gets one message a minute and five a day', async () => {
  for (let sent = 0; sent < 5; sent += 1) {
    expect(await send()).toMatchObject({ code: 'OK' })
    expect(await send()).toMatchObject({ status: 200, code: 'isv.BUSINESS_LIMIT_CONTROL' })
    await kernel.clock.advance(60_000)
  }
  expect(await send()).toMatchObject({ code: 'isv.BUSINESS_LIMIT_CONTROL' })
  expect(await send({ phone: '13900139002' })).toMatchObject({ code: 'OK' })
  // From 10:05 to midnight in Shanghai.
  await kernel.clock.advance(14 * 3_600_000)
  expect(await send()).toMatchObject({ code: 'OK' })
})

test.each([
  ['another key', { 'x-sms-key': 'someone' }, 'isv.INVALID_APP_KEY'],
  ['a wrong signature', { 'x-sms-sign': 'f'.repeat(64) }, 'isv.SIGNATURE_NOT_MATCH'],
  ['an old timestamp', { 'x-sms-timestamp': '1500000000000' }, 'isv.TIMESTAMP_EXPIRED'],
  ['a short nonce', { 'x-sms-nonce': 'abc' }, 'isv.NONCE_ILLEGAL'],
])('%s is refused and nothing is sent', async (_what, headers, code) => {
  expect(await send({}, headers)).toMatchObject({ status: 403, code })
  expect(await outbox()).toEqual([])
})

test('a nonce works once', async () => {
  const headers = { 'x-sms-nonce': 'only-once-1' }
  expect(await send({}, headers)).toMatchObject({ code: 'OK' })
  expect(await send({ phone: '13900139002' }, headers)).toMatchObject({ code: 'isv.NONCE_USED' })
})

test.each([
  ['a landline', { phone: '02412345678' }, 'isv.MOBILE_NUMBER_ILLEGAL'],
  ['an unknown template', { templateCode: 'SMS_NONE' }, 'isv.SMS_TEMPLATE_ILLEGAL'],
  ['a missing variable', { params: {} }, 'isv.TEMPLATE_MISSING_PARAMETERS'],
  ['a variable too many', { params: { code: '1', name: '2' } }, 'isv.TEMPLATE_PARAMS_ILLEGAL'],
  ['an empty variable', { params: { code: '' } }, 'isv.PARAM_LENGTH_LIMIT'],
])('%s is refused', async (_what, more, code) => {
  expect(await send(more)).toMatchObject({ status: 200, code })
})

test('a message may be sent although the connection was cut', async () => {
  kernel.faults.set({ name: 'sms.sent-then-cut', times: 1 })
  await expect(send()).rejects.toThrow('fetch failed')
  expect(await outbox()).toHaveLength(1)
})
