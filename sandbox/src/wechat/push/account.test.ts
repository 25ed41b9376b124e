import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { OA_APPID, post, startWechat, type WechatBed } from '../testing'
import { type Bubble, chatOf, OUT_OF_ORDER } from './chat'
import { decryptPush, encryptPush, pushSignature } from './crypto'
import { suspendedUntil } from './deliver'
import { takeFromWindow } from './window'

const KEY = 'A'.repeat(43)
const TOKEN = 'AAAAA'

/** An account's server, as its owner would write it: answers what the test says, sealed or plain. */
interface AccountServer {
  readonly seen: { query: URLSearchParams; xml: string }[]
  answer: (xml: string, query: URLSearchParams) => { status: number; body: string } | null
}

let bed: WechatBed
let server: Server
let owner: AccountServer

beforeEach(async () => {
  bed = await startWechat()
  owner = { seen: [], answer: () => ({ status: 200, body: 'success' }) }
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const query = new URL(request.url ?? '/', 'http://x').searchParams
      const body = Buffer.concat(chunks).toString()
      const encrypted = /<Encrypt><!\[CDATA\[([^\]]+)/.exec(body)?.[1]
      const xml = encrypted === undefined ? body : (decryptPush(KEY, OA_APPID, encrypted) ?? '')
      owner.seen.push({ query, xml })
      const answer = owner.answer(xml, query)
      if (!answer) request.socket.destroy()
      else response.writeHead(answer.status).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  bed.kernel.config.wechat.oa.pushUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wx`
})

afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await bed.close()
})

const act = async (path: string, body: object) => {
  const answer = await post(`${bed.address}/control/wechat/${path}`, { personId: 'zhangyu', ...body })
  await bed.kernel.notifier.idle()
  return answer
}
const chat = (): Pick<Bubble, 'from' | 'text'>[] =>
  chatOf(bed.kernel, 'zhangyu').map(({ from, text }) => ({ from, text }))
const part = (xml: string, name: string): string =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>|([^<]*))</${name}>`)
    .exec(xml)
    ?.slice(1)
    .find((found) => found !== undefined) ?? ''
const plainReply = (xml: string, text: string): string =>
  `<xml><ToUserName><![CDATA[${part(xml, 'FromUserName')}]]></ToUserName><FromUserName><![CDATA[${part(xml, 'ToUserName')}]]></FromUserName><CreateTime>1767232802</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${text}]]></Content></xml>`
const sealedReply = (xml: string, text: string, nonce = '1', change = (sealed: string) => sealed): string => {
  const Encrypt = change(encryptPush(KEY, OA_APPID, plainReply(xml, text), 'b'.repeat(16)))
  const signature = pushSignature(TOKEN, '1767232802', nonce, Encrypt)
  return `<xml><Encrypt><![CDATA[${Encrypt}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature><TimeStamp>1767232802</TimeStamp><Nonce><![CDATA[${nonce}]]></Nonce></xml>`
}
const openid = (): string => bed.kernel.people.openid('zhangyu', OA_APPID)

test('what a person writes is pushed sealed, and the sealed answer stands in the chat', async () => {
  owner.answer = (xml) => ({ status: 200, body: sealedReply(xml, '待缴 3634.08 元') })
  await act('account-text', { text: '欠费' })
  const [seen] = owner.seen
  const query = seen?.query ?? new URLSearchParams()
  expect(query.get('encrypt_type')).toBe('aes')
  expect(part(seen?.xml ?? '', 'Content')).toBe('欠费')
  expect(part(seen?.xml ?? '', 'MsgId')).toMatch(/^73\d{17}$/)
  expect(chat()).toEqual([
    { from: 'person', text: '欠费' },
    { from: 'account', text: '待缴 3634.08 元' },
  ])
})

test('in plain mode nothing is sealed on either way', async () => {
  bed.kernel.config.wechat.oa.pushMode = 'plain'
  owner.answer = (xml) => ({ status: 200, body: plainReply(xml, '您好') })
  await act('account-text', { text: '你好' })
  const query = owner.seen[0]?.query ?? new URLSearchParams()
  expect(query.get('encrypt_type')).toBeNull()
  const [timestamp = '', nonce = ''] = [query.get('timestamp') ?? '', query.get('nonce') ?? '']
  expect(query.get('signature')).toBe(pushSignature(TOKEN, timestamp, nonce))
  expect(chat().at(-1)).toEqual({ from: 'account', text: '您好' })
})

test.each<[string, (xml: string) => string]>([
  ['JSON', () => '{"errcode":0}'],
  ['words', () => 'ok'],
  ['an open answer in safe mode', (xml) => plainReply(xml, '您好')],
  [
    'a wrong signature',
    (xml) => sealedReply(xml, '您好').replace(/<MsgSignature><!\[CDATA\[../, '<MsgSignature><![CDATA[zz'),
  ],
  ['another account’s key', (xml) => sealedReply(xml, '您好', '1', (sealed) => `AAAA${sealed.slice(4)}`)],
  ['the directions not swapped', () => sealedReply('<xml><FromUserName>a</FromUserName></xml>', '您好')],
  ['nothing to say, as a message', (xml) => sealedReply(xml, '')],
  ['a text of 3,000 bytes', (xml) => sealedReply(xml, '长'.repeat(1000))],
])('%s is no answer: the person reads that the account is out of order', async (_, body) => {
  owner.answer = (xml) => ({ status: 200, body: body(xml) })
  await act('account-text', { text: '你好' })
  expect(chat().at(-1)).toEqual({ from: 'note', text: OUT_OF_ORDER })
  expect(owner.seen).toHaveLength(1)
})

test('without an answer it is pushed three times in all, the same message each time, and then given up', async () => {
  owner.answer = () => null
  await act('account-text', { text: '你好' })
  await bed.kernel.clock.advance(60_000)
  expect(owner.seen).toHaveLength(3)
  expect(new Set(owner.seen.map(({ xml }) => part(xml, 'MsgId'))).size).toBe(1)
  expect(new Set(owner.seen.map(({ query }) => query.get('nonce'))).size).toBe(3)
  expect(chat().at(-1)).toEqual({ from: 'note', text: OUT_OF_ORDER })
})

test('an answer to the second try is shown once', async () => {
  owner.answer = (xml) => (owner.seen.length === 1 ? null : { status: 200, body: sealedReply(xml, '您好') })
  await act('account-text', { text: '你好' })
  await bed.kernel.clock.advance(60_000)
  expect(owner.seen).toHaveLength(2)
  expect(chat()).toEqual([
    { from: 'person', text: '你好' },
    { from: 'account', text: '您好' },
  ])
})

test('MarkFail: five pushes without an answer suspend the account for a minute', async () => {
  owner.answer = () => ({ status: 500, body: '' })
  for (let message = 0; message < 5; message++) {
    await act('account-text', { text: `第${message}条` })
    await bed.kernel.clock.advance(11_000)
  }
  expect(owner.seen).toHaveLength(15)
  expect(suspendedUntil(bed.kernel, OA_APPID)).toBeGreaterThan(bed.kernel.clock.now())
  await act('account-text', { text: '还在吗' })
  expect(owner.seen).toHaveLength(15)
  expect(chat().at(-1)).toEqual({ from: 'note', text: OUT_OF_ORDER })
  owner.answer = () => ({ status: 200, body: 'success' })
  await bed.kernel.clock.advance(60_000)
  await act('account-text', { text: '现在呢' })
  expect(owner.seen).toHaveLength(16)
})

test('following by a code carries qrscene_, a follower’s scan does not (wechat.md 9.14)', async () => {
  await act('follow', { follows: false })
  await act('account-scan', { scene: 'h_8F3K2' })
  await act('account-scan', { scene: 'h_8F3K2' })
  const events = owner.seen.map(({ xml }) => [part(xml, 'Event'), part(xml, 'EventKey')])
  expect(events).toEqual([
    ['unsubscribe', ''],
    ['subscribe', 'qrscene_h_8F3K2'],
    ['SCAN', 'h_8F3K2'],
  ])
})

test('a tap on the menu pushes its key, or that the address was opened', async () => {
  await act('account-tap', { type: 'click', key: 'owed' })
  await act('account-tap', { type: 'view', key: 'https://pay.example.com/' })
  const events = owner.seen.map(({ xml }) => [part(xml, 'Event'), part(xml, 'EventKey')])
  expect(events).toEqual([
    ['CLICK', 'owed'],
    ['VIEW', 'https://pay.example.com/'],
  ])
})

test('a message opens five answers for two days, a tap three for a minute; the larger of both counts', async () => {
  const take = (): number => takeFromWindow(bed.kernel, openid())
  expect(take()).toBe(45015)
  await act('account-tap', { type: 'click', key: 'owed' })
  expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 45047])
  await bed.kernel.clock.advance(60_001)
  expect(take()).toBe(45015)
  await act('account-text', { text: '你好' })
  await act('account-tap', { type: 'click', key: 'owed' })
  await bed.kernel.clock.advance(3_600_000)
  expect([take(), take(), take(), take(), take(), take()]).toEqual([0, 0, 0, 0, 0, 45047])
})

test('who does not follow cannot write, and the phone says why', async () => {
  await act('follow', { follows: false })
  expect((await act('account-text', { text: '你好' })).text).toContain('先关注公众号')
})
