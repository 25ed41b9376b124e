import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp } from '../app'
import type { Kernel } from '../kernel/kernel'
import { testKernel } from '../kernel/testing'
import { smsControl, smsRoutes } from './index'
import type { SentSms } from './reports'

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

describe('notices', () => {
  beforeEach(() => {
    kernel.config.sms.templates = [{ code: 'SMS_OUTAGE', text: '${household}${what}，${reason}' }]
  })
  // In the order of their names, as they are signed.
  const params = { household: '松海园', reason: '抢修', what: '停暖' }
  const notice = (changes: object = {}): Promise<Answer> =>
    send({ templateCode: 'SMS_OUTAGE', params, ...changes })

  test('an approved template of the account goes out signed, without a minute between two', async () => {
    expect([(await notice()).code, (await notice()).code]).toEqual(['OK', 'OK'])
    expect((await outbox())[0]).toMatchObject({ text: '【一户】松海园停暖，抢修', parts: 1 })
  })

  test('a number gets fifty a day', async () => {
    for (let sent = 0; sent < 50; sent += 1) expect((await notice()).code).toBe('OK')
    expect((await notice()).code).toBe('isv.BUSINESS_LIMIT_CONTROL')
    expect((await send()).code).toBe('OK')
  })

  test('an address as a variable is refused', async () => {
    const answer = await notice({ params: { ...params, reason: '看 https://a.cn' } })
    expect(answer.code).toBe('isv.PARAM_NOT_SUPPORT_URL')
  })

  test('a refusal can be ordered', async () => {
    kernel.faults.set({ name: 'sms.refused', times: 1, params: { code: 'isv.OUT_OF_SERVICE' } })
    expect((await notice()).code).toBe('isv.OUT_OF_SERVICE')
    expect(await outbox()).toEqual([])
  })
})

describe('status reports (SmsReport)', () => {
  let portal: Server
  let reports: Record<string, unknown>[]
  let taken: boolean
  beforeEach(async () => {
    reports = []
    taken = true
    portal = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        reports.push(...(JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>[]))
        response.end(taken ? '{"code":0,"msg":"成功"}' : '{"code":1}')
      })
    })
    await new Promise<void>((resolve) => {
      portal.listen(0, '127.0.0.1', resolve)
    })
    kernel.config.sms.reportUrl = `http://127.0.0.1:${(portal.address() as AddressInfo).port}/sms/report/t`
  })
  afterEach(() => {
    portal.closeAllConnections()
    portal.close()
  })
  const later = async (ms: number): Promise<void> => {
    await kernel.clock.advance(ms)
    await kernel.notifier.idle()
  }

  test('say some seconds later that the message arrived', async () => {
    const { bizId } = await send()
    await later(3000)
    expect(reports).toEqual([
      expect.objectContaining({
        biz_id: bizId,
        success: true,
        err_code: 'DELIVERED',
        sms_size: '1',
        phone_number: '13800138001',
        send_time: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      }),
    ])
  })

  test('N21: say that a message which was taken has failed, and then no phone has it', async () => {
    kernel.faults.set({ name: 'sms.report-failed', times: 1, params: { code: 'MK:0004' } })
    expect((await send()).code).toBe('OK')
    await later(3000)
    expect(reports).toMatchObject([{ success: false, err_code: 'MK:0004' }])
    expect(kernel.inbox.list('zhangyu', 'sms')).toEqual([])
  })

  test('N21: come twice, or never, or again until they are taken', async () => {
    kernel.faults.set({ name: 'sms.report-twice', times: 1 })
    await send()
    await later(63_000)
    expect(reports).toHaveLength(2)
    kernel.faults.set({ name: 'sms.report-never', times: 1 })
    await send({ phone: '13900139002' })
    await later(63_000)
    expect(reports).toHaveLength(2)
    taken = false
    await send({ phone: '13700137005' })
    await later(3000)
    taken = true
    await later(60_000)
    await later(3_600_000)
    expect(reports).toHaveLength(4)
  })
})
