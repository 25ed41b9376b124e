import { ControlRefusal, requiredText } from '../../control-answer'
import type { Kernel, Person } from '../../kernel/kernel'
import { pictureType } from '../api/media'
import {
  follows,
  scanScene,
  sendPicture,
  sendPlace,
  sendVoice,
  setFollows,
  tapMenu,
  writeToAccount,
} from './account'
import { type MenuButton, publishedMenu } from './account-menu'
import { type Bubble, chatOf, miniChat } from './chat'
import { suspendedUntil } from './deliver'
import { enterMini, pushPersonEvent, pushSubscriptionChange, writeToMini } from './push'

type Body = Record<string, unknown>

function personOf(kernel: Kernel, personId: string): Person {
  const person = kernel.people.get(personId)
  if (!person) throw new ControlRefusal(404, '没有这个人')
  return person
}

const who = (kernel: Kernel, body: Body): Person => personOf(kernel, requiredText(body, 'personId'))

/** What the phone shows of the service account. */
interface AccountState {
  name: string
  follows: boolean
  menu: readonly MenuButton[]
  bubbles: readonly Bubble[]
  /** Until when nothing is pushed to the account's server, after too many failures; 0 while it is well. */
  suspendedUntil: number
}

export function accountState(kernel: Kernel, personId: string): AccountState {
  const person = personOf(kernel, personId)
  const { appid, name } = kernel.config.wechat.oa
  return {
    name: name ?? '一户',
    follows: follows(kernel, person.id),
    menu: publishedMenu(kernel),
    bubbles: chatOf(kernel, person.id),
    suspendedUntil: suspendedUntil(kernel, appid),
  }
}

const PERSON_EVENTS = [
  'user_info_modified',
  'user_authorization_revoke',
  'user_authorization_cancellation',
] as const

/** What a person does with the service account, by path under /control. */
export const ACCOUNT_POSTS: Record<string, (kernel: Kernel, body: Body) => object> = {
  '/wechat/follow': (kernel, body) => {
    const person = who(kernel, body)
    setFollows(kernel, person.id, body['follows'] !== false)
    return { personId: person.id, follows: follows(kernel, person.id) }
  },
  '/wechat/account-text': (kernel, body) => {
    const person = who(kernel, body)
    if (!follows(kernel, person.id)) throw new ControlRefusal(409, '先关注公众号，才能发消息')
    writeToAccount(kernel, person, requiredText(body, 'text').slice(0, 600))
    return accountState(kernel, person.id)
  },
  '/wechat/account-image': (kernel, body) => {
    const person = who(kernel, body)
    if (!follows(kernel, person.id)) throw new ControlRefusal(409, '先关注公众号，才能发消息')
    const bytes = Buffer.from(requiredText(body, 'base64'), 'base64')
    const type = pictureType(bytes)
    if (type === null) throw new ControlRefusal(400, '只能发 JPEG 或 PNG 图片')
    sendPicture(kernel, person, type, bytes)
    return accountState(kernel, person.id)
  },
  '/wechat/account-voice': (kernel, body) => {
    const person = who(kernel, body)
    if (!follows(kernel, person.id)) throw new ControlRefusal(409, '先关注公众号，才能发消息')
    const bytes = Buffer.from(requiredText(body, 'base64'), 'base64')
    if (!bytes.subarray(0, 6).equals(Buffer.from('#!AMR\n'))) throw new ControlRefusal(400, '只能发 AMR 语音')
    sendVoice(kernel, person, bytes, typeof body['heard'] === 'string' ? body['heard'] : '')
    return accountState(kernel, person.id)
  },
  '/wechat/account-place': (kernel, body) => {
    const person = who(kernel, body)
    if (!follows(kernel, person.id)) throw new ControlRefusal(409, '先关注公众号，才能发消息')
    const label = requiredText(body, 'label')
    sendPlace(kernel, person, { x: '34.747', y: '113.625', label })
    return accountState(kernel, person.id)
  },
  '/wechat/mini-enter': (kernel, body) => {
    const person = who(kernel, body)
    enterMini(kernel, person, typeof body['sessionFrom'] === 'string' ? body['sessionFrom'] : '')
    return { bubbles: chatOf(kernel, miniChat(person.id)) }
  },
  '/wechat/mini-text': (kernel, body) => {
    const person = who(kernel, body)
    writeToMini(kernel, person, requiredText(body, 'text').slice(0, 600))
    return { bubbles: chatOf(kernel, miniChat(person.id)) }
  },
  '/wechat/account-tap': (kernel, body) => {
    const person = who(kernel, body)
    const type = body['type'] === 'view' ? 'view' : 'click'
    tapMenu(kernel, person, { type, key: requiredText(body, 'key') })
    return accountState(kernel, person.id)
  },
  '/wechat/account-scan': (kernel, body) => {
    const person = who(kernel, body)
    const scene = requiredText(body, 'scene')
    if (Buffer.byteLength(scene) > 64) throw new ControlRefusal(400, '场景值最多 64 个字节')
    scanScene(kernel, person, scene)
    return accountState(kernel, person.id)
  },
  '/wechat/subscription-settings': (kernel, body) => {
    const openid = kernel.people.openid(who(kernel, body).id, kernel.config.wechat.mini.appid)
    const ids = Array.isArray(body['tmplIds']) ? body['tmplIds'].map(String) : []
    pushSubscriptionChange(kernel, openid, ids)
    return { rejected: ids }
  },
  '/wechat/person-event': (kernel, body) => {
    const event = PERSON_EVENTS.find((one) => one === body['event'])
    if (!event) throw new ControlRefusal(400, `event 应为 ${PERSON_EVENTS.join(' / ')}`)
    const openid = kernel.people.openid(who(kernel, body).id, kernel.config.wechat.mini.appid)
    pushPersonEvent(kernel, openid, event)
    return { openid, event }
  },
}
