import type { Kernel } from '../../kernel/kernel'
import { encryptPush, pushSignature } from './crypto'

/** Where an account's server listens, and how it is spoken to. */
export interface Target {
  url: string
  appid: string
  token: string
  encodingAesKey: string
  /** 明文模式: nothing is sealed, and `signature` is all there is. */
  plain: boolean
}

interface Push {
  openid: string
  message: string
  type: 'json' | 'xml'
  /** Judges the answer's body; without it only `success` and nothing count. */
  onAnswer?: (body: string) => boolean
  /** Three tries without an answer. */
  onGiveUp?: () => void
}

// Three times in all (wechat.md 2.3); the waits between are not documented.
const RETRY_GAPS_MS = [5_000, 5_000]
const TIMEOUT_MS = 5_000

/** MarkFail (wechat.md 2.3): so many pushes in a row without an answer suspend all pushes of the account for a minute. */
const MARK_FAIL_AFTER = 5
const MARK_FAIL_MS = 60_000

interface Health {
  failed: number
  suspendedUntilMs: number
}

const health = (kernel: Kernel) => kernel.store.table<Health>('wechat.push-health')

/** Until when nothing is pushed to the account's server; 0 while it is well. */
export function suspendedUntil(kernel: Kernel, appid: string): number {
  return health(kernel).get(appid)?.suspendedUntilMs ?? 0
}

function note(kernel: Kernel, appid: string, outcome: 'accepted' | 'gave-up' | 'dropped'): void {
  const before = health(kernel).get(appid)?.failed ?? 0
  const failed = outcome === 'gave-up' ? before + 1 : 0
  if (outcome === 'dropped') return
  const marked = failed >= MARK_FAIL_AFTER
  if (marked) kernel.log('wechat-push.mark-fail', { appid })
  health(kernel).put(appid, {
    failed: marked ? 0 : failed,
    suspendedUntilMs: marked ? kernel.clock.now() + MARK_FAIL_MS : 0,
  })
}

/** Pushes one message as the platform does: signed, sealed unless the account is in plain mode, three tries in all. */
export function deliverPush(kernel: Kernel, target: Target, push: Push): void {
  if (suspendedUntil(kernel, target.appid) > kernel.clock.now()) {
    kernel.log('wechat-push.suspended', { appid: target.appid })
    push.onGiveUp?.()
    return
  }
  const usual = (body: string): boolean => body === 'success' || body === ''
  kernel.notifier.deliver({
    key: `wechat:push:${target.appid}:${kernel.random.digits(18)}`,
    url: target.url,
    gapsMs: RETRY_GAPS_MS,
    timeoutMs: TIMEOUT_MS,
    accepted: (status, body) => status === 200 && (push.onAnswer ?? usual)(body),
    onDone: (outcome) => {
      note(kernel, target.appid, outcome)
      if (outcome === 'gave-up') push.onGiveUp?.()
    },
    make: () => dress(kernel, target, push),
  })
}

function dress(
  kernel: Kernel,
  target: Target,
  { openid, message, type }: Push,
): { headers: Record<string, string>; body: string; query: string } {
  const timestamp = String(Math.floor(kernel.clock.stamp() / 1000))
  const nonce = kernel.random.digits(9)
  const headers = {
    'Content-Type': type === 'json' ? 'application/json' : 'text/xml',
    'User-Agent': 'Mozilla/4.0',
  }
  const signed = { signature: pushSignature(target.token, timestamp, nonce), timestamp, nonce, openid }
  if (target.plain) return { headers, body: message, query: new URLSearchParams(signed).toString() }
  const encrypted = encryptPush(target.encodingAesKey, target.appid, message, kernel.random.word(16))
  const query = new URLSearchParams({
    ...signed,
    encrypt_type: 'aes',
    msg_signature: pushSignature(target.token, timestamp, nonce, encrypted),
  })
  const toUser = ownerOf(target.appid)
  const body =
    type === 'json'
      ? JSON.stringify({ ToUserName: toUser, Encrypt: encrypted })
      : `<xml><ToUserName><![CDATA[${toUser}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`
  return { headers, body, query: query.toString() }
}

/** The account's own name, as messages have it. */
export function ownerOf(appid: string): string {
  return `gh_${appid.slice(2, 14)}`
}
