import { Readable } from 'node:stream'
import { AppError } from '../core/errors'
import type {
  ContentCheck,
  FileStorage,
  InvoiceIssuer,
  LoginChannel,
  MessageChannel,
  PaymentChannel,
  PhoneChannel,
  Platforms,
  SendOutcome,
  UtilitySystem,
  WebLoginChannel,
} from '../platforms'
import { TEST_APPS, TEST_PIDS } from './config'

/** A platform method that no test planned for: an unplanned outgoing call fails the test. */
function unplanned(name: string): () => never {
  return () => {
    throw new Error(`Unplanned outgoing call: ${name}. Give startApp a platform that expects it.`)
  }
}

const payment = (name: 'wechat' | 'alipay'): PaymentChannel => ({
  name,
  prepay: unplanned(`${name}.prepay`),
  query: unplanned(`${name}.query`),
  close: unplanned(`${name}.close`),
  refund: unplanned(`${name}.refund`),
  queryRefund: unplanned(`${name}.queryRefund`),
  readNotice: unplanned(`${name}.readNotice`),
  reopenNotice: unplanned(`${name}.reopenNotice`),
  ack: (accepted) => ({
    status: accepted ? 200 : 500,
    contentType: 'text/plain',
    body: accepted ? 'success' : 'fail',
  }),
})

const login = (name: string): LoginChannel & WebLoginChannel => ({
  exchange: unplanned(`${name}.exchange`),
  authorizeUrl: unplanned(`${name}.authorizeUrl`),
})
const phone = (name: string): PhoneChannel => ({ phone: unplanned(`${name}.phone`) })
const delivered: SendOutcome = {
  state: 'delivered',
  platformCode: null,
  platformMessageId: null,
  advice: null,
}
const message: MessageChannel = { send: async () => delivered }
const utility: UtilitySystem = {
  postReceipt: async () => ({ state: 'accepted', code: 'OK' }),
  postReading: async () => ({ state: 'accepted', code: 'OK' }),
}

const tax: InvoiceIssuer = {
  issue: unplanned('tax.issue'),
  query: unplanned('tax.query'),
  redLetter: unplanned('tax.redLetter'),
  file: unplanned('tax.file'),
}

/** A store that forgets with the process. */
export function memoryStorage(): FileStorage & { readonly objects: Map<string, Buffer> } {
  const objects = new Map<string, Buffer>()
  return {
    objects,
    put: async (key, source) => {
      const chunks: Buffer[] = []
      for await (const chunk of source) chunks.push(Buffer.from(chunk as Uint8Array))
      objects.set(key, Buffer.concat(chunks))
    },
    get: async (key, range) => {
      const bytes = objects.get(key)
      if (!bytes) throw new AppError('not_found')
      return Readable.from([range ? bytes.subarray(range.start, range.end + 1) : bytes])
    },
    delete: async (key) => void objects.delete(key),
  }
}

const contentCheck: ContentCheck = {
  checkText: async () => ({ state: 'checked', verdict: 'pass' }),
  askMedia: unplanned('contentCheck.askMedia'),
}

const MCHIDS: Readonly<Record<string, string>> = {
  heating: '1900000101',
  gas: '1900000102',
  power: '1900000103',
}

/** An outside world where messages arrive and the billing system takes receipts; all else must be planned. */
export function fakePlatforms(): Platforms {
  return {
    payments: { wechat: payment('wechat'), alipay: payment('alipay') },
    logins: {
      wechatMini: login('wechatMini'),
      wechatOa: login('wechatOa'),
      alipayMini: login('alipayMini'),
      alipayWeb: login('alipayWeb'),
    },
    phones: { wechat: phone('wechat'), alipay: phone('alipay') },
    messages: {
      wechatMini: message,
      wechatOa: message,
      wechatCs: { send: async () => delivered },
      wechatMiniCs: { send: async () => delivered },
      alipayMini: message,
      alipayLife: message,
    },
    chatMedia: {
      'wechat-oa': { fetch: unplanned('chatMedia.wechat-oa') },
      'wechat-mini': { fetch: unplanned('chatMedia.wechat-mini') },
    },
    sms: {
      send: async () => delivered,
      sendCode: async () => delivered,
      costOf: () => ({ parts: 1, costFen: 5 }),
      readReports: unplanned('sms.readReports'),
    },
    mail: { send: async () => delivered },
    officialAccount: {
      appId: TEST_APPS.wechatOa,
      createMenu: unplanned('officialAccount.createMenu'),
      signPage: unplanned('officialAccount.signPage'),
    },
    storage: memoryStorage(),
    contentCheck,
    messagePush: null,
    utility: () => utility,
    tax: () => tax,
    signWechatCashier: ({ appId, prepayId }) => ({
      appId,
      timeStamp: '1',
      nonceStr: 'n',
      package: `prepay_id=${prepayId}`,
      signType: 'RSA',
      paySign: 'signed',
    }),
    payAppId: (product) =>
      ({
        'wechat-mini': TEST_APPS.wechatMini,
        'wechat-oa': TEST_APPS.wechatOa,
        'alipay-mini': TEST_APPS.alipayMini,
        'alipay-wap': TEST_APPS.alipayWeb,
      })[product],
    payMerchantId: (channel, merchantKey) =>
      (channel === 'wechat' ? MCHIDS[merchantKey] : new Map(Object.entries(TEST_PIDS)).get(merchantKey)) ??
      '',
    close: async () => undefined,
  }
}
