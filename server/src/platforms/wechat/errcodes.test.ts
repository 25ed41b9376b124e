import { fixedClock } from '../../core/clock'
import type { SendAdvice, SendOutcome } from '../message-channel'
import { createOutgoingHttp, type OutgoingHttp } from '../outgoing-http'
import { startStub, type StubServer } from '../testing/stub-server'
import { createWechatMessages } from './messages'
import { createWechatTokens } from './tokens'

const APP = 'wx0000000000000001'
let stub: StubServer
let http: OutgoingHttp
beforeAll(async () => {
  stub = await startStub()
  http = createOutgoingHttp({ connectTimeoutMs: 10_000, totalTimeoutMs: 10_000 })
})
afterAll(async () => {
  await stub.close()
  await http.close()
})

function sendMeeting(errcode: number, tokenErrcode = 0): Promise<SendOutcome> {
  stub.answer((request, response) => {
    const isToken = request.url.startsWith('/cgi-bin/stable_token')
    if (!isToken) response.end(JSON.stringify({ errcode, errmsg: 'x', msgid: 1 }))
    else if (tokenErrcode !== 0) response.end(JSON.stringify({ errcode: tokenErrcode }))
    else response.end('{"access_token":"t","expires_in":7200}')
  })
  const tokens = createWechatTokens({
    api: { http, baseUrl: stub.url },
    clock: fixedClock(1_767_232_801_000),
    log: { warn: () => undefined },
    secrets: { [APP]: 'secret' },
  })
  const messages = createWechatMessages({ tokens, appId: APP, miniprogramState: 'formal' })
  return messages.send({ to: 'o1', idType: 'openid', templateId: 't', fields: {}, page: null })
}

/** Every code that the references name for a call which sends a message (wechat.md 0, 3.1, 3.3, 8; N06). */
const ENDINGS: readonly (readonly [number, SendOutcome['state'], SendAdvice | null])[] = [
  [0, 'delivered', null],
  [-1, 'later', 'page-staff'],
  [40001, 'later', 'page-staff'],
  [40002, 'later', 'rest-channel'],
  [40003, 'failed', 'unreachable'],
  [40013, 'later', 'rest-channel'],
  [40014, 'later', 'page-staff'],
  [40037, 'failed', 'rest-template'],
  [40125, 'later', 'rest-channel'],
  [40164, 'later', 'rest-channel'],
  [40165, 'failed', 'page-staff'],
  [40243, 'later', 'rest-channel'],
  [41001, 'failed', 'page-staff'],
  [41002, 'later', 'rest-channel'],
  [41004, 'later', 'rest-channel'],
  [42001, 'later', 'page-staff'],
  [43002, 'failed', 'page-staff'],
  [43004, 'refused', 'unreachable'],
  [43101, 'refused', 'no-credit'],
  [43107, 'failed', 'rest-template'],
  [43108, 'later', 'serialise'],
  [43116, 'failed', 'rest-template'],
  [43117, 'failed', 'rest-template'],
  [44002, 'failed', 'page-staff'],
  [45009, 'later', 'rest-channel'],
  [45011, 'later', 'rest-channel'],
  [45015, 'refused', 'window-closed'],
  [45047, 'refused', 'window-closed'],
  [45168, 'failed', 'page-staff'],
  [47001, 'failed', 'page-staff'],
  [47003, 'failed', 'rest-template'],
  [48001, 'later', 'rest-channel'],
  [50004, 'later', 'rest-channel'],
  [50007, 'later', 'rest-channel'],
  [89503, 'later', 'rest-channel'],
  [89506, 'later', 'rest-channel'],
  [89507, 'later', 'rest-channel'],
  // Not in any reference: it waits, and then staff look.
  [99999, 'later', 'page-staff'],
]

test.each(ENDINGS)(
  'N06: a message answered with %s is %s, and the advice is %s',
  async (code, state, advice) => {
    const outcome = await sendMeeting(code)
    expect(outcome).toMatchObject({ state, advice, platformCode: String(code) })
    expect(outcome.platformMessageId).toBe(code === 0 ? '1' : null)
  },
)

test('N06: the limit of a minute asks for a minute', async () => {
  expect(await sendMeeting(45011)).toMatchObject({ waitMs: 60_000 })
})

test.each([40125, 40164, 40243, 50007])(
  'N06: when the token itself is refused with %s, the channel rests and the message was not sent',
  async (code) => {
    const before = stub.requests.length
    expect(await sendMeeting(0, code)).toMatchObject({
      state: 'later',
      advice: 'rest-channel',
      platformCode: `token:${code}`,
    })
    expect(stub.requests.length - before).toBe(1)
  },
)
