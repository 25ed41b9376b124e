/** What a printed code of a household leads to: `https://<portal>/q/<token>`. Pure. */

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The token in a scanned text, encoded as wallets hand it over or plain; null for everything else. */
export function tokenIn(text: string | null | undefined): string | null {
  if (!text) return null
  const link = /^https?:\/\//i.test(text) ? text : decoded(text)
  return /^https?:\/\/[^/?#]+\/q\/([A-Za-z0-9_-]{1,64})(?:[?#]|$)/i.exec(link)?.[1] ?? null
}

/** The token of a code on a PC's screen: `https://<portal>/s/<token>`; null for everything else. */
export function scanTokenIn(text: string | null | undefined): string | null {
  if (!text) return null
  const link = /^https?:\/\//i.test(text) ? text : decoded(text)
  return /^https?:\/\/[^/?#]+\/s\/([A-Za-z0-9_-]{1,64})(?:[?#]|$)/i.exec(link)?.[1] ?? null
}

/** What is to be done on the telephone: sign that PC in, or pay what it shows. */
export type OnPhone = { kind: 'pc'; token: string } | { kind: 'bill'; billId: string } | { kind: 'bills' }

export function onPhoneOf(token: string): OnPhone | null {
  if (/^[0-9a-f]{32}$/.test(token)) return { kind: 'pc', token }
  if (token === 'bills') return { kind: 'bills' }
  const billId = /^b-([0-9A-HJKMNP-TV-Z]{26})$/.exec(token)?.[1]
  return billId === undefined ? null : { kind: 'bill', billId }
}

/** The digits of a bar code on a bill; null where there are none. A link is no account number, whatever it holds. */
export const accountNoIn = (text: string): string | null =>
  /^[a-z]+:\/\//i.test(text) ? null : (/\d{6,20}/.exec(text)?.[0] ?? null)

/**
 * `#/codes/home/index?t=T` → the token, and the same address without it: a code must not stay in a browser's history.
 * The wallets' own parameters (`q`, `qrCode`) hold the whole link.
 */
export const splitCode = (hash: string): Split => split(hash, '#/codes/home/index', tokenIn)

/** The same for a code on a PC's screen. */
export const splitScan = (hash: string): Split => split(hash, '#/hall/scan/index', scanTokenIn)

interface Split {
  token: string | null
  hash: string
}

function split(hash: string, page: string, tokenOf: (link: string | undefined) => string | null): Split {
  const [path = '', query = ''] = hash.split('?')
  if (path !== page) return { token: null, hash }
  const named = new Map(
    query.split('&').map((part) => {
      const [name = '', ...rest] = part.split('=')
      return [name, decoded(rest.join('='))] as const
    }),
  )
  const token = named.get('t') ?? tokenOf(named.get('q')) ?? tokenOf(named.get('qrCode'))
  return token === null || token === undefined ? { token: null, hash } : { token, hash: path }
}
