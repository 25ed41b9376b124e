import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { memoryCache, type SharedCache } from '../../core/cache'
import { type Clock, DAY_MS } from '../../core/clock'
import { AppError, isAppError } from '../../core/errors'
import { OutgoingFailure, readJson } from '../outgoing-http'
import type { PlatformLog } from '../support'
import { callWechat, type WechatAnswer, type WechatApi, type WechatCall } from './api'
import { reactionTo } from './errcodes'

export interface WechatTokens {
  /** Makes a call with the access token of this account; a dead token is fetched again and the call repeated once. */
  call(appId: string, call: WechatCall): Promise<WechatAnswer>
}

interface Token {
  readonly value: string
  readonly usableUntilMs: number
}

/** What this needs of the cache that all processes share. Any of it may fail: then each process fetches for itself. */
type TokenCache = Pick<SharedCache, 'get' | 'set' | 'lock' | 'increment'>

export interface WechatTokensOptions {
  readonly api: WechatApi
  readonly clock: Clock
  readonly log: PlatformLog
  /** appid → secret. */
  readonly secrets: Readonly<Record<string, string>>
  /** Lets several processes live on one token; without it each asks for itself, which stable_token allows. */
  readonly sharedCache?: TokenCache | undefined
}

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.int().min(1) })
const storedToken = z.object({ value: z.string().min(1), usableUntilMs: z.number() })

const TOKEN_PATH = '/cgi-bin/stable_token'
// The platform hands out the next token five minutes before the end and honours both meanwhile.
const MARGIN_MS = 60_000
/** About as long as one call to the platform may take; nobody releases it, it runs out. */
const LOCK_MS = 5000
const LOCK_POLLS = 10
/** The platform allows twenty a day, 30 s apart; half of it, because our day and the platform's begin at other hours. */
const FORCED_PER_DAY = 10
const FORCE_GAP_MS = 30_000
const LOCK_POLL_MS = 200

/**
 * Access tokens by `stable_token` in its normal mode (wechat.md 1.3): every process that asks gets the same token, so
 * none can kill another's. One request at a time per account here, and one per fleet while the shared cache works.
 */
export function createWechatTokens(options: WechatTokensOptions): WechatTokens {
  const { clock } = options
  // Alone, this process counts for itself how often it has forced a token.
  const forcing = options.sharedCache ?? memoryCache(clock)
  const tokens = new Map<string, Token>()
  const underWay = new Map<string, Promise<Token>>()

  const usable = (appId: string, deadValue: string | null): Token | null => {
    const token = tokens.get(appId)
    return token && token.value !== deadValue && token.usableUntilMs > clock.now() ? token : null
  }
  const current = async (appId: string, deadValue: string | null): Promise<Token> => {
    const token = usable(appId, deadValue)
    if (token) return token
    const running = underWay.get(appId)
    if (running) return running
    const fetching = obtain({ ...options, forcing }, appId, deadValue)
      .then((fresh) => {
        tokens.set(appId, fresh)
        return fresh
      })
      .finally(() => underWay.delete(appId))
    underWay.set(appId, fetching)
    return fetching
  }

  return {
    async call(appId, call) {
      const withToken = (token: Token) =>
        callWechat(options.api, { ...call, query: { access_token: token.value, ...call.query } })
      const token = usable(appId, null) ?? (await tokenOrNeverSent(current(appId, null)))
      const first = await withToken(token)
      if (first.errcode === 0 || reactionTo(first.errcode) !== 'token') return first
      return withToken(await tokenOrNeverSent(current(appId, token.value)))
    },
  }
}

/** The platform gave no token and said why. The call that needed it has not left. */
export class TokenRefused extends OutgoingFailure {
  constructor(readonly errcode: number) {
    super(`wechat ${TOKEN_PATH}: errcode ${errcode}`, true)
  }
}

/** Without a token the call itself has not left, which a message needs to know before it may be sent again. */
async function tokenOrNeverSent(token: Promise<Token>): Promise<Token> {
  try {
    return await token
  } catch (error) {
    if (error instanceof TokenRefused || !isAppError(error, 'platform_unavailable')) throw error
    throw new OutgoingFailure(error.detail ?? 'no access token', true, error)
  }
}

