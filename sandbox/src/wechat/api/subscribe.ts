import type { Kernel, Table, TemplateConfig } from '../../kernel/kernel'
import { ApiError, argumentInvalid } from './errors'
import { type ApiAct, countCall, jsonBody } from './exchange'
import { pushPopup, pushSubscriptionSent } from '../push/push'
import { isTemplateValue } from './template-fields'
import { checkToken } from './tokens'

/** What a person has agreed to for one template: messages left, or no end for a long-term template. */
interface Credit {
  openid: string
  templateId: string
  left: number
  longterm: boolean
}

function credits(kernel: Kernel): Table<Credit> {
  return kernel.store.table<Credit>('wechat.credits')
}

/** The credits of one person at the mini-program. */
export function creditsOf(kernel: Kernel, openid: string): Credit[] {
  return credits(kernel)
    .all()
    .filter((credit) => credit.openid === openid)
}

const PREFIX = 'requestSubscribeMessage:'

function refuseTap(errCode: number, text: string): Record<string, unknown> {
  return { errMsg: `${PREFIX}fail ${text}`, errCode }
}

/** What wx.requestSubscribeMessage gives back, and what it books: one message per accepted tap (wechat.md 3.3). */
export function answerSubscribe(
  kernel: Kernel,
  openid: string,
  tmplIds: string[],
  answers: Record<string, string>,
): Record<string, unknown> {
  if (tmplIds.length === 0) return refuseTap(10001, "TmplIds can't be empty")
  if (tmplIds.length > 5) return refuseTap(20003, 'Templates count out of max bounds')
  const { templates } = kernel.config.wechat.mini
  const known = tmplIds.map((id) => templates.find((template) => template.id === id))
  if (known.some((template) => !template))
    return refuseTap(20001, 'No template data return, verify the template id exist')
  if (new Set(known.map((template) => template?.kind)).size > 1)
    return refuseTap(20002, 'Templates type must be same')
  const result: Record<string, unknown> = { errMsg: `${PREFIX}ok` }
  const titles = new Set<string>()
  const shown: { id: string; answer: string }[] = []
  for (const template of known) {
    if (!template) continue
    const filtered = titles.has(template.title)
    titles.add(template.title)
    const answer = filtered ? 'filter' : answers[template.id] === 'accept' ? 'accept' : 'reject'
    result[template.id] = answer
    if (answer === 'accept') addCredit(kernel, openid, template)
    if (answer !== 'filter') shown.push({ id: template.id, answer })
  }
  pushPopup(kernel, openid, shown)
  return result
}

function addCredit(kernel: Kernel, openid: string, template: TemplateConfig): void {
  const key = `${openid}|${template.id}`
  const left = (credits(kernel).get(key)?.left ?? 0) + 1
  credits(kernel).put(key, { openid, templateId: template.id, left, longterm: template.kind === 'longterm' })
}

function useCredit(kernel: Kernel, openid: string, templateId: string): void {
  const key = `${openid}|${templateId}`
  const credit = credits(kernel).get(key)
  if (!credit || (!credit.longterm && credit.left <= 0)) throw new ApiError(43101)
  if (!credit.longterm) credits(kernel).put(key, { ...credit, left: credit.left - 1 })
}

/** The values by key: every declared field present and within its rule, nothing undeclared (47003 names the key). */
export function checkData(template: TemplateConfig, data: unknown): { label: string; value: string }[] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw new ApiError(47001)
  const given = data as Record<string, unknown>
  for (const key of Object.keys(given)) {
    if (!template.fields.some((field) => field.key === key)) throw argumentInvalid(key)
  }
  return template.fields.map(({ key, label }) => {
    const holder = given[key]
    const value =
      typeof holder === 'object' && holder !== null && 'value' in holder ? holder.value : undefined
    if (typeof value !== 'string' || !isTemplateValue(key, value)) throw argumentInvalid(key)
    return { label, value }
  })
}

/** Nineteen digits: more than a JavaScript number can hold, as the platform's own. */
export function newMsgId(kernel: Kernel): string {
  return `18${kernel.random.digits(17)}`
}

function optionalChoice(body: Record<string, unknown>, key: string, values: string[]): void {
  const given = body[key]
  if (given !== undefined && (typeof given !== 'string' || !values.includes(given))) {
    throw new ApiError(47003, `argument invalid! ${key} invalid`)
  }
}

const DAY_MS = 86_400_000
/** With payment enabled (wechat.md 3.3). */
const PER_DAY = 30_000_000

/** POST /cgi-bin/message/subscribe/send (wechat.md 3.3). */
export const sendSubscribeMessage: ApiAct = (call) => {
  const { kernel } = call
  const { appid, templates } = kernel.config.wechat.mini
  checkToken(call, appid)
  const body = jsonBody(call)
  const openid = typeof body['touser'] === 'string' ? body['touser'] : ''
  const person = openid === '' ? undefined : kernel.people.byOpenid(appid, openid)
  if (!person) throw new ApiError(40003)
  const template = templates.find((one) => one.id === body['template_id'])
  if (!template) throw new ApiError(40037)
  optionalChoice(body, 'miniprogram_state', ['developer', 'trial', 'formal'])
  optionalChoice(body, 'lang', ['zh_CN', 'en_US', 'zh_HK', 'zh_TW'])
  const fields = checkData(template, body['data'])
  if (kernel.faults.take('subscribe.banned')) throw new ApiError(43107)
  if (kernel.faults.take('subscribe.concurrent')) throw new ApiError(43108)
  if (kernel.faults.take('subscribe.sensitive')) throw new ApiError(45168)
  countCall(kernel, 'subscribe-send', { count: PER_DAY, windowMs: DAY_MS, errcode: 45009 })
  useCredit(kernel, openid, template.id)
  const page = typeof body['page'] === 'string' ? { page: body['page'] } : {}
  const msgId = newMsgId(kernel)
  // A failure that comes later has used the credit up, as a delivery does.
  const failed = kernel.faults.take('subscribe.sent-failed') !== undefined
  pushSubscriptionSent(kernel, openid, { templateId: template.id, msgId, failed })
  if (failed) return `{"errcode":0,"errmsg":"ok","msgid":${msgId}}`
  kernel.inbox.push({
    phone: 'wechat',
    personId: person.id,
    kind: 'subscribe',
    title: template.title,
    fields,
    ...page,
    at: kernel.clock.now(),
  })
  return `{"errcode":0,"errmsg":"ok","msgid":${msgId}}`
}
