import type { Kernel, Person } from '../../kernel/kernel'
import { addBubble, miniChat } from './chat'
import { deliverPush, ownerOf, type Target } from './deliver'
import { openWindow } from './window'

/** Events that the platform pushes by itself, of both accounts. What people do in the chat is in account.ts. */

function miniTarget(kernel: Kernel): Target | null {
  const { push, appid } = kernel.config.wechat.mini
  return push ? { ...push, appid, plain: false } : null
}

/** Where the service account's server listens; null when nothing is set up. */
export function accountTarget(kernel: Kernel): Target | null {
  const { pushUrl, token, encodingAesKey, appid, pushMode } = kernel.config.wechat.oa
  return pushUrl ? { url: pushUrl, token, encodingAesKey, appid, plain: pushMode === 'plain' } : null
}

function pushMini(kernel: Kernel, openid: string, fields: Record<string, unknown>): void {
  const target = miniTarget(kernel)
  if (!target) return
  const message = JSON.stringify({
    ToUserName: ownerOf(target.appid),
    FromUserName: openid,
    CreateTime: String(Math.floor(kernel.clock.now() / 1000)),
    MsgType: 'event',
    ...fields,
  })
  deliverPush(kernel, target, { openid, message, type: 'json' })
}

/** Opens the customer-service window of the mini-program; `sessionFrom` is what its page says. */
export function enterMini(kernel: Kernel, person: Person, sessionFrom: string): void {
  const openid = kernel.people.openid(person.id, kernel.config.wechat.mini.appid)
  openWindow(kernel, openid, 'enter')
  pushMini(kernel, openid, { Event: 'user_enter_tempsession', SessionFrom: sessionFrom })
}

/** Writes in that window. */
export function writeToMini(kernel: Kernel, person: Person, text: string): void {
  const openid = kernel.people.openid(person.id, kernel.config.wechat.mini.appid)
  openWindow(kernel, openid, 'message')
  addBubble(kernel, { personId: miniChat(person.id), from: 'person', kind: 'text', text })
  const MsgId = `73${kernel.random.digits(17)}`
  pushMini(kernel, openid, { MsgType: 'text', Content: text, MsgId })
}

/** One item alone is an object, several are an array (wechat.md 3.4). */
function listOf<T>(items: readonly T[]): T | readonly T[] {
  return items.length === 1 && items[0] !== undefined ? items[0] : items
}

/** subscribe_msg_popup_event of the mini-program. */
export function pushPopup(kernel: Kernel, openid: string, answers: { id: string; answer: string }[]): void {
  if (answers.length === 0) return
  const items = answers.map(({ id, answer }) => ({
    TemplateId: id,
    SubscribeStatusString: answer,
    PopupScene: '0',
  }))
  pushMini(kernel, openid, { Event: 'subscribe_msg_popup_event', List: listOf(items) })
}

/** subscribe_msg_change_event: in the settings of the mini-program somebody wants no more of these. */
export function pushSubscriptionChange(kernel: Kernel, openid: string, templateIds: readonly string[]): void {
  if (templateIds.length === 0) return
  const items = templateIds.map((id) => ({ TemplateId: id, SubscribeStatusString: 'reject' }))
  pushMini(kernel, openid, { Event: 'subscribe_msg_change_event', List: listOf(items) })
}

/** subscribe_msg_sent_event: what became of a message that was taken; only failures of the system come this way. */
export function pushSubscriptionSent(
  kernel: Kernel,
  openid: string,
  sent: { templateId: string; msgId: string; failed?: boolean },
): void {
  const List = {
    TemplateId: sent.templateId,
    MsgID: sent.msgId,
    ErrorCode: sent.failed ? '-1' : '0',
    ErrorStatus: sent.failed ? 'system failed' : 'success',
  }
  pushMini(kernel, openid, { Event: 'subscribe_msg_sent_event', List })
}

/** Somebody takes back what they allowed the mini-program, or closed their WeChat account. */
export function pushPersonEvent(
  kernel: Kernel,
  openid: string,
  event: 'user_info_modified' | 'user_authorization_revoke' | 'user_authorization_cancellation',
): void {
  const { appid } = kernel.config.wechat.mini
  pushMini(kernel, openid, { Event: event, OpenID: openid, AppID: appid, RevokeInfo: '1' })
}

/** An event of the service account as XML; `extra` is XML that follows the event's name. */
export function pushOaEvent(kernel: Kernel, openid: string, event: string, extra: string): void {
  const target = accountTarget(kernel)
  if (target)
    deliverPush(kernel, target, { openid, message: eventXml(kernel, openid, event, extra), type: 'xml' })
}

/** The XML of one event of the service account. */
export function eventXml(kernel: Kernel, openid: string, event: string, extra: string): string {
  const owner = ownerOf(kernel.config.wechat.oa.appid)
  const created = Math.floor(kernel.clock.now() / 1000)
  return `<xml><ToUserName><![CDATA[${owner}]]></ToUserName><FromUserName><![CDATA[${openid}]]></FromUserName><CreateTime>${created}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${event}]]></Event>${extra}</xml>`
}

/** What the content check found in a picture or recording. */
export interface MediaVerdict {
  traceId: string
  /** -1008 when the file could not be fetched: then there is no verdict. */
  errcode: number
  suggest: 'pass' | 'review' | 'risky'
  label: number
}

/** wxa_media_check of the mini-program (wechat.md section 5). Version 2 has no isrisky. */
export function pushMediaCheck(kernel: Kernel, openid: string, verdict: MediaVerdict): void {
  const { traceId, errcode, suggest, label } = verdict
  const found = errcode === 0 ? { suggest, label } : { suggest: 'review', label: 0 }
  pushMini(kernel, openid, {
    CreateTime: Math.floor(kernel.clock.now() / 1000),
    Event: 'wxa_media_check',
    appid: kernel.config.wechat.mini.appid,
    trace_id: traceId,
    version: 2,
    detail: [{ strategy: 'content_model', errcode, ...found, prob: 90 }],
    errcode,
    errmsg: errcode === 0 ? 'ok' : 'download failed',
    result: found,
  })
}
