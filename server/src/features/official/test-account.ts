import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { AppError } from '../../core/errors'
import type {
  ChatChannel,
  ChatMedia,
  MenuAction,
  MenuGroup,
  MessageChannel,
  OutgoingChat,
  SendOutcome,
} from '../../platforms'
import { createWechatPush } from '../../platforms/wechat/push'
import { fakePlatforms } from '../../testing/fake-platforms'
import { TEST_APPS } from '../../testing/config'
import { startApp, type TestApp, type TestEngine } from '../../testing/harness'

const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const TOKENS = { oa: 'oatoken', mini: 'minitoken' }
const APP_IDS = { oa: TEST_APPS.wechatOa, mini: TEST_APPS.wechatMini }

export type Fields = Readonly<Record<string, string | number>>

type Ending = SendOutcome['state'] | SendOutcome

/** WeChat's side of an account, written here once more: it signs, seals, repeats, and reads what comes back. */
export interface TestAccount {
  readonly app: TestApp
  /** What was said in customer-service messages. */
  readonly said: OutgoingChat[]
  /** The next endings of those; delivered when there are none. */
  readonly outcomes: Ending[]
  /** What the platform gives for a picture's name; later, while it is not there. */
  readonly pictures: Map<string, Buffer | 'gone'>
  readonly menus: (readonly (MenuAction | MenuGroup)[])[]
  /** Pushes one message in safe mode. The answer's text, `success`, or the status when it is no success. */
  push(fields: Fields, how?: { account?: 'oa' | 'mini'; plain?: boolean }): Promise<string>
  event(openid: string, event: string, more?: Fields): Promise<string>
  text(openid: string, text: string, messageId?: string): Promise<string>
  rows<Row>(table: string): Promise<Row[]>
}

/** `plain`: the account's console says plain mode. */
export async function startAccount(
  engine: TestEngine,
  given: { plain?: boolean; config?: Record<string, unknown>; oa?: MessageChannel } = {},
): Promise<TestAccount> {
  const said: OutgoingChat[] = []
  const outcomes: Ending[] = []
  const pictures: TestAccount['pictures'] = new Map()
  const media = mediaFrom(pictures)
  const menus: TestAccount['menus'] = []
  let at = 0
  const clock = { now: () => at }
  const fakes = fakePlatforms()
  const oaPush = given.plain ? { token: TOKENS.oa } : { token: TOKENS.oa, encodingAesKey: KEY }
  const app = await startApp({
    engine,
    ...(given.config ? { config: given.config } : {}),
    platforms: {
      messagePush: createWechatPush(
        [
          { appId: APP_IDS.oa, push: oaPush },
          { appId: APP_IDS.mini, push: { token: TOKENS.mini, encodingAesKey: KEY } },
        ],
        clock,
      ),
      messages: {
        ...fakes.messages,
        wechatCs: chatChannel(said, outcomes),
        wechatMiniCs: chatChannel(said, outcomes),
        ...(given.oa ? { wechatOa: given.oa } : {}),
      },
      chatMedia: { 'wechat-oa': media, 'wechat-mini': media },
      officialAccount: {
        appId: APP_IDS.oa,
        createMenu: async (menu) => void menus.push(menu),
        signPage: async (url) => {
          if (url.includes('down')) throw new AppError('platform_unavailable')
          return { appId: APP_IDS.oa, timestamp: 1_795_312_800, nonceStr: 'n', signature: sha1([url]) }
        },
      },
    },
  })
  at = app.clock.now()
  const push: TestAccount['push'] = async (fields, { account = 'oa', plain = false } = {}) => {
    at = app.clock.now()
    const seconds = Math.floor(app.clock.now() / 1000)
    const whole = { ToUserName: 'gh_1', CreateTime: seconds, ...fields }
    const answer = await fetch(`${app.url}/wx/push?${queryOf(whole, account, plain)}`, {
      method: 'POST',
      body: plain ? xml(whole) : xml({ ToUserName: 'gh_1', Encrypt: sealed(xml(whole), APP_IDS[account]) }),
    })
    return answer.status === 200 ? opened(await answer.text(), APP_IDS[account]) : String(answer.status)
  }
  let serial = 0
  return {
    app,
    said,
    outcomes,
    pictures,
    menus,
    push,
    event: (openid, event, more = {}) =>
      push({ FromUserName: openid, MsgType: 'event', Event: event, ...more }),
    text: (openid, text, messageId = `73000000000000000${String(++serial).padStart(2, '0')}`) =>
      push({ FromUserName: openid, MsgType: 'text', Content: text, MsgId: messageId }),
    rows: (table) => app.ctx().db.reader.query(`SELECT * FROM ${table}`),
  }
}

