import { newClientId } from './act-ids'
import { connectSession, connectWaiting, read, write } from './client'
import { ApiError, isOffline, isUnsure, messageOf } from './errors'

type Answer = { statusCode: number; data: unknown } | { fails: unknown }
const answers: Answer[] = []
const sent: { url: string; method: string; header: Record<string, string>; data: unknown }[] = []
jest.mock('@tarojs/taro', () => ({
  request: async (option: (typeof sent)[number]) => {
    sent.push(option)
    const answer = answers.shift()
    if (!answer || 'fails' in answer) throw answer?.fails
    return answer
  },
}))

jest.mock(
  '../platform/exchange',
  () => ({ exchange: jest.requireActual('../platform/exchange-mini').miniExchange }),
  {
    virtual: true,
  },
)

const refusal = (statusCode: number, code: string, message = '说明') => ({
  statusCode,
  data: { error: { code, message, requestId: 'r' } },
})
const thrown = async (act: Promise<unknown>): Promise<ApiError> => {
  const error = await act.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ApiError)) throw new Error('it was not refused as expected')
  return error
}
let renewed = 0
let token: string | null = null
beforeEach(() => {
  Object.assign(globalThis, { API_ORIGIN: 'https://portal.test' })
  answers.length = 0
  sent.length = 0
  renewed = 0
  token = 'old'
  connectSession({
    token: () => token,
    device: () => 'device-1',
    renew: async () => {
      renewed += 1
      token = 'new'
      return true
    },
  })
})

test('reads carry the token and go by GET', async () => {
  answers.push({ statusCode: 200, data: { households: [] } })
  await read('households.list', {})
  expect(sent[0]).toMatchObject({
    url: 'https://portal.test/api/households.list',
    method: 'GET',
    header: { authorization: 'Bearer old' },
  })
})
test('an expired session is renewed once and the same question asked again', async () => {
  answers.push(refusal(401, 'unauthenticated'), { statusCode: 200, data: { households: [] } })
  await read('households.list', {})
  expect(renewed).toBe(1)
  expect(sent[1]?.header['authorization']).toBe('Bearer new')
})
test('a second refusal is not renewed again', async () => {
  answers.push(refusal(401, 'unauthenticated'), refusal(401, 'unauthenticated'))
  expect((await thrown(read('households.list', {}))).code).toBe('unauthenticated')
  expect(renewed).toBe(1)
})
test('a wrong login code does not renew the session', async () => {
  answers.push(refusal(401, 'login_code_invalid'))
  expect((await thrown(write('sessions.login', { channel: 'wechat-mini', code: '12345678' }))).code).toBe(
    'login_code_invalid',
  )
  expect(renewed).toBe(0)
})
test('the server’s sentence is what the resident reads', async () => {
  answers.push(refusal(409, 'amount_changed', '账单金额刚刚更新了，请核对新金额后再缴。'))
  const error = await thrown(read('bills.owed', {}))
  expect(messageOf(error)).toBe('账单金额刚刚更新了，请核对新金额后再缴。')
  expect(isUnsure(error)).toBe(false)
})
test('no network is offline, and nobody knows whether the act happened', async () => {
  answers.push({ fails: { errMsg: 'request:fail' } })
  const error = await thrown(read('bills.owed', {}))
  expect([isOffline(error), isUnsure(error), error.code]).toEqual([true, true, 'offline'])
})
test('a refusal that a wallet reports as a failed request keeps its sentence', async () => {
  answers.push({
    fails: { error: 19, status: 429, data: JSON.stringify(refusal(429, 'rate_limited', '请稍等').data) },
  })
  expect((await thrown(read('bills.owed', {}))).message).toBe('请稍等')
})
test('an answer that is not ours never shows its own words', async () => {
  answers.push({ statusCode: 502, data: '<html>Bad Gateway</html>' })
  const error = await thrown(read('bills.owed', {}))
  expect([error.code, /[A-Za-z]/.test(error.message)]).toEqual(['garbled', false])
})

