import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { SharedCache } from '../../core/cache'
import type { Clock } from '../../core/clock'
import { AppError } from '../../core/errors'
import { randomToken } from '../../core/ids'
import type { MenuAction, MenuGroup, OfficialAccount } from '../official-account'
import { readJson } from '../outgoing-http'
import { menuFaults } from './menu-rules'
import type { WechatTokens } from './tokens'

const MENU_PATH = '/cgi-bin/menu/create'
const TICKET_PATH = '/cgi-bin/ticket/getticket'
const MARGIN_MS = 60_000

const ticketAnswer = z.object({ ticket: z.string().min(1), expires_in: z.int().min(1) })
const storedTicket = z.object({ value: z.string().min(1), usableUntilMs: z.number() })
type Ticket = z.output<typeof storedTicket>

interface Options {
  readonly tokens: WechatTokens
  readonly clock: Clock
  readonly appId: string
  readonly miniAppId: string
  /** Tickets have a small quota of their own, so all processes live on one. */
  readonly sharedCache?: Pick<SharedCache, 'get' | 'set'> | undefined
}

/** The official account's menu and the signatures of its pages (wechat.md 2.5 and 2.7). */
export function createWechatOfficialAccount(options: Options): OfficialAccount {
  const { tokens, clock, appId } = options
  let known: Ticket | null = null
  let underWay: Promise<Ticket> | null = null

  const ticket = async (): Promise<Ticket> => {
    if (known !== null && known.usableUntilMs > clock.now()) return known
    underWay ??= obtainTicket(options).finally(() => {
      underWay = null
    })
    known = await underWay
    return known
  }

  return {
    appId,
    async createMenu(menu) {
      const fields = menuFaults(menu)
      if (fields.length > 0) throw new AppError('invalid_input', { fields })
      const json = { button: menu.map((button) => wireButton(button, options.miniAppId)) }
      const reply = await tokens.call(appId, { path: MENU_PATH, query: {}, json })
      if (reply.errcode !== 0) throw unavailable(MENU_PATH, reply.errcode)
    },
    async signPage(url) {
      const { value } = await ticket()
      const timestamp = Math.floor(clock.now() / 1000)
      const nonceStr = randomToken(8)
      return {
        appId,
        timestamp,
        nonceStr,
        signature: jsSdkSignature({ ticket: value, nonceStr, timestamp, url }),
      }
    },
  }
}

/** The signature of `wx.config`: keys lower-case and in this order, the address without its fragment. */
export function jsSdkSignature(given: {
  readonly ticket: string
  readonly nonceStr: string
  readonly timestamp: number
  readonly url: string
}): string {
  const url = given.url.split('#', 1)[0] ?? ''
  return createHash('sha1')
    .update(`jsapi_ticket=${given.ticket}&noncestr=${given.nonceStr}&timestamp=${given.timestamp}&url=${url}`)
    .digest('hex')
}

function wireButton(button: MenuAction | MenuGroup, miniAppId: string): object {
  if ('buttons' in button) {
    return { name: button.name, sub_button: button.buttons.map((inner) => wireButton(inner, miniAppId)) }
  }
  if (button.type !== 'miniprogram') return { ...button }
  const { type, name, url, page } = button
  return { type, name, url, appid: miniAppId, pagepath: page }
}

/** From the shared cache, else from the platform, which hands the same one to all until it ends. */
async function obtainTicket(options: Options): Promise<Ticket> {
  const { sharedCache, clock, tokens, appId } = options
  const key = `wechat-ticket:${appId}`
  const shared = storedTicket.safeParse(jsonOrNull(await quietly(() => sharedCache?.get(key))))
  if (shared.success && shared.data.usableUntilMs > clock.now()) return shared.data
  const reply = await tokens.call(appId, { path: TICKET_PATH, query: { type: 'jsapi' } })
  if (reply.errcode !== 0) throw unavailable(TICKET_PATH, reply.errcode)
  const { ticket, expires_in } = readJson(reply.answer, ticketAnswer, `wechat ${TICKET_PATH}`)
  const lifeMs = expires_in * 1000 - MARGIN_MS
  const fresh = { value: ticket, usableUntilMs: clock.now() + lifeMs }
  if (lifeMs > 0) await quietly(() => sharedCache?.set(key, JSON.stringify(fresh), lifeMs))
  return fresh
}

/** The shared cache saves a call; its loss costs one. */
async function quietly<T>(use: () => Promise<T> | undefined): Promise<T | null> {
  try {
    return (await use()) ?? null
  } catch {
    return null
  }
}

function jsonOrNull(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}

function unavailable(path: string, errcode: number): AppError {
  return new AppError('platform_unavailable', { detail: `wechat ${path}: errcode ${errcode}` })
}
