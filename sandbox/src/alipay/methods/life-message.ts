import type { Kernel } from '../../kernel/kernel'
import { personOf } from '../apps'
import type { Method } from '../call'
import { Refusal } from '../refusal'

const KNOWN = ['to_user_id', 'to_open_id', 'template']
/** The keys of a context that are no keywords of the template; their exact list is unconfirmed. */
const CONTEXT_EXTRAS = ['head_color', 'url', 'action_name']

function refuse(subCode: string, words: string): Refusal {
  return new Refusal('40004', subCode, words)
}

const followers = (kernel: Kernel) => kernel.store.table<boolean>('alipay.life-follows')

/** Nobody follows a life account before they say so. */
export function setFollowsLife(kernel: Kernel, appId: string, personId: string, follows: boolean): void {
  followers(kernel).put(`${appId}|${personId}`, follows)
}

function objectOf(value: unknown, subCode: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse(subCode, '应为对象')
  return { ...value }
}

/** alipay.open.public.message.single.send (alipay.md 5.3): a template message of the life account to one follower. */
export const lifeMessage: Method = {
  run: ({ kernel, app, biz }) => {
    const extra = Object.keys(biz).find((name) => !KNOWN.includes(name))
    if (extra !== undefined) throw refuse('BIZ_CONTENT_FORMAT_ERROR', `不认识的参数 ${extra}`)
    const person = personOf(kernel, app, { openId: biz['to_open_id'], userId: biz['to_user_id'] })
    if (!person) throw refuse('OPENID_INVALID', '用户 ID 无效')
    const given = objectOf(biz['template'], 'MSG_TEMPLATE_INVALID')
    const template = app.templates.find((one) => one.id === given['template_id'])
    if (!template) throw refuse('MSG_TEMPLATE_ID_INVALID', '模板 ID 无效')
    const context = objectOf(given['context'], 'MSG_TEMPLATE_CONTEXT_LACK_KEY')
    const known = new Set([...CONTEXT_EXTRAS, ...template.fields.map(({ key }) => key)])
    const odd = Object.keys(context).find((key) => !known.has(key))
    if (odd !== undefined) throw refuse('MSG_TEMPLATE_KEY_INVALID', `模板没有关键词 ${odd}`)
    const fields = template.fields.map(({ key, label }) => {
      const entry = context[key]
      const value = typeof entry === 'object' && entry !== null && 'value' in entry ? entry.value : undefined
      if (typeof value !== 'string' || value === '')
        throw refuse('MSG_TEMPLATE_CONTEXT_LACK_KEY', `缺少 ${key}`)
      return { label, value }
    })
    if (followers(kernel).get(`${app.appId}|${person.id}`) !== true)
      throw refuse('MSG_SD_NOFOLLOW', '用户未关注生活号')
    const url = context['url']
    kernel.inbox.push({
      phone: 'alipay',
      personId: person.id,
      kind: 'life',
      title: template.title,
      fields,
      ...(typeof url === 'string' ? { page: url } : {}),
      at: kernel.clock.now(),
    })
    return {}
  },
}
