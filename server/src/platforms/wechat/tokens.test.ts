import { fixedClock } from '../../core/clock'
import { memoryCache } from '../../core/cache'
import { createOutgoingHttp, type OutgoingHttp } from '../outgoing-http'
import { MISBEHAVIOURS, startStub, type StubServer } from '../testing/stub-server'
import { createWechatMessages } from './messages'
import { createWechatTokens, type WechatTokensOptions } from './tokens'

const APP = 'wx0000000000000001'
const clock = fixedClock(1_767_232_801_000)
let stub: StubServer
let http: OutgoingHttp
/** The one token that the stand-in platform honours, and how often one was asked for. */
let live: string
let asked: number

beforeEach(async () => {
  stub = await startStub()
  http = createOutgoingHttp({ connectTimeoutMs: 10_000, totalTimeoutMs: 10_000 })
  live = 'token-1'
  asked = 0
  stub.answer((request, response) => {
    if (request.url.startsWith('/cgi-bin/stable_token')) {
      asked++
      response.end(JSON.stringify({ access_token: live, expires_in: 7200 }))
      return
    }
    const token = new URL(request.url, stub.url).searchParams.get('access_token')
    response.end(
      token === live ? '{"errcode":0,"errmsg":"ok","msgid":1864323726461255680}' : '{"errcode":40001}',
    )
  })
})

afterEach(async () => {
  await stub.close()
  await http.close()
})

function tokens(sharedCache?: WechatTokensOptions['sharedCache'], client = http) {
  const api = { http: client, baseUrl: stub.url }
  return createWechatTokens({
    api,
    clock,
    log: { warn: () => undefined },
    secrets: { [APP]: 'secret' },
    sharedCache,
  })
}
const call = { path: '/any', query: {}, json: {} }

test('N02: many calls at once ask for one token', async () => {
  const one = tokens()
  const answers = await Promise.all(Array.from({ length: 50 }, () => one.call(APP, call)))
  expect(answers.every((answer) => answer.errcode === 0)).toBe(true)
  expect(asked).toBe(1)
})

test('N01: a dead token is asked for once more and the call repeated; a second refusal is handed on', async () => {
  const one = tokens()
  await one.call(APP, call)
  live = 'token-2'
  expect((await one.call(APP, call)).errcode).toBe(0)
  expect(asked).toBe(2)
  stub.answer((request, response) =>
    response.end(
      request.url.includes('stable_token') ? '{"access_token":"x","expires_in":7200}' : '{"errcode":42001}',
    ),
  )
  const before = stub.requests.length
  expect((await one.call(APP, call)).errcode).toBe(42_001)
  expect(stub.requests.length - before).toBe(3)
})

test('N01: fifty messages that meet a dead token cause one refresh, and each goes out once', async () => {
  const one = tokens()
  await one.call(APP, call)
  live = 'token-2'
  const before = stub.requests.length
  const answers = await Promise.all(Array.from({ length: 50 }, () => one.call(APP, call)))
  expect(answers.every((answer) => answer.errcode === 0)).toBe(true)
  expect(asked).toBe(2)
  // Fifty refused, one refresh, fifty taken.
  expect(stub.requests.length - before).toBe(101)
})

test('N01: a token that the platform refuses and hands out again is forced, 30 s apart and ten times a day', async () => {
  const forced: number[] = []
  stub.answer((request, response) => {
    if (!request.url.startsWith('/cgi-bin/stable_token')) {
      response.end('{"errcode":40001}')
      return
    }
    const isForced = (JSON.parse(request.body) as { force_refresh: boolean }).force_refresh
    if (isForced) forced.push(clock.now())
    response.end(JSON.stringify({ access_token: `stuck-${forced.length}`, expires_in: 7200 }))
  })
  const cache = memoryCache(clock)
  const processes = [tokens(cache), tokens(cache)]
  for (let turn = 0; turn < 120; turn++) {
    // In turn, and not before the lock of the turn before has run out.
    await processes[turn % 2]?.call(APP, call).catch(() => undefined)
    clock.advance(5000)
  }
  expect(forced).toHaveLength(10)
  expect(forced.slice(1).every((at, index) => at - (forced[index] ?? 0) >= 30_000)).toBe(true)
  clock.advance(86_400_000)
  await processes[0]?.call(APP, call).catch(() => undefined)
  await processes[0]?.call(APP, call).catch(() => undefined)
  expect(forced).toHaveLength(11)
})

test('a token is replaced before it ends', async () => {
  const one = tokens()
  await one.call(APP, call)
  clock.advance(7_200_000)
  await one.call(APP, call)
  expect(asked).toBe(2)
})

test('N02: processes share a token, and F40: a cache that fails costs one more call each', async () => {
  const cache = memoryCache(clock)
  await Promise.all([tokens(cache).call(APP, call), tokens(cache).call(APP, call)])
  expect(asked).toBe(1)
  const dead = () => Promise.reject(new Error('redis is gone'))
  const answer = await tokens({ get: dead, set: dead, lock: dead, increment: dead }).call(APP, call)
  expect(answer.errcode).toBe(0)
  expect(asked).toBe(2)
})

test('a message id keeps all its digits', async () => {
  const messages = createWechatMessages({ tokens: tokens(), appId: APP, miniprogramState: 'formal' })
  const message = {
    to: 'o1',
    idType: 'openid' as const,
    templateId: 't',
    fields: { thing1: '供热费' },
    page: null,
  }
  expect(await messages.send(message)).toEqual({
    state: 'delivered',
    platformCode: '0',
    platformMessageId: '1864323726461255680',
    advice: null,
  })
  expect(await messages.send({ ...message, fields: { amount1: '很多' } })).toMatchObject({
    platformCode: 'unfit:amount1',
  })
})

test.each(MISBEHAVIOURS)(
  'N07: a message on which WeChat %s is never sent again unless WeChat says that it did nothing',
  async (name, misbehave) => {
    const cache = memoryCache(clock)
    await tokens(cache).call(APP, call)
    const hasty = createOutgoingHttp({ connectTimeoutMs: 500, totalTimeoutMs: 500 })
    const messages = createWechatMessages({
      tokens: tokens(cache, hasty),
      appId: APP,
      miniprogramState: 'formal',
    })
    stub.answer(misbehave)
    const message = { to: 'o1', idType: 'openid' as const, templateId: 't', fields: {}, page: null }
    expect(await messages.send(message)).toMatchObject(
      name === 'answers 429' ? { state: 'later', advice: 'rest-channel' } : { state: 'unknown' },
    )
    await hasty.close()
  },
)

test('a message for which no token could be had was not sent and may be sent later', async () => {
  const messages = createWechatMessages({ tokens: tokens(), appId: APP, miniprogramState: 'formal' })
  stub.answer((_request, response) => response.writeHead(500).end())
  const message = { to: 'o1', idType: 'openid' as const, templateId: 't', fields: {}, page: null }
  expect(await messages.send(message)).toMatchObject({ state: 'later' })
  expect(stub.requests).toHaveLength(1)
})

test('a message that never left this machine may be sent later', async () => {
  const messages = createWechatMessages({ tokens: tokens(), appId: APP, miniprogramState: 'formal' })
  await stub.close()
  const message = { to: 'o1', idType: 'openid' as const, templateId: 't', fields: {}, page: null }
  expect(await messages.send(message)).toMatchObject({ state: 'later' })
  stub = await startStub()
})
