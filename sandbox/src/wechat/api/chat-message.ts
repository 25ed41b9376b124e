import type { Kernel, Person } from '../../kernel/kernel'
import { follows } from '../push/account'
import { addBubble, miniChat } from '../push/chat'
import { findMedia } from '../push/media'
import { takeFromWindow } from '../push/window'
import { ApiError } from './errors'
import { type ApiAct, countCall, jsonBody } from './exchange'
import { accountOfToken } from './tokens'

const DAY_MS = 86_400_000
/** The start quota of a new service account (wechat.md section 0). */
const PER_DAY = 500_000
const TEXT_MAX_BYTES = 2048

interface Said {
  kind: 'text' | 'link' | 'image'
  text: string
  title?: string
  url?: string
  mediaId?: string
}

/** POST /cgi-bin/message/custom/send of the service account and of the mini-program (wechat.md section 8). */
export const sendChatMessage: ApiAct = (call) => {
  const { kernel } = call
  const { oa } = kernel.config.wechat
  const appid = accountOfToken(call)
  const body = jsonBody(call)
  const openid = typeof body['touser'] === 'string' ? body['touser'] : ''
  const person = openid === '' ? undefined : kernel.people.byOpenid(appid, openid)
  if (!person) throw new ApiError(40003)
  const said = readContent(kernel, appid, body)
  countCall(kernel, 'custom-send', { count: PER_DAY, windowMs: DAY_MS, errcode: 45009 })
  // Whoever left the account is answered as a window that is shut: "… or subscription is canceled".
  if (appid === oa.appid && !follows(kernel, person.id)) throw new ApiError(45015)
  const shut = takeFromWindow(kernel, openid)
  if (shut !== 0) throw new ApiError(shut)
  show(kernel, appid, person, said)
  return { errcode: 0, errmsg: 'ok' }
}

function readContent(kernel: Kernel, appid: string, body: Record<string, unknown>): Said {
  const type = body['msgtype']
  const inner = typeof type === 'string' ? body[type] : undefined
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) throw new ApiError(40008)
  const given = inner as Record<string, unknown>
  if (type === 'text') return { kind: 'text', text: limited(given['content']) }
  if (type === 'image') return readPicture(kernel, appid, given['media_id'])
  const isMini = appid === kernel.config.wechat.mini.appid
  if (type === 'link' && isMini) return readArticle([given])
  if (type === 'news' && !isMini) return readArticle(given['articles'])
  if (type === 'miniprogrampage') return readPage(isMini ? undefined : kernel.config.wechat.mini.appid, given)
  throw new ApiError(40008)
}

function readPicture(kernel: Kernel, appid: string, mediaId: unknown): Said {
  if (typeof mediaId !== 'string' || !findMedia(kernel, appid, mediaId)) throw new ApiError(40007)
  return { kind: 'image', text: '', mediaId }
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

/** The account names the mini-program whose page it is; the mini-program itself does not. */
function readPage(ofApp: string | undefined, given: Record<string, unknown>): Said {
  const { title, appid, pagepath, thumb_media_id: thumb } = given
  if (appid !== ofApp) throw new ApiError(40013)
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

function show(kernel: Kernel, appid: string, person: Person, said: Said): void {
  const isMini = appid === kernel.config.wechat.mini.appid
  addBubble(kernel, { personId: isMini ? miniChat(person.id) : person.id, from: 'account', ...said })
}
