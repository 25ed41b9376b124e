import { createHash } from 'node:crypto'
import type { Kernel } from '../../kernel/kernel'
import { ApiError } from './errors'
import type { ApiAct } from './exchange'
import { checkToken } from './tokens'

interface Ticket {
  ticket: string
  expiresMs: number
}

const LIFE_MS = 7_200_000

function currentTicket(kernel: Kernel): Ticket | undefined {
  const ticket = kernel.store.table<Ticket>('wechat.jsapi-ticket').get('jsapi')
  return ticket && kernel.clock.now() < ticket.expiresMs ? ticket : undefined
}

/** GET /cgi-bin/ticket/getticket?type=jsapi (wechat.md 2.7), for the service account. */
export const jsapiTicket: ApiAct = (call) => {
  const { kernel } = call
  checkToken(call, kernel.config.wechat.oa.appid)
  if (call.query.get('type') !== 'jsapi') throw new ApiError(40097)
  const ticket = currentTicket(kernel) ?? {
    ticket: kernel.random.word(86),
    expiresMs: kernel.clock.now() + LIFE_MS,
  }
  kernel.store.table<Ticket>('wechat.jsapi-ticket').put('jsapi', ticket)
  const expiresIn = Math.floor((ticket.expiresMs - kernel.clock.now()) / 1000)
  return { errcode: 0, errmsg: 'ok', ticket: ticket.ticket, expires_in: expiresIn }
}

/** The signature of wx.config: keys lower-case, in this order, the URL without its fragment. */
export function jsSdkSignature(ticket: string, nonceStr: string, timestamp: string, url: string): string {
  const bare = url.split('#')[0] ?? ''
  return createHash('sha1')
    .update(`jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${bare}`)
    .digest('hex')
}

/** Whether wx.config with these values would be accepted on that page. */
export function checkJsSdk(
  kernel: Kernel,
  config: { appid: string; timestamp: string; nonceStr: string; signature: string; url: string },
): boolean {
  const ticket = currentTicket(kernel)
  if (!ticket || config.appid !== kernel.config.wechat.oa.appid) return false
  return jsSdkSignature(ticket.ticket, config.nonceStr, config.timestamp, config.url) === config.signature
}