describe('an act of the resident', () => {
  const done = { statusCode: 200, data: { done: true } }
  const idOf = (index: number): unknown => bodyOf(index)['clientId']
  const bodyOf = (index: number) => JSON.parse(String(sent[index]?.data)) as Record<string, unknown>
  const home = (householdId: string) => ({ householdId })

  test('carries an id of its own and the installation’s name', async () => {
    answers.push(done, done)
    await write('households.setDefault', home('h1'))
    await write('households.setDefault', home('h1'))
    expect(idOf(0)).toMatch(/^[A-Za-z0-9_-]{16,64}$/)
    expect(idOf(1)).not.toBe(idOf(0))
    expect(bodyOf(0)).toMatchObject(home('h1'))
    expect(sent[0]?.header['x-yihu-device']).toBe('device-1')
  })
  test('keeps its id when the network is lost, the server is busy, or the session is renewed', async () => {
    answers.push(
      { fails: { errMsg: 'request:fail timeout' } },
      refusal(503, 'busy'),
      refusal(401, 'unauthenticated'),
      done,
    )
    await thrown(write('households.unbind', home('h2')))
    await thrown(write('households.unbind', home('h2')))
    await write('households.unbind', home('h2'))
    expect([idOf(1), idOf(2), idOf(3)]).toEqual([idOf(0), idOf(0), idOf(0)])
  })
  test('is a new one after a refusal', async () => {
    answers.push(refusal(422, 'sms_code_wrong'), done)
    const proof = { provider: 'sms', phone: '13812345678', code: '123456' } as const
    await thrown(write('residents.linkPhone', proof))
    await write('residents.linkPhone', proof)
    expect(idOf(1)).not.toBe(idOf(0))
  })
  test('is a new one once something else was wished for in between', async () => {
    answers.push({ fails: null }, done, done)
    await thrown(write('residents.saveSettings', { elderMode: true }))
    await write('residents.saveSettings', { elderMode: false })
    await write('residents.saveSettings', { elderMode: true })
    expect(new Set([idOf(0), idOf(1), idOf(2)]).size).toBe(3)
  })
  test('is not disturbed by asking how a payment stands', async () => {
    answers.push({ fails: null }, { statusCode: 200, data: { payment: {} } }, done)
    await thrown(write('payments.cancel', { paymentId: 'p' }))
    await write('payments.check', { paymentId: 'p' })
    await write('payments.cancel', { paymentId: 'p' })
    expect(idOf(2)).toBe(idOf(0))
    expect(idOf(1)).not.toBe(idOf(0))
  })
  test('keeps the id that it was given, and signing in has none', async () => {
    answers.push({ statusCode: 200, data: {} }, { statusCode: 200, data: {} })
    const act = { clientId: 'kept-0123456789abcdef', billIds: ['b'], shownTotalFen: 1 }
    await write('payments.start', { ...act, product: 'wechat-oa' })
    await write('sessions.login', { channel: 'wechat-mini', code: '12345678' })
    expect([idOf(0), idOf(1)]).toEqual([act.clientId, undefined])
  })
  test('reads carry no name of the installation: they may come before any consent', async () => {
    answers.push({ statusCode: 200, data: {} })
    await read('portal.describe', {})
    expect(sent[0]?.header).not.toHaveProperty('x-yihu-device')
  })
})

test('ids have the shape the server asks for and do not repeat', () => {
  const ids = Array.from({ length: 200 }, () => newClientId())
  expect(new Set(ids).size).toBe(200)
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{16,64}$/)
})

describe('without a network', () => {
  const kept: { name: string; input: object; clientId: string; title: string }[] = []
  const calls: boolean[] = []
  let behind = false
  let full = false
  beforeEach(() => {
    kept.length = 0
    calls.length = 0
    behind = false
    full = false
    connectWaiting({
      titleOf: (name) => (name.startsWith('messages.') || name === 'readings.submit' ? '一件事' : null),
      keep: (act) => {
        if (full) throw new Error('no room')
        kept.push(act)
      },
      clear: async () => !behind,
      heard: (isThere) => void calls.push(isThere),
    })
  })
  const offline: Answer = { fails: { errMsg: 'request:fail' } }
  const off = { template: 'announcement', on: false }

  test('an act is kept under the id of the attempt that may have arrived, and said so', async () => {
    answers.push(offline)
    const error = await thrown(write('messages.setSwitch', off))
    expect(error).toMatchObject({ code: 'waiting' })
    expect(error.message).toContain('自动发送')
    // A page that keeps the id of its act must keep it now, too.
    expect([isUnsure(error), isOffline(error)]).toEqual([true, false])
    const { clientId } = JSON.parse(String(sent[0]?.data)) as { clientId: string }
    expect(kept).toEqual([{ name: 'messages.setSwitch', input: off, clientId, title: '一件事' }])
  })
  test('an act that brings its own id keeps that one', async () => {
    answers.push(offline)
    const input = { clientId: 'reading-0123456789', householdId: 'H', value: '12' }
    await thrown(write('readings.submit', input))
    expect(kept[0]).toMatchObject({
      clientId: 'reading-0123456789',
      input: { householdId: 'H', value: '12' },
    })
  })
  test('what comes behind a waiting act waits, too, and is not sent before it', async () => {
    behind = true
    expect(await thrown(write('messages.setSwitch', off))).toMatchObject({ code: 'waiting' })
    expect(sent).toEqual([])
    expect(kept).toHaveLength(1)
  })
  test('a payment never waits: it says that nothing was paid and why', async () => {
    answers.push(offline)
    const pay = {
      clientId: 'pay-0123456789abcd',
      billIds: ['B'],
      product: 'wechat-mini',
      shownTotalFen: 1,
    } as const
    const error = await thrown(write('payments.start', { ...pay, billIds: ['B'] }))
    expect(error.message).toContain('钱没有付')
    // The order may be there; the same tap again is the same order.
    expect(isUnsure(error)).toBe(true)
    expect(kept).toEqual([])
  })
  test('what must not come true later, and a phone without room, say only that the network is gone', async () => {
    answers.push(offline, offline)
    expect(await thrown(write('slots.hold', { slotId: 'S', typeId: 'cold' }))).toMatchObject({
      code: 'offline',
    })
    full = true
    expect(await thrown(write('messages.setSwitch', off))).toMatchObject({ code: 'offline' })
  })
  test('each call tells whether the server was there, a refusal too', async () => {
    answers.push(offline, refusal(409, 'message_must_come'))
    await thrown(read('households.list', {}))
    await thrown(write('messages.setSwitch', off))
    expect(calls).toEqual([false, true])
  })
  test('a plain no is told at once and nothing waits', async () => {
    answers.push(refusal(409, 'message_must_come'))
    expect(await thrown(write('messages.setSwitch', off))).toMatchObject({ code: 'message_must_come' })
    expect(kept).toEqual([])
  })
})