/** From the shared cache, or from the platform by whoever holds the lock. Trouble with the cache is only logged. */
async function obtain(options: Obtaining, appId: string, deadValue: string | null): Promise<Token> {
  const shared = await readShared(options, appId, deadValue)
  if (shared) return shared
  const cache = options.sharedCache
  if (!cache) return replaceToken(options, appId, deadValue)

  const lock = `${cacheKey(appId)}:lock:${generation(deadValue)}`
  const othersFetch = (await quietly(options, () => cache.lock(lock, LOCK_MS))) === false
  const fetched = othersFetch ? await awaitShared(options, appId, deadValue) : null
  if (fetched) return fetched
  const token = await replaceToken(options, appId, deadValue)
  const ttlMs = token.usableUntilMs - options.clock.now()
  if (ttlMs > 0) await quietly(options, () => cache.set(cacheKey(appId), JSON.stringify(token), ttlMs))
  return token
}

type Obtaining = WechatTokensOptions & { readonly forcing: TokenCache }

/** Each dead token is replaced under a lock of its own, so that one that dies young does not wait for an old lock. */
function generation(deadValue: string | null): string {
  return deadValue === null ? 'first' : createHash('sha256').update(deadValue).digest('hex').slice(0, 16)
}

/**
 * A token that is not the dead one. The platform's normal mode hands out the one it holds for good; only where that is
 * the one it has just refused is another one forced, as rarely as it allows (wechat.md 1.3).
 */
async function replaceToken(options: Obtaining, appId: string, deadValue: string | null): Promise<Token> {
  const token = await requestToken(options, appId, false)
  if (token.value !== deadValue) return token
  const { forcing } = options
  const key = `wechat-token-forced:${appId}`
  const mayForce =
    (await quietly(options, () => forcing.lock(`${key}:gap`, FORCE_GAP_MS))) === true &&
    ((await quietly(options, () => forcing.increment(`${key}:day`, DAY_MS))) ?? Infinity) <= FORCED_PER_DAY
  if (mayForce) return requestToken(options, appId, true)
  throw new OutgoingFailure(`wechat ${TOKEN_PATH}: a dead token, and no other may be forced yet`, true)
}

/** What the process that holds the lock leaves in the cache; null when it took too long. */
async function awaitShared(
  options: WechatTokensOptions,
  appId: string,
  deadValue: string | null,
): Promise<Token | null> {
  for (let poll = 0; poll < LOCK_POLLS; poll++) {
    await pause(LOCK_POLL_MS)
    const token = await readShared(options, appId, deadValue)
    if (token) return token
  }
  return null
}

async function readShared(
  options: WechatTokensOptions,
  appId: string,
  deadValue: string | null,
): Promise<Token | null> {
  const text = await quietly(
    options,
    () => options.sharedCache?.get(cacheKey(appId)) ?? Promise.resolve(null),
  )
  if (typeof text !== 'string') return null
  const parsed = storedToken.safeParse(jsonOrNull(text))
  if (!parsed.success || parsed.data.value === deadValue) return null
  return parsed.data.usableUntilMs > options.clock.now() ? parsed.data : null
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function requestToken(options: WechatTokensOptions, appId: string, force: boolean): Promise<Token> {
  const secret = options.secrets[appId]
  if (secret === undefined) throw new AppError('internal', { detail: `no secret is configured for ${appId}` })
  const json = { grant_type: 'client_credential', appid: appId, secret, force_refresh: force }
  const reply = await callWechat(options.api, { path: TOKEN_PATH, query: {}, json })
  if (reply.errcode !== 0) throw new TokenRefused(reply.errcode)
  const { access_token, expires_in } = readJson(reply.answer, tokenAnswer, `wechat ${TOKEN_PATH}`)
  return { value: access_token, usableUntilMs: options.clock.now() + expires_in * 1000 - MARGIN_MS }
}

/** Undefined when the cache failed: then everything goes on without it. */
async function quietly<T>(options: WechatTokensOptions, use: () => Promise<T>): Promise<T | undefined> {
  try {
    return await use()
  } catch (error) {
    options.log.warn({ reason: String(error) }, 'shared cache failed; going on without it')
    return undefined
  }
}

function cacheKey(appId: string): string {
  return `wechat-token:${appId}`
}
