import type { Person, TemplateConfig } from '../../kernel/kernel'
import { personOf } from '../apps'
import type { Call, Method } from '../call'
import { Refusal } from '../refusal'
import { messagesLeft, useMessage } from '../subscriptions'
import { DAY_MS } from '../time'
import { tradeTable } from '../trades'

const KNOWN = ['to_user_id', 'to_open_id', 'form_id', 'user_template_id', 'page', 'data']
const FORM_LIFE_MS = 7 * DAY_MS
/** How many messages one payment allows is unconfirmed; three was the rule of the old form ids. */
const SENDS_PER_TRADE = 3
const MAX_VALUE = 50
const MAX_PAGE = 512

function refuse(subCode: string, words: string): Refusal {
  return new Refusal('40004', subCode, words)
}

function readValues(template: TemplateConfig, data: unknown): { label: string; value: string }[] {
  if (typeof data !== 'string') throw refuse('BIZ_CONTENT_FORMAT_ERROR', 'data 应为 JSON 字符串')
  let parsed: unknown
  try {
    parsed = JSON.parse(data)
  } catch {
    throw refuse('DATA_CONTENT_FORMAT_ERROR', 'data 不是合法的 JSON')
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw refuse('DATA_CONTENT_FORMAT_ERROR', 'data 不是 JSON 对象')
  }
  const given = new Map<string, unknown>(Object.entries(parsed))
  if (given.size === 0) throw refuse('DATA_IS_EMPTY', 'data 为空')
  const extra = [...given.keys()].find((key) => !template.fields.some((field) => field.key === key))
  if (extra !== undefined) throw refuse('MESSAGE_TEMPLATE_KEYWORD_ILLEGAL', `模板没有关键词 ${extra}`)
  return template.fields.map(({ key, label }) => {
    const entry = given.get(key)
    if (entry === undefined) throw refuse('USER_TEMPLATE_LACK_KEYWORD', `缺少关键词 ${key}`)
    const value = typeof entry === 'object' && entry !== null && 'value' in entry ? entry.value : undefined
    if (typeof value !== 'string' || value === '') {
      throw refuse('DATA_CONTENT_FORMAT_ERROR', `${key} 应为 {"value": "…"}`)
    }
    if (value.length > MAX_VALUE) throw refuse('USER_KEYWORD_LENGTH_ERROR', `${key} 超过 ${MAX_VALUE} 个字`)
    return { label, value }
  })
}

/** form_id mode: the trade number of a payment of this mini-program, by this person, within seven days. */
function useForm({ kernel, app }: Call, formId: string, person: Person): void {
  const trade = tradeTable(kernel).get(formId)
  if (!trade || trade.paidMs === undefined) throw refuse('FORM_ID_INVALID', 'form_id 无效')
  if (trade.opAppId !== app.appId) throw refuse('FORM_ID_NOT_MATCH_APPID', 'form_id 与应用不匹配')
  if (trade.personId !== person.id) throw refuse('TRADE_NO_NOT_MATCH_USERID', '交易号与用户不匹配')
  if (kernel.clock.now() - trade.paidMs > FORM_LIFE_MS) throw refuse('FORM_ID_OVER_TIME', 'form_id 已过期')
  const sent = kernel.store.table<number>('alipay.form-sends')
  const count = sent.get(formId) ?? 0
  if (count >= SENDS_PER_TRADE) throw refuse('FORM_ID_SEND_LIMIT', 'form_id 发送次数已达上限')
  sent.put(formId, count + 1)
}

function readPage(page: unknown): string | undefined {
  if (page === undefined) return undefined
  if (typeof page !== 'string') throw refuse('BIZ_CONTENT_FORMAT_ERROR', 'page 应为文本')
  if (page.length > MAX_PAGE) throw refuse('PAGE_OVER_LIMIT', 'page 过长')
  return page
}

/** alipay.open.app.mini.templatemessage.send (alipay.md 5.1), in subscribe mode or in form_id mode. */
export const sendMessage: Method = {
  run: (call) => {
    const { kernel, app, biz } = call
    const extra = Object.keys(biz).find((name) => !KNOWN.includes(name))
    if (extra !== undefined) throw refuse('BIZ_CONTENT_FORMAT_ERROR', `不认识的参数 ${extra}`)
    const person = personOf(kernel, app, { openId: biz['to_open_id'], userId: biz['to_user_id'] })
    if (!person) throw refuse('USER_ID_INVALID', '用户 ID 无效')
    const template = app.templates.find((one) => one.id === biz['user_template_id'])
    if (!template) throw refuse('USER_TEMPLATE_ILLEGAL', '模板不合法')
    const page = readPage(biz['page'])
    const fields = readValues(template, biz['data'])
    if (kernel.faults.take('alipay.call-limited'))
      throw new Refusal('40005', 'isv.app-call-limited', '应用调用次数超限，包含调用频率超限')
    const ordered = kernel.faults.take('alipay.message.refused')
    if (ordered) throw refuse(String(ordered.params?.['subCode'] ?? 'MSG_REJECTED'), '消息被拒绝')
    const formId = biz['form_id']
    if (formId !== undefined) {
      if (typeof formId !== 'string') throw refuse('FORM_ID_INVALID', 'form_id 无效')
      useForm(call, formId, person)
    } else {
      if (messagesLeft(kernel, person.id, template.id) <= 0) throw refuse('MSG_UNSUBSCRIBED', '用户未订阅')
      useMessage(kernel, person.id, template.id)
    }
    kernel.inbox.push({
      phone: 'alipay',
      personId: person.id,
      kind: 'template',
      title: template.title,
      fields,
      ...(page === undefined ? {} : { page }),
      at: kernel.clock.now(),
    })
    return {}
  },
}
