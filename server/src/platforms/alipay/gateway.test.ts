import { createCipheriv, generateKeyPairSync, sign } from 'node:crypto'
import { fixedClock } from '../../core/clock'
import { testKey } from '../../testing/keys'
import { createOutgoingHttp } from '../outgoing-http'
import { MISBEHAVIOURS, startStub } from '../testing/stub-server'
import { alipayApp } from './app'
import { callGateway, readGatewayAnswer } from './gateway'
import { readPrivateKey } from './keys'
import { topLevelValues } from './top-level-values'

const alipay = generateKeyPairSync('rsa', { modulusLength: 2048 })
const AES_KEY = 'aYA0GP8JEW+D7/UFaskCWA=='
const app = alipayApp(
  {
    mode: 'key',
    appId: '2021000000000001',
    privateKey: testKey().privateKeyPem,
    alipayPublicKey: alipay.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    aesKey: AES_KEY,
  },
  'http://127.0.0.1:9/gateway.do',
  fixedClock(0),
)
const METHOD = 'alipay.trade.query'
const signText = (text: string): string =>
  sign('RSA-SHA256', Buffer.from(text), alipay.privateKey).toString('base64')
const answer = (key: string, node: string, signature = signText(node)): string =>
  `{"${key}":${node},"sign":"${signature}"}`
const OK = '{"code":"10000","msg":"Success","out_trade_no":"U1","url":"https:\\/\\/x"}'
const thrown = (raw: string): unknown => {
  try {
    return readGatewayAnswer(app, METHOD, raw)
  } catch (error) {
    return error
  }
}

test('an answer is verified over its text as sent, escapes and all', () => {
  expect(readGatewayAnswer(app, METHOD, answer('alipay_trade_query_response', OK))).toMatchObject({
    kind: 'ok',
    json: { out_trade_no: 'U1', url: 'https://x' },
  })
  const early = `{ "sign" : "${signText(OK)}" , "alipay_trade_query_response" : ${OK} }`
  expect(readGatewayAnswer(app, METHOD, early)).toMatchObject({ kind: 'ok' })
})

test('a signed error_response is a refusal with its true sub_code', () => {
  const node =
    '{"code":"40002","msg":"Invalid Arguments","sub_code":"isv.code-invalid","sub_msg":"授权码code无效"}'
  const read = readGatewayAnswer(app, METHOD, answer('error_response', node))
  expect(read).toMatchObject({ kind: 'refused', code: '40002', subCode: 'isv.code-invalid' })
})

test('an encrypted answer is verified with its quotation marks and opened', () => {
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(AES_KEY, 'base64'), Buffer.alloc(16))
  const sealed = Buffer.concat([cipher.update(OK, 'utf8'), cipher.final()]).toString('base64')
  const read = readGatewayAnswer(app, METHOD, answer('alipay_trade_query_response', `"${sealed}"`))
  expect(read).toMatchObject({ kind: 'ok', json: { out_trade_no: 'U1' } })
})

test.each([
  ['a stranger’s signature', answer('alipay_trade_query_response', OK, signText('{}'))],
  ['no signature', `{"alipay_trade_query_response":${OK}}`],
  [
    'an unsigned refusal',
    '{"alipay_trade_query_response":{"code":"40004","sub_code":"ACQ.TRADE_NOT_EXIST"}}',
  ],
  [
    'two answers of one name',
    `{"alipay_trade_query_response":{},"alipay_trade_query_response":${OK},"sign":"${signText(OK)}"}`,
  ],
  ['the answer of another method', answer('alipay_trade_close_response', OK)],
  [
    'an unknown outcome',
    answer('alipay_trade_query_response', '{"code":"20000","sub_code":"aop.unknow-error"}'),
  ],
  ['a system error', answer('alipay_trade_query_response', '{"code":"40004","sub_code":"ACQ.SYSTEM_ERROR"}')],
  ['a web page', '<html></html>'],
  ['null', 'null'],
])('%s is no answer', (_name, raw) => {
  expect(thrown(raw)).toMatchObject({ code: 'platform_unavailable' })
})

test.each(MISBEHAVIOURS)('Alipay %s and nothing is taken for an answer', async (_name, misbehave) => {
  const stub = await startStub()
  const http = createOutgoingHttp({ connectTimeoutMs: 300, totalTimeoutMs: 500 })
  try {
    stub.answer(misbehave)
    const calling = callGateway({ http, gatewayUrl: `${stub.url}/gateway.do` }, app, METHOD, {
      bizContent: {},
    })
    await expect(calling).rejects.toMatchObject({ code: 'platform_unavailable' })
  } finally {
    await stub.close()
    await http.close()
  }
})

test('keys are read in every form that people paste', () => {
  const key = readPrivateKey(testKey().privateKeyPem)
  const pem = (type: 'pkcs1' | 'pkcs8'): string => key.export({ type, format: 'pem' }).toString()
  const bare = (text: string): string => text.replace(/-----[A-Z ]+-----|\n/g, '')
  const forms = [
    pem('pkcs1'),
    pem('pkcs8'),
    bare(pem('pkcs1')),
    bare(pem('pkcs8')),
    pem('pkcs8').replaceAll('\n', '\\n'),
  ]
  for (const form of [...forms, `\uFEFF${bare(pem('pkcs8'))}\u200B`]) {
    expect(readPrivateKey(form).export({ type: 'pkcs8', format: 'pem' })).toBe(pem('pkcs8'))
  }
})

test('the text of top-level values is found between strings, brackets and spaces', () => {
  expect(topLevelValues(' {"a": {"b":"}\\"{"} ,"c":[1,{"a":2}], "d" : "x,y" , "e":1} ')).toEqual(
    new Map([
      ['a', '{"b":"}\\"{"}'],
      ['c', '[1,{"a":2}]'],
      ['d', '"x,y"'],
      ['e', '1'],
    ]),
  )
  expect(topLevelValues('{}')).toEqual(new Map())
  for (const text of ['[]', '"a"', '{"a":1,"a":2}', '{"a":1', '']) expect(topLevelValues(text)).toBeNull()
})
