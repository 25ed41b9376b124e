import type { Kernel, Table } from '../../kernel/kernel'
import { type Account, signInAccount } from './accounts'
import { ApiError } from './errors'
import { type ApiAct, type ApiCall, countCall, jsonBody } from './exchange'

interface Token {
  token: string
  appid: string
  space: 'classic' | 'stable'
  issuedMs: number
  expiresMs: number
  killed: boolean
}

const LIFE_MS = 7_200_000
const RENEW_BEFORE_MS = 300_000
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const FORCE_GAP_MS = 30_000

function tokens(kernel: Kernel): Table<Token> {
  return kernel.store.table<Token>('wechat.tokens')
}

/** Which token of each space is the latest: `appid|space` → token. */
function latest(kernel: Kernel): Table<string> {
  return kernel.store.table<string>('wechat.tokens-latest')
}

function current(kernel: Kernel, appid: string, space: Token['space']): Token | undefined {
  const token = tokens(kernel).get(latest(kernel).get(`${appid}|${space}`) ?? '')
  return token && !token.killed && kernel.clock.now() < token.expiresMs ? token : undefined
}

function kill(kernel: Kernel, token: Token | undefined): void {
  if (token) tokens(kernel).put(token.token, { ...token, killed: true })
}

function issue(kernel: Kernel, appid: string, space: Token['space']): Token {
  const now = kernel.clock.now()
  for (const old of tokens(kernel).all()) {
    // Long-dead tokens are forgotten, so that a sandbox that runs for weeks does not grow.
    if (now > old.expiresMs + DAY_MS) tokens(kernel).delete(old.token)
  }
  const token: Token = {
    token: `${kernel.random.int(10, 99)}_${kernel.random.word(133)}`,
    appid,
    space,
    issuedMs: now,
    expiresMs: now + LIFE_MS,
    killed: false,
  }
  tokens(kernel).put(token.token, token)
  latest(kernel).put(`${appid}|${space}`, token.token)
  return token
}

/** GET /cgi-bin/token: always a new token, and its predecessor dies at once (wechat.md 1.3). */
export const classicToken: ApiAct = ({ kernel, query }) => {
  const account = signInAccount(kernel, query.get('appid') ?? '', query.get('secret') ?? '')
  if (query.get('grant_type') !== 'client_credential') throw new ApiError(40002)
  countCall(kernel, `token|${account.appid}`, { count: 2_000, windowMs: DAY_MS, errcode: 45009 })
  kill(kernel, current(kernel, account.appid, 'classic'))
  return { access_token: issue(kernel, account.appid, 'classic').token, expires_in: LIFE_MS / 1000 }
}

function countForced(kernel: Kernel, account: Account): void {
  const table = kernel.store.table<number>('wechat.token-forced')
  const last = table.get(account.appid)
  if (last !== undefined && kernel.clock.now() < last + FORCE_GAP_MS) throw new ApiError(45011)
  countCall(kernel, `force|${account.appid}`, { count: 20, windowMs: DAY_MS, errcode: 45009 })
  table.put(account.appid, kernel.clock.now())
}

/**
 * POST /cgi-bin/stable_token: the same token with its remaining time; renewed five minutes before its end, when both
 * work; `force_refresh` at most 20 times a day and 30 s apart.
 */
export const stableToken: ApiAct = (call) => {
  const { kernel } = call
  const body = jsonBody(call)
  const account = signInAccount(kernel, body['appid'], body['secret'])
  if (body['grant_type'] !== 'client_credential') throw new ApiError(40002)
  countCall(kernel, `stable|${account.appid}`, { count: 10_000, windowMs: MINUTE_MS, errcode: 45011 })
  countCall(kernel, `stable|${account.appid}`, { count: 500_000, windowMs: DAY_MS, errcode: 45009 })
  const now = kernel.clock.now()
  let token = current(kernel, account.appid, 'stable')
  if (body['force_refresh'] === true) {
    countForced(kernel, account)
    kill(kernel, token)
    token = undefined
  }
  if (!token || token.expiresMs - now <= RENEW_BEFORE_MS) token = issue(kernel, account.appid, 'stable')
  return { access_token: token.token, expires_in: Math.floor((token.expiresMs - now) / 1000) }
}

/** Kills every living token of the account, as another process that refreshes would. */
export function killTokens(kernel: Kernel, appid: string): void {
  for (const token of tokens(kernel).all()) if (token.appid === appid && !token.killed) kill(kernel, token)
}

/** Refuses unless the query carries a living token of exactly this appid. */
/** Whose token it is, where several accounts have the same interface. */
export function accountOfToken(call: ApiCall): string {
  const given = call.query.get('access_token')
  if (!given) throw new ApiError(41001)
  const appid = tokens(call.kernel).get(given)?.appid ?? ''
  checkToken(call, appid)
  return appid
}

export function checkToken(call: ApiCall, appid: string): void {
  const { kernel } = call
  const given = call.query.get('access_token')
  if (!given) throw new ApiError(41001)
  if (kernel.faults.take('token.killed')) killTokens(kernel, appid)
  const token = tokens(kernel).get(given)
  if (!token || token.killed || token.appid !== appid) throw new ApiError(40001)
  if (kernel.clock.now() >= token.expiresMs) throw new ApiError(42001)
}
