import type { Kernel, Person } from '../../kernel/kernel'
import { follows } from '../push/account'
import { addBubble } from '../push/chat'
import { takeFromWindow } from '../push/window'
import { ApiError } from './errors'
import { type ApiAct, countCall, jsonBody } from './exchange'
import { checkToken } from './tokens'

const DAY_MS = 86_400_000
/** The start quota of a new service account (wechat.md section 0). */
const PER_DAY = 500_000
const TEXT_MAX_BYTES = 2048

interface Said {
  kind: 'text' | 'link'
  text: string
  title?: string
  url?: string
}

/** POST /cgi-bin/message/custom/send of the service account (wechat.md section 8). */
export const sendChatMessage: ApiAct = (call) => {
  const { kernel } = call
  const { oa } = kernel.config.wechat
  checkToken(call, oa.appid)
  const body = jsonBody(call)
  const openid = typeof body['touser'] === 'string' ? body['touser'] : ''
  const person = openid === '' ? undefined : kernel.people.byOpenid(oa.appid, openid)
  if (!person) throw new ApiError(40003)
  const said = readContent(kernel, body)
  countCall(kernel, 'custom-send', { count: PER_DAY, windowMs: DAY_MS, errcode: 45009 })
  // Whoever left the account is answered as a window that is shut: "… or subscription is canceled".
  if (!follows(kernel, person.id)) throw new ApiError(45015)
  const shut = takeFromWindow(kernel, openid)
  if (shut !== 0) throw new ApiError(shut)
  show(kernel, person, said)
  return { errcode: 0, errmsg: 'ok' }
}

function readContent(kernel: Kernel, body: Record<string, unknown>): Said {
  const type = body['msgtype']
  const inner = typeof type === 'string' ? body[type] : undefined
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) throw new ApiError(40008)
  const given = inner as Record<string, unknown>
  if (type === 'text') return { kind: 'text', text: limited(given['content']) }
  if (type === 'news') return readArticle(given['articles'])
  if (type === 'miniprogrampage') return readPage(kernel, given)
  throw new ApiError(40008)
}

/** Only one article since 2018; more are refused. */
function readArticle(articles: unknown): Said {
  if (!Array.isArray(articles) || articles.length !== 1) throw new ApiError(45008)
  const article = articles[0] as Record<string, unknown>
  const [title, url] = [article['title'], article['url']]
  if (typeof title !== 'string' || title === '') throw new ApiError(45003)
  if (typeof url !== 'string' || !/^https?:\/\//.test(url)) throw new ApiError(40066)
  const text = typeof article['description'] === 'string' ? article['description'] : ''
  return { kind: 'link', text, title, url }
}

function readPage(kernel: Kernel, given: Record<string, unknown>): Said {
  const { title, appid, pagepath, thumb_media_id: thumb } = given
  if (appid !== kernel.config.wechat.mini.appid) throw new ApiError(40013)
  if (typeof thumb !== 'string' || thumb === '') throw new ApiError(40007)
  if (typeof pagepath !== 'string' || pagepath === '' || pagepath.startsWith('/')) throw new ApiError(40066)
  if (typeof title !== 'string' || title === '') throw new ApiError(45003)
  return { kind: 'link', text: '', title, url: pagepath }
}

function limited(content: unknown): string {
  if (typeof content !== 'string' || content === '') throw new ApiError(44004)
  if (Buffer.byteLength(content) > TEXT_MAX_BYTES) throw new ApiError(45002)
  return content
}

function show(kernel: Kernel, person: Person, said: Said): void {
  addBubble(kernel, { personId: person.id, from: 'account', ...said })
}
