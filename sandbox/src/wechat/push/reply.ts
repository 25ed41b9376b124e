import { decryptPush, pushSignature } from './crypto'

/** What the account's server answered on the same connection. */
type Reply =
  | { kind: 'nothing' }
  | { kind: 'text'; text: string }
  | { kind: 'transfer' }
  /** No answer that WeChat can read: the person is told that the account is out of order. */
  | { kind: 'unreadable'; why: string }

interface Account {
  appid: string
  token: string
  encodingAesKey: string
  plain: boolean
}

/** About 2,048 bytes (wechat.md 2.3). */
const TEXT_BYTES = 2048

/**
 * Reads a passive reply as strictly as the platform: sealed in safe mode with its own signature, sender and receiver
 * swapped, and a type that it knows. `success` and nothing at all are the two ways to say nothing.
 */
export function readReply(account: Account, openid: string, body: string): Reply {
  if (body === '' || body === 'success') return { kind: 'nothing' }
  const outer = elements(body)
  if (!outer) return { kind: 'unreadable', why: 'not the platform’s XML' }
  const inner = account.plain ? outer : unseal(account, outer)
  if (!inner) return { kind: 'unreadable', why: 'not sealed rightly' }
  const owner = `gh_${account.appid.slice(2, 14)}`
  if (inner['ToUserName'] !== openid || inner['FromUserName'] !== owner)
    return { kind: 'unreadable', why: 'sender and receiver are not swapped' }
  if (!/^\d{10}$/.test(inner['CreateTime'] ?? '')) return { kind: 'unreadable', why: 'CreateTime' }
  if (inner['MsgType'] === 'transfer_customer_service') return { kind: 'transfer' }
  const text = inner['Content'] ?? ''
  if (inner['MsgType'] !== 'text' || text === '') return { kind: 'unreadable', why: 'MsgType' }
  if (Buffer.byteLength(text) > TEXT_BYTES) return { kind: 'unreadable', why: 'Content is too long' }
  return { kind: 'text', text }
}

function unseal(account: Account, outer: Record<string, string>): Record<string, string> | null {
  const { Encrypt = '', MsgSignature = '', TimeStamp = '', Nonce = '' } = outer
  if (pushSignature(account.token, TimeStamp, Nonce, Encrypt) !== MsgSignature) return null
  const text = decryptPush(account.encodingAesKey, account.appid, Encrypt)
  return text === null ? null : elements(text)
}

/** The children of <xml>; null when it is anything else. */
function elements(text: string): Record<string, string> | null {
  const whole = /^<xml>([\s\S]*)<\/xml>$/.exec(text.trim())?.[1]
  if (whole === undefined) return null
  const found: Record<string, string> = {}
  const rest = whole.replace(
    /\s*<(\w+)>((?:<!\[CDATA\[[\s\S]*?\]\]>)+|[^<]*)<\/\1>\s*/g,
    (_, name: string, value: string) => {
      const sections = [...value.matchAll(/<!\[CDATA\[([\s\S]*?)\]\]>/g)].map(([, inner = '']) => inner)
      found[name] = sections.length > 0 ? sections.join('') : value
      return ''
    },
  )
  return rest === '' ? found : null
}
