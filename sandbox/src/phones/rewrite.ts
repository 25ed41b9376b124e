/** Which wallet a phone runs. */
export type Wallet = 'wechat' | 'alipay'

/** The phones there are; also the prefix of each one's cookies. The worker's runs WeChat. */
export type PhoneName = Wallet | 'worker'

export const walletOf = (phone: PhoneName): Wallet => (phone === 'worker' ? 'wechat' : phone)

/** The three places a phone's traffic is about, without a slash at the end. */
export interface Places {
  /** Where the browser believes it is: the phone's own address. */
  phone: string
  portal: string
  sandbox: string
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The origin with every name of this machine written as 127.0.0.1, or null when it is no address. */
export function canonicalOrigin(address: string): string | null {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  return LOOPBACK.has(url.hostname) ? url.origin.replace(url.hostname, '127.0.0.1') : url.origin
}

/** The spellings of an origin that mean the same place on this machine. */
export function spellings(origin: string): string[] {
  const url = new URL(origin)
  if (!LOOPBACK.has(url.hostname)) return [url.origin]
  return ['127.0.0.1', 'localhost'].map((host) => url.origin.replace(url.hostname, host))
}

/** Pages of the wallets themselves: OAuth, the cashier. They live at the sandbox but open inside the phone. */
export function isWalletPath(path: string): boolean {
  return path.startsWith('/wechat-open/') || path.startsWith('/alipay/')
}

/** An address as the phone's browser may follow it: the portal and the wallets' pages stay inside the phone. */
export function rewriteLocation(location: string, places: Places): string {
  const origin = canonicalOrigin(location)
  if (origin === null) return location
  const url = new URL(location)
  const rest = url.pathname + url.search + url.hash
  if (origin === canonicalOrigin(places.portal)) return places.phone + rest
  if (origin === canonicalOrigin(places.sandbox) && isWalletPath(url.pathname)) return places.phone + rest
  return location
}

/**
 * Cookies know no ports, so two phones on one machine would share them. Each phone keeps its own under a prefix
 * that neither the portal nor the platforms ever see.
 */
export function cookiesForUpstream(header: string | undefined, phone: PhoneName): string | undefined {
  const own = new Map<string, string>()
  const shared = new Map<string, string>()
  for (const part of (header ?? '').split(';')) {
    const pair = part.trim()
    const cut = pair.indexOf('=')
    if (cut <= 0) continue
    const name = pair.slice(0, cut)
    const value = pair.slice(cut + 1)
    if (name.startsWith(`${phone}.`)) own.set(name.slice(phone.length + 1), value)
    else if (!/^(wechat|alipay|worker)\./.test(name)) shared.set(name, value)
  }
  const all = new Map([...shared, ...own])
  if (all.size === 0) return undefined
  return [...all].map(([name, value]) => `${name}=${value}`).join('; ')
}

/** The value of one cookie of this phone, as the portal would see it. */
export function readCookie(header: string | undefined, phone: PhoneName, name: string): string | undefined {
  const cookies = cookiesForUpstream(header, phone)?.split('; ') ?? []
  const found = cookies.find((pair) => pair.startsWith(`${name}=`))
  return found?.slice(name.length + 1)
}

/** A Set-Cookie of the portal as this phone's jar keeps it: prefixed, and acceptable without https. */
export function cookieForPhone(setCookie: string, phone: PhoneName): string {
  const [pair = '', ...attributes] = setCookie.split(';').map((part) => part.trim())
  const kept = attributes
    .filter((attribute) => !/^(secure|partitioned|domain=.*)$/i.test(attribute))
    .map((attribute) => (/^samesite=none$/i.test(attribute) ? 'SameSite=Lax' : attribute))
  return [`${phone}.${pair}`, ...kept].join('; ')
}

/**
 * The portal's content policy with only what the phone needs loosened: the phone page may frame it and the bridge
 * (same origin) may run. Everything else stays, so that a portal that breaks its own policy breaks here too.
 */
export function relaxPolicy(policy: string, framedBy: string[]): string {
  const directives = policy
    .split(';')
    .map((directive) => directive.trim())
    .filter(
      (directive) => directive !== '' && !/^(frame-ancestors|upgrade-insecure-requests)\b/i.test(directive),
    )
    .map((directive) => {
      if (!/^(script-src|script-src-elem|connect-src|form-action)\s/i.test(directive)) return directive
      const open = directive.replace(/\s'none'/i, '')
      return /\s'self'(\s|$)/.test(open) ? open : `${open} 'self'`
    })
  return [...directives, `frame-ancestors ${["'self'", ...framedBy].join(' ')}`].join('; ')
}

/** Whether links to the portal inside this wallet page are rewritten: its cashier, which goes back by script. */
export function isCashierPage(path: string): boolean {
  return path.startsWith('/alipay/') && !/oauth|auth/i.test(path)
}

/** The cashier's HTML with the portal's address replaced by the phone's, also where a script escaped the slashes. */
export function rewriteCashier(html: string, places: Places): string {
  let text = html
  for (const portal of spellings(places.portal)) {
    text = text.replaceAll(portal, places.phone)
    text = text.replaceAll(portal.replaceAll('/', '\\/'), places.phone.replaceAll('/', '\\/'))
  }
  return text
}
