import type { Kernel } from '../../kernel/kernel'
import { encryptPush, pushSignature } from './crypto'

interface Target {
  url: string
  token: string
  encodingAesKey: string
  appid: string
}

// Three times in all (wechat.md 2.3); the waits between are not documented.
const RETRY_GAPS_MS = [5_000, 5_000]
const TIMEOUT_MS = 5_000

function deliver(
  kernel: Kernel,
  target: Target,
  openid: string,
  message: string,
  type: 'json' | 'xml',
): void {
  const toUser = `gh_${target.appid.slice(2, 14)}`
  const number = kernel.random.digits(18)
  kernel.notifier.deliver({
    key: `wechat:push:${target.appid}:${number}`,
    url: target.url,
    gapsMs: RETRY_GAPS_MS,
    timeoutMs: TIMEOUT_MS,
    accepted: (status, body) => status === 200 && (body === 'success' || body === ''),
    make: () => {
      const encrypted = encryptPush(target.encodingAesKey, target.appid, message, kernel.random.word(16))
      const timestamp = String(Math.floor(kernel.clock.stamp() / 1000))
      const nonce = kernel.random.digits(9)
      const query = new URLSearchParams({
        signature: pushSignature(target.token, timestamp, nonce),
        timestamp,
        nonce,
        openid,
        encrypt_type: 'aes',
        msg_signature: pushSignature(target.token, timestamp, nonce, encrypted),
      })
      const body =
        type === 'json'
          ? JSON.stringify({ ToUserName: toUser, Encrypt: encrypted })
          : `<xml><ToUserName><![CDATA[${toUser}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`
      return {
        headers: {
          'Content-Type': type === 'json' ? 'application/json' : 'text/xml',
          'User-Agent': 'Mozilla/4.0',
        },
        body,
        query: query.toString(),
      }
    },
  })
}

/** subscribe_msg_popup_event of the mini-program: an object for one template, an array for several (wechat.md 3.4). */
export function pushPopup(kernel: Kernel, openid: string, answers: { id: string; answer: string }[]): void {
  const { push, appid } = kernel.config.wechat.mini
  if (!push || answers.length === 0) return
  const list = answers.map(({ id, answer }) => ({
    TemplateId: id,
    SubscribeStatusString: answer,
    PopupScene: '0',
  }))
  const message = JSON.stringify({
    ToUserName: `gh_${appid.slice(2, 14)}`,
    FromUserName: openid,
    CreateTime: String(Math.floor(kernel.clock.now() / 1000)),
    MsgType: 'event',
    Event: 'subscribe_msg_popup_event',
    List: list.length === 1 ? list[0] : list,
  })
  deliver(kernel, { ...push, appid }, openid, message, 'json')
}

/** An event of the service account as XML; `extra` is XML that follows the event's name. */
export function pushOaEvent(kernel: Kernel, openid: string, event: string, extra: string): void {
  const { pushUrl, token, encodingAesKey, appid } = kernel.config.wechat.oa
  if (!pushUrl) return
  const created = Math.floor(kernel.clock.now() / 1000)
  const message = `<xml><ToUserName><![CDATA[gh_${appid.slice(2, 14)}]]></ToUserName><FromUserName><![CDATA[${openid}]]></FromUserName><CreateTime>${created}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${event}]]></Event>${extra}</xml>`
  deliver(kernel, { url: pushUrl, token, encodingAesKey, appid }, openid, message, 'xml')
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
  const { push, appid } = kernel.config.wechat.mini
  if (!push) return
  const { traceId, errcode, suggest, label } = verdict
  const found = errcode === 0 ? { suggest, label } : { suggest: 'review', label: 0 }
  const message = JSON.stringify({
    ToUserName: `gh_${appid.slice(2, 14)}`,
    FromUserName: openid,
    CreateTime: Math.floor(kernel.clock.now() / 1000),
    MsgType: 'event',
    Event: 'wxa_media_check',
    appid,
    trace_id: traceId,
    version: 2,
    detail: [{ strategy: 'content_model', errcode, ...found, prob: 90 }],
    errcode,
    errmsg: errcode === 0 ? 'ok' : 'download failed',
    result: found,
  })
  deliver(kernel, { ...push, appid }, openid, message, 'json')
}