function mediaFrom(pictures: TestAccount['pictures']): ChatMedia {
  return {
    fetch: async (mediaId) => {
      const found = pictures.get(mediaId) ?? 'later'
      return typeof found === 'string' ? { state: found, platformCode: null } : { state: 'got', bytes: found }
    },
  }
}

function chatChannel(said: OutgoingChat[], outcomes: Ending[]): ChatChannel {
  return {
    send: async (message) => {
      said.push(message)
      const next = outcomes.shift() ?? 'delivered'
      if (typeof next === 'object') return next
      return { state: next, platformCode: '0', platformMessageId: null, advice: null }
    },
  }
}

const sha1 = (parts: readonly string[]): string =>
  createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex')

function xml(fields: Fields): string {
  const elements = Object.entries(fields).map(([name, value]) =>
    typeof value === 'number'
      ? `<${name}>${value}</${name}>`
      : `<${name}>${value.startsWith('<') ? value : `<![CDATA[${value}]]>`}</${name}>`,
  )
  return `<xml>${elements.join('')}</xml>`
}

let nonces = 1000
function queryOf(whole: Fields, account: 'oa' | 'mini', plain: boolean): string {
  const timestamp = String(whole['CreateTime'])
  const nonce = String(++nonces)
  const token = TOKENS[account]
  const encrypt = plain ? '' : sealed(xml(whole), APP_IDS[account])
  return new URLSearchParams({
    signature: sha1([token, timestamp, nonce]),
    timestamp,
    nonce,
    ...(plain ? {} : { encrypt_type: 'aes', msg_signature: sha1([token, timestamp, nonce, encrypt]) }),
  }).toString()
}

const aesKey = Buffer.from(`${KEY}=`, 'base64')

/** Seals as the platform does (wechat.md 2.2); always with the same random bytes, so that a text seals to one text. */
function sealed(message: string, appId: string): string {
  const body = Buffer.from(message)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  const plain = Buffer.concat([Buffer.from('aaaabbbbccccdddd'), length, body, Buffer.from(appId)])
  const missing = 32 - (plain.length % 32)
  const cipher = createCipheriv('aes-256-cbc', aesKey, aesKey.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([
    cipher.update(Buffer.concat([plain, Buffer.alloc(missing, missing)])),
    cipher.final(),
  ]).toString('base64')
}

/** The words of a passive answer, opened and with its signature checked; other bodies as they are. */
function opened(body: string, appId: string): string {
  const part = (name: string, text: string): string =>
    new RegExp(`<${name}>(?:<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>|([^<]*))</${name}>`)
      .exec(text)
      ?.slice(1)
      .find((found) => found !== undefined) ?? ''
  const encrypted = part('Encrypt', body)
  if (encrypted === '') return body.startsWith('<xml>') ? part('Content', body) : body
  const signed = [TOKENS.oa, part('TimeStamp', body), part('Nonce', body), encrypted]
  if (sha1(signed) !== part('MsgSignature', body)) throw new Error('The answer is signed wrongly.')
  const decipher = createDecipheriv('aes-256-cbc', aesKey, aesKey.subarray(0, 16)).setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()])
  const end = 20 + plain.readUInt32BE(16)
  if (!plain.subarray(end).toString().startsWith(appId)) throw new Error('The answer is of another account.')
  return part('Content', plain.subarray(20, end).toString())
}
