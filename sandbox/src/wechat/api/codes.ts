import type { Kernel, Person, Table } from '../../kernel/kernel'

/** A one-use code of five minutes: from wx.login, from the phone button, or from the web authorization page. */
export interface Code {
  code: string
  kind: 'login' | 'phone' | 'oauth'
  appid: string
  personId: string
  scope: string
  expiresMs: number
  used: boolean
}

export const CODE_LIFE_MS = 300_000

/** How often wx.login changes the session_key: one time in three shows clients that decrypt too late. */
const ROTATE_PROBABILITY = 1 / 3

function codes(kernel: Kernel): Table<Code> {
  return kernel.store.table<Code>('wechat.codes')
}

interface Session {
  sessionKey: string
  loginMs: number
}

function sessions(kernel: Kernel): Table<Session> {
  return kernel.store.table<Session>('wechat.sessions')
}

function newSessionKey(kernel: Kernel): string {
  return Buffer.from(kernel.random.hex(32), 'hex').toString('base64')
}

/** The person's session with the mini-program; made on first use. */
export function sessionOf(kernel: Kernel, appid: string, personId: string): Session {
  const key = `${appid}|${personId}`
  const known = sessions(kernel).get(key)
  if (known) return known
  const fresh = { sessionKey: newSessionKey(kernel), loginMs: kernel.clock.now() }
  sessions(kernel).put(key, fresh)
  return fresh
}

/** When this person last opened the mini-program, or null. */
export function lastOpenedMs(kernel: Kernel, appid: string, personId: string): number | null {
  return sessions(kernel).get(`${appid}|${personId}`)?.loginMs ?? null
}

function issueCode(kernel: Kernel, row: Omit<Code, 'code' | 'expiresMs' | 'used'>, text: string): string {
  const now = kernel.clock.now()
  for (const old of codes(kernel).all()) {
    if (now > old.expiresMs + CODE_LIFE_MS) codes(kernel).delete(old.code)
  }
  codes(kernel).put(text, { ...row, code: text, expiresMs: now + CODE_LIFE_MS, used: false })
  return text
}

/** What wx.login gives: 32 characters beginning with 0. It may rotate the session_key. */
export function issueLoginCode(kernel: Kernel, person: Person, appid: string): string {
  const session = sessionOf(kernel, appid, person.id)
  const sessionKey = kernel.random.next() < ROTATE_PROBABILITY ? newSessionKey(kernel) : session.sessionKey
  sessions(kernel).put(`${appid}|${person.id}`, { sessionKey, loginMs: kernel.clock.now() })
  const row = { kind: 'login', appid, personId: person.id, scope: '' } as const
  return issueCode(kernel, row, `0${kernel.random.word(31)}`)
}

/** What the phone button gives: 64 hexadecimal characters. */
export function issuePhoneCode(kernel: Kernel, person: Person, appid: string): string {
  return issueCode(kernel, { kind: 'phone', appid, personId: person.id, scope: '' }, kernel.random.hex(64))
}

/** What the web authorization page appends to redirect_uri. */
export function issueOauthCode(kernel: Kernel, person: Person, appid: string, scope: string): string {
  return issueCode(kernel, { kind: 'oauth', appid, personId: person.id, scope }, `0${kernel.random.word(31)}`)
}

/** Takes a code out of use; tells apart what the platform tells apart. */
export function redeemCode(
  kernel: Kernel,
  kind: Code['kind'],
  appid: string,
  text: string,
): { code: Code } | { refused: 'unknown' | 'used' } {
  const code = codes(kernel).get(text)
  if (code?.kind !== kind || code.appid !== appid) return { refused: 'unknown' }
  if (code.used) return { refused: 'used' }
  if (kernel.clock.now() >= code.expiresMs) return { refused: 'unknown' }
  codes(kernel).put(text, { ...code, used: true })
  return { code }
}
