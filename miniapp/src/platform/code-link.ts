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

/** The digits of a bar code on a bill; null where there are none. A link is no account number, whatever it holds. */
export const accountNoIn = (text: string): string | null =>
  /^[a-z]+:\/\//i.test(text) ? null : (/\d{6,20}/.exec(text)?.[0] ?? null)

/**
 * `#/codes/home/index?t=T` → the token, and the same address without it: a code must not stay in a browser's history.
 * The wallets' own parameters (`q`, `qrCode`) hold the whole link.
 */
export function splitCode(hash: string): { token: string | null; hash: string } {
  const [path = '', query = ''] = hash.split('?')
  if (path !== '#/codes/home/index') return { token: null, hash }
  const named = new Map(
    query.split('&').map((part) => {
      const [name = '', ...rest] = part.split('=')
      return [name, decoded(rest.join('='))] as const
    }),
  )
  const token = named.get('t') ?? tokenIn(named.get('q')) ?? tokenIn(named.get('qrCode'))
  return token === null || token === undefined ? { token: null, hash } : { token, hash: path }
}
