import { createHash } from 'node:crypto'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { PlatformIdentity, SendOutcome } from '../../platforms'
import { fakePlatforms } from '../../testing/fake-platforms'
import { startApp, type TestApp, type TestEngine } from '../../testing/harness'
import { identityFeature } from '.'
import { authenticate } from './authenticate'

/** Wallets, their phone buttons and an SMS provider that do as the tests say, in front of the real portal. */
export interface TestWorld {
  readonly app: TestApp
  /** Login code → whom it stands for, once. An error is thrown instead. */
  readonly codes: Map<string, PlatformIdentity | AppError>
  /** Phone proof → number, once, for the account it was made for. */
  readonly phoneProofs: Map<string, { phone: string; subject: string }>
  readonly sentCodes: { phone: string; code: string }[]
  setSmsOutcome(state: SendOutcome['state']): void
  call(name: string, input?: object, how?: { token?: string; cookie?: string }): Promise<Answer>
  /** Logs a wallet account in and answers its token and resident. */
  signIn(identity: PlatformIdentity): Promise<SignedIn>
  /** A context as the edge makes it for this token. */
  ctxOf(token: string): Promise<Ctx>
  /** Everything the feature keeps, as text. */
  dump(): Promise<string>
  count(table: string, where?: string): Promise<number>
}

interface Answer {
  readonly status: number
  // Tests look into answers of many shapes; the contract's own tests check the shapes.
  readonly body: Record<string, unknown>
}

interface SignedIn {
  readonly token: string
  readonly residentId: string
}

export const weMini = (subject: string, unionId: string | null = null): PlatformIdentity => ({
  provider: 'wechat-mini',
  appId: 'wx0000000000000001',
  idType: 'openid',
  subject,
  unionId,
})
export const weOa = (subject: string, unionId: string | null = null): PlatformIdentity => ({
  ...weMini(subject, unionId),
  provider: 'wechat-oa',
  appId: 'wx0000000000000002',
})
export const alipay = (subject: string): PlatformIdentity => ({
  provider: 'alipay',
  appId: '2021000000000001',
  idType: 'open_id',
  subject,
  unionId: null,
})

let serial = 0
/** A login code nobody has used. */
export const freshCode = (): string => `code-${String(++serial).padStart(8, '0')}`

export async function startWorld(
  engine: TestEngine,
  config: Record<string, unknown> = {},
): Promise<TestWorld> {
  const codes: TestWorld['codes'] = new Map()
  const phoneProofs: TestWorld['phoneProofs'] = new Map()
  const sentCodes: TestWorld['sentCodes'] = []
  let smsState: SendOutcome['state'] = 'delivered'
  const login = {
    exchange: async (code: string) => {
      const found = codes.get(code)
      codes.delete(code)
      if (!found) throw new AppError('login_code_invalid')
      if (found instanceof AppError) throw found
      return found
    },
    authorizeUrl: ({
      explicit = false,
      ...input
    }: {
      redirectUrl: string
      state: string
      explicit?: boolean
    }) =>
      `https://wallet.test/authorize?${new URLSearchParams({ ...input, explicit: String(explicit) }).toString()}`,
  }
  const phone = {
    phone: async (proof: string, subject: string) => {
      const found = phoneProofs.get(proof)
      phoneProofs.delete(proof)
      if (found?.subject !== subject) throw new AppError('phone_code_invalid')
      return found.phone
    },
  }
  const fakes = fakePlatforms()
  const app = await startApp({
    engine,
    config,
    logLevel: 'debug',
    platforms: {
      logins: { wechatMini: login, wechatOa: login, alipayMini: login, alipayWeb: login },
      phones: { wechat: phone, alipay: phone },
      sms: {
        ...fakes.sms,
        sendCode: async (sent) => {
          sentCodes.push({ phone: sent.phone, code: sent.code })
          return { state: smsState, platformCode: null, platformMessageId: null, advice: null }
        },
      },
    },
  })
  return {
    app,
    codes,
    phoneProofs,
    sentCodes,
    setSmsOutcome: (state) => {
      smsState = state
    },
    ...clientOf(app, codes),
    ...databaseOf(app),
  }
}

function clientOf(app: TestApp, codes: TestWorld['codes']): Pick<TestWorld, 'call' | 'signIn' | 'ctxOf'> {
  const call: TestWorld['call'] = async (name, input = {}, how = {}) => {
    const reads = ['residents.me'].includes(name)
    // What a resident does has an id of its own each time, as the mini-program gives it.
    const body = how.token ? { clientId: `client-id-${String(++serial).padStart(8, '0')}`, ...input } : input
    const response = await fetch(`${app.url}/api/${name}`, {
      method: reads ? 'GET' : 'POST',
      headers: {
        // Another device each time, so that a suite of many logins does not run into the limit of one device.
        'x-yihu-device': `device-${++serial}`,
        ...(reads ? {} : { 'content-type': 'application/json' }),
        ...(how.token ? { authorization: `Bearer ${how.token}` } : {}),
        ...(how.cookie ? { cookie: how.cookie } : {}),
      },
      ...(reads ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }
  return {
    call,
    signIn: async (identity) => {
      const code = freshCode()
      codes.set(code, identity)
      const channel = identity.provider === 'alipay' ? 'alipay-mini' : 'wechat-mini'
      const { status, body } = await call('sessions.login', { channel, code })
      if (status !== 200) throw new Error(`login answered ${status}: ${JSON.stringify(body)}`)
      return { token: String(body['token']), residentId: residentIdIn(body['me']) }
    },
    ctxOf: async (token) => {
      const resident = await authenticate(app.ctx(), token)
      return { ...app.ctx(), resident }
    },
  }
}

function databaseOf(app: TestApp): Pick<TestWorld, 'dump' | 'count'> {
  const reader = app.ctx().db.reader
  return {
    dump: async () => {
      const names = [...identityFeature.tables.map((table) => table.name), 'audit_log', 'job']
      const tables = await Promise.all(names.map((name) => reader.query(`SELECT * FROM ${name}`)))
      return JSON.stringify(tables)
    },
    count: async (table, where = '1 = 1') => {
      const rows = await reader.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table} WHERE ${where}`)
      return Number(rows[0]?.n)
    },
  }
}

export function residentIdIn(me: unknown): string {
  return typeof me === 'object' && me !== null && 'id' in me ? String(me.id) : ''
}

export function errorCode(answer: Answer): unknown {
  const error = answer.body['error']
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
