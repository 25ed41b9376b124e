import type { Kernel } from '../../kernel/kernel'
import { ApiError } from './errors'
import { type ApiAct, jsonBody } from './exchange'
import { pushOaEvent } from '../push/push'
import { checkData, newMsgId } from './subscribe'
import { checkToken } from './tokens'

const SAME_MESSAGE_MS = 600_000

/** Who has unfollowed the service account; everyone who is not a snapshot visitor follows at the start. */
export function follows(kernel: Kernel, personId: string): boolean {
  const row = kernel.store.table<boolean>('wechat.follows').get(personId)
  return row ?? !kernel.people.get(personId)?.snapshot
}

/** Follows or unfollows the service account; a change is pushed to the portal. */
export function setFollows(kernel: Kernel, personId: string, value: boolean): void {
  if (follows(kernel, personId) !== value) {
    const openid = kernel.people.openid(personId, kernel.config.wechat.oa.appid)
    const event = value ? 'subscribe' : 'unsubscribe'
    pushOaEvent(kernel, openid, event, '<EventKey><![CDATA[]]></EventKey>')
  }
  kernel.store.table<boolean>('wechat.follows').put(personId, value)
}

function pageOf(body: Record<string, unknown>): { page?: string } {
  // The mini-program wins over the url (wechat.md 3.1).
  const mini = body['miniprogram']
  if (typeof mini === 'object' && mini !== null && 'pagepath' in mini && typeof mini.pagepath === 'string') {
    return { page: mini.pagepath }
  }
  return typeof body['url'] === 'string' && body['url'] !== '' ? { page: body['url'] } : {}
}

/** POST /cgi-bin/message/template/send of the service account (wechat.md 3.1). */
export const sendTemplateMessage: ApiAct = (call) => {
  const { kernel } = call
  const { oa, mini } = kernel.config.wechat
  checkToken(call, oa.appid)
  const body = jsonBody(call)
  const openid = typeof body['touser'] === 'string' ? body['touser'] : ''
  const person = openid === '' ? undefined : kernel.people.byOpenid(oa.appid, openid)
  if (!person) throw new ApiError(40003)
  const template = oa.templates?.find((one) => one.id === body['template_id'])
  if (!template) throw new ApiError(40037)
  const target = body['miniprogram']
  if (typeof target === 'object' && target !== null && 'appid' in target && target.appid !== mini.appid) {
    throw new ApiError(40013)
  }
  const fields = checkData(template, body['data'])
  if (!follows(kernel, person.id)) throw new ApiError(43004)
  const sent = kernel.store.table<{ msgId: string; atMs: number }>('wechat.client-msg-ids')
  const key = `${openid}|${String(body['client_msg_id'])}`
  const earlier = body['client_msg_id'] === undefined ? undefined : sent.get(key)
  if (earlier && kernel.clock.now() < earlier.atMs + SAME_MESSAGE_MS) {
    return `{"errcode":0,"errmsg":"ok","msgid":${earlier.msgId}}`
  }
  const msgId = newMsgId(kernel)
  if (body['client_msg_id'] !== undefined) sent.put(key, { msgId, atMs: kernel.clock.now() })
  kernel.inbox.push({
    phone: 'wechat',
    personId: person.id,
    kind: 'template',
    title: template.title,
    fields,
    ...pageOf(body),
    at: kernel.clock.now(),
  })
  const finished = `<MsgID>${msgId}</MsgID><Status><![CDATA[success]]></Status>`
  pushOaEvent(kernel, openid, 'TEMPLATESENDJOBFINISH', finished)
  return `{"errcode":0,"errmsg":"ok","msgid":${msgId}}`
}
