import type { Kernel } from '../../kernel/kernel'
import { type MenuButton, publishedMenu, putMenu } from '../push/account-menu'
import { ApiError } from './errors'
import { type ApiAct, countCall, jsonBody } from './exchange'
import { checkToken } from './tokens'

const DAY_MS = 86_400_000
const PER_DAY = 1000

/** What each level is refused with (wechat.md 2.5: 40015 to 40028). */
const CODES = {
  top: { count: 40016, type: 40017, name: 40018, key: 40019, url: 40020 },
  sub: { count: 40023, type: 40024, name: 40025, key: 40026, url: 40027 },
} as const
type Level = keyof typeof CODES
const MOST = { top: 3, sub: 5 } as const
/** Bytes of UTF-8: the newer page's limits, since a mistake against the older is no refusal but an ugly menu. */
const NAME_BYTES = { top: 16, sub: 60 } as const
const KEY_TYPES = new Set([
  'click',
  'scancode_push',
  'scancode_waitmsg',
  'pic_sysphoto',
  'pic_photo_or_album',
  'pic_weixin',
  'location_select',
])

/** POST /cgi-bin/menu/create */
export const createMenu: ApiAct = (call) => {
  const { kernel } = call
  checkToken(call, kernel.config.wechat.oa.appid)
  const body = jsonBody(call)
  countCall(kernel, 'menu-create', { count: PER_DAY, windowMs: DAY_MS, errcode: 45009 })
  putMenu(kernel, readButtons(kernel, body['button'], 'top'))
  return { errcode: 0, errmsg: 'ok' }
}

/** GET /cgi-bin/menu/get: 46003 before a menu was made. */
export const getMenu: ApiAct = (call) => {
  const { kernel } = call
  checkToken(call, kernel.config.wechat.oa.appid)
  const button = publishedMenu(kernel)
  if (button.length === 0) throw new ApiError(46003)
  return { menu: { button } }
}

function readButtons(kernel: Kernel, given: unknown, level: Level): MenuButton[] {
  if (!Array.isArray(given) || given.length === 0 || given.length > MOST[level])
    throw new ApiError(CODES[level].count)
  return given.map((one: unknown) => readButton(kernel, one, level))
}

function readButton(kernel: Kernel, one: unknown, level: Level): MenuButton {
  const codes = CODES[level]
  if (typeof one !== 'object' || one === null) throw new ApiError(codes.type)
  const given = one as Record<string, unknown>
  const name = text(given['name'], NAME_BYTES[level], codes.name)
  const inner = given['sub_button']
  if (Array.isArray(inner) && inner.length > 0) {
    if (level === 'sub') throw new ApiError(codes.type)
    return { name, sub_button: readButtons(kernel, inner, 'sub') }
  }
  const type = given['type']
  if (typeof type === 'string' && KEY_TYPES.has(type))
    return { name, type, key: text(given['key'], 128, codes.key) }
  if (type !== 'view' && type !== 'miniprogram') throw new ApiError(codes.type)
  const url = text(given['url'], 1024, codes.url)
  if (!/^https?:\/\//.test(url)) throw new ApiError(40055)
  if (type === 'view') return { name, type, url }
  // A mini-program must belong to the account.
  if (given['appid'] !== kernel.config.wechat.mini.appid) throw new ApiError(40165)
  const { appid } = kernel.config.wechat.mini
  return { name, type, url, appid, pagepath: text(given['pagepath'], 1024, codes.url) }
}

function text(value: unknown, mostBytes: number, errcode: number): string {
  if (typeof value !== 'string' || value === '' || Buffer.byteLength(value) > mostBytes)
    throw new ApiError(errcode)
  return value
}
