import type { Environment } from './types'

/** Which wallet's browser this is, by its user agent; WeCom carries WeChat's name too but cannot pay with it. */
export function browserEnvironment(userAgent: string): Environment {
  if (/wxwork/i.test(userAgent)) return 'browser'
  if (/MicroMessenger/i.test(userAgent)) return 'wechat-web'
  if (/AlipayClient/i.test(userAgent)) return 'alipay-web'
  return 'browser'
}

/** `#/pages/home/index?ticket=T&a=1` → the ticket, and the same address without it. */
export function splitTicket(hash: string): { ticket: string | null; hash: string } {
  const [path = '', query = ''] = hash.split('?')
  const parts = query.split('&').filter((part) => part !== '')
  const found = parts.find((part) => part.startsWith('ticket='))
  if (!found) return { ticket: null, hash }
  const rest = parts.filter((part) => part !== found)
  return {
    ticket: decodeURIComponent(found.slice('ticket='.length)),
    hash: rest.length > 0 ? `${path}?${rest.join('&')}` : path,
  }
}

/** The server's sign-in page with the way back: the route after `#`, as one encoded value. */
export const signInAddress = (page: string, hash: string): string =>
  `${page}${page.includes('?') ? '&' : '?'}return=${encodeURIComponent(hash.replace(/^#/, '') || '/pages/home/index')}`
