import type { Kernel } from '../../kernel/kernel'
import { ApiError } from './errors'
import { type ApiAct, countCall, jsonBody } from './exchange'
import { follows } from '../push/account'
import { pushOaEvent } from '../push/push'
import { checkData, newMsgId } from './subscribe'
import { checkToken } from './tokens'

const SAME_MESSAGE_MS = 600_000

function pageOf(body: Record<string, unknown>): { page?: string } {
  // The mini-program wins over the url (wechat.md 3.1).
  const mini = body['miniprogram']
  if (typeof mini === 'object' && mini !== null && 'pagepath' in mini && typeof mini.pagepath === 'string') {
    return { page: mini.pagepath }
  }
  return typeof body['url'] === 'string' && body['url'] !== '' ? { page: body['url'] } : {}
}

const DAY_MS = 86_400_000
/** The start quota of a new service account (wechat.md 3.1). */
const PER_DAY = 100_000

interface Earlier {
  msgId: string
  atMs: number
}

function clientIds(kernel: Kernel) {
  return kernel.store.table<Earlier>('wechat.client-msg-ids')
}

/** The number of the same message to the same person within ten minutes. */
function earlierMessage(kernel: Kernel, openid: string, clientMsgId: unknown): string | null {
  if (clientMsgId === undefined) return null
  const earlier = clientIds(kernel).get(`${openid}|${String(clientMsgId)}`)
  return earlier && kernel.clock.now() < earlier.atMs + SAME_MESSAGE_MS ? earlier.msgId : null
}

const SWEEP_EVERY = 10_000
let remembered = 0

/** Numbers that can match nothing any more are forgotten from time to time. */
function rememberMessage(kernel: Kernel, openid: string, clientMsgId: unknown, msgId: string): void {
  if (clientMsgId === undefined) return
  const table = clientIds(kernel)
  const atMs = kernel.clock.now()
  table.put(`${openid}|${String(clientMsgId)}`, { msgId, atMs })
  remembered += 1
  if (remembered % SWEEP_EVERY !== 0) return
  for (const [key, one] of table.entries()) if (atMs >= one.atMs + SAME_MESSAGE_MS) table.delete(key)
}

/** How the message ends (wechat.md 2.4), in the platform's two spellings; null when nobody is told. */
function endOf(kernel: Kernel): string | null {
  if (kernel.faults.take('template.no-report')) return null
  if (kernel.faults.take('template.blocked')) return 'failed:user block'
  return kernel.faults.take('template.system-failed') ? 'failed: system failed' : 'success'
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
  const earlier = earlierMessage(kernel, openid, body['client_msg_id'])
  if (earlier !== null) return `{"errcode":0,"errmsg":"ok","msgid":${earlier}}`
  countCall(kernel, 'template-send', { count: PER_DAY, windowMs: DAY_MS, errcode: 45009 })
  const msgId = newMsgId(kernel)
  rememberMessage(kernel, openid, body['client_msg_id'], msgId)
  const status = endOf(kernel)
  if (status !== null) {
    const finished = `<MsgID>${msgId}</MsgID><Status><![CDATA[${status}]]></Status>`
    pushOaEvent(kernel, openid, 'TEMPLATESENDJOBFINISH', finished)
  }
  if (status !== null && status !== 'success') return `{"errcode":0,"errmsg":"ok","msgid":${msgId}}`
  kernel.inbox.push({
    phone: 'wechat',
    personId: person.id,
    kind: 'template',
    title: template.title,
    fields,
    ...pageOf(body),
    at: kernel.clock.now(),
  })
  return `{"errcode":0,"errmsg":"ok","msgid":${msgId}}`
}
