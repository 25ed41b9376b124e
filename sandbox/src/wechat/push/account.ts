import type { Kernel, Person } from '../../kernel/kernel'
import { addBubble, OUT_OF_ORDER } from './chat'
import { deliverPush, ownerOf } from './deliver'
import { keepMedia } from './media'
import { accountTarget, eventXml } from './push'
import { readReply } from './reply'
import { openWindow } from './window'

/** What a person does with the service account on their phone, and what its server answers on the same connection. */

const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

const followers = (kernel: Kernel) => kernel.store.table<boolean>('wechat.follows')

/** Who has unfollowed the service account; everyone who is not a snapshot visitor follows at the start. */
export function follows(kernel: Kernel, personId: string): boolean {
  return followers(kernel).get(personId) ?? !kernel.people.get(personId)?.snapshot
}

/** Pushes what somebody did, and shows what comes back; silent events have no chat to show anything in. */
function pushAct(kernel: Kernel, person: Person, message: string, chatty: boolean): void {
  const target = accountTarget(kernel)
  if (!target) return
  const openid = kernel.people.openid(person.id, target.appid)
  let isAnswered = false
  const say = (from: 'account' | 'note', text: string): void => {
    // Copies of one push, which only a fault makes, are one push to the person.
    if (!isAnswered && chatty) addBubble(kernel, { personId: person.id, from, kind: 'text', text })
    isAnswered = true
  }
  deliverPush(kernel, target, {
    openid,
    message,
    type: 'xml',
    onAnswer: (body) => {
      const reply = readReply(target, openid, body)
      if (reply.kind === 'text') say('account', reply.text)
      if (reply.kind === 'unreadable') {
        kernel.log('wechat-push.unreadable', { why: reply.why })
        say('note', OUT_OF_ORDER)
      }
      isAnswered = true
      return true
    },
    onGiveUp: () => say('note', OUT_OF_ORDER),
  })
}

function pushEvent(kernel: Kernel, person: Person, event: string, extra: string, chatty = true): void {
  const openid = kernel.people.openid(person.id, kernel.config.wechat.oa.appid)
  pushAct(kernel, person, eventXml(kernel, openid, event, extra), chatty)
}

const key = (text: string): string => `<EventKey>${cdata(text)}</EventKey>`

/** Follows or unfollows the service account; only a change is pushed. `scene` is that of a scanned code. */
export function setFollows(kernel: Kernel, personId: string, value: boolean, scene = ''): void {
  const changed = follows(kernel, personId) !== value
  followers(kernel).put(personId, value)
  const person = kernel.people.get(personId)
  if (!changed || !person) return
  if (!value) {
    pushEvent(kernel, person, 'unsubscribe', key(''), false)
    return
  }
  openWindow(kernel, kernel.people.openid(personId, kernel.config.wechat.oa.appid), 'tap')
  const extra = scene === '' ? key('') : `${key(`qrscene_${scene}`)}${ticket(kernel)}`
  pushEvent(kernel, person, 'subscribe', extra)
}

/** Scans a code with a scene: a follower's is SCAN without the prefix, anybody else follows by it (wechat.md 2.4). */
export function scanScene(kernel: Kernel, person: Person, scene: string): void {
  if (!follows(kernel, person.id)) {
    setFollows(kernel, person.id, true, scene)
    return
  }
  openWindow(kernel, kernel.people.openid(person.id, kernel.config.wechat.oa.appid), 'tap')
  pushEvent(kernel, person, 'SCAN', `${key(scene)}${ticket(kernel)}`)
}

const ticket = (kernel: Kernel): string => `<Ticket>${cdata(kernel.random.word(90))}</Ticket>`

/** Taps a button of the menu that says its key, or one that opens an address. */
export function tapMenu(kernel: Kernel, person: Person, tap: { type: 'click' | 'view'; key: string }): void {
  if (tap.type === 'click') {
    openWindow(kernel, kernel.people.openid(person.id, kernel.config.wechat.oa.appid), 'tap')
    pushEvent(kernel, person, 'CLICK', key(tap.key))
    return
  }
  pushEvent(kernel, person, 'VIEW', `${key(tap.key)}<MenuId>${kernel.random.digits(9)}</MenuId>`, false)
}

/** Writes to the account. */
export function writeToAccount(kernel: Kernel, person: Person, text: string): void {
  const { appid } = kernel.config.wechat.oa
  const openid = kernel.people.openid(person.id, appid)
  openWindow(kernel, openid, 'message')
  addBubble(kernel, { personId: person.id, from: 'person', kind: 'text', text })
  pushWritten(kernel, person, 'text', `<Content>${cdata(text)}</Content>`)
}

/** Sends the account a picture, which its server may fetch for three days. */
export function sendPicture(kernel: Kernel, person: Person, contentType: string, bytes: Buffer): void {
  const { appid } = kernel.config.wechat.oa
  openWindow(kernel, kernel.people.openid(person.id, appid), 'message')
  const { id } = keepMedia(kernel, appid, contentType, bytes)
  addBubble(kernel, { personId: person.id, from: 'person', kind: 'image', text: '', mediaId: id })
  const address = `http://mmbiz.qpic.cn/mmbiz/${id}/0`
  const extra = `<PicUrl>${cdata(address)}</PicUrl><MediaId>${cdata(id)}</MediaId>`
  pushWritten(kernel, person, 'image', extra)
}

/** Says something to the account; `heard` is what the platform understood, where the account has that switched on. */
export function sendVoice(kernel: Kernel, person: Person, bytes: Buffer, heard: string): void {
  const { appid } = kernel.config.wechat.oa
  openWindow(kernel, kernel.people.openid(person.id, appid), 'message')
  const { id } = keepMedia(kernel, appid, 'audio/amr', bytes)
  addBubble(kernel, { personId: person.id, from: 'person', kind: 'text', text: `[语音] ${heard}`.trim() })
  const recognition = heard === '' ? '' : `<Recognition>${cdata(heard)}</Recognition>`
  const extra = `<MediaId>${cdata(id)}</MediaId><Format>${cdata('amr')}</Format>${recognition}`
  pushWritten(kernel, person, 'voice', extra)
}

/** Sends the account where they are. */
export function sendPlace(
  kernel: Kernel,
  person: Person,
  place: { x: string; y: string; label: string },
): void {
  openWindow(kernel, kernel.people.openid(person.id, kernel.config.wechat.oa.appid), 'message')
  addBubble(kernel, { personId: person.id, from: 'person', kind: 'text', text: `[位置] ${place.label}` })
  const extra = `<Location_X>${place.x}</Location_X><Location_Y>${place.y}</Location_Y><Scale>16</Scale><Label>${cdata(place.label)}</Label>`
  pushWritten(kernel, person, 'location', extra)
}

/** A number beyond what a JavaScript number holds names the message. */
function pushWritten(kernel: Kernel, person: Person, type: string, extra: string): void {
  const { appid } = kernel.config.wechat.oa
  const openid = kernel.people.openid(person.id, appid)
  const created = Math.floor(kernel.clock.now() / 1000)
  const message = `<xml><ToUserName>${cdata(ownerOf(appid))}</ToUserName><FromUserName>${cdata(openid)}</FromUserName><CreateTime>${created}</CreateTime><MsgType>${cdata(type)}</MsgType>${extra}<MsgId>73${kernel.random.digits(17)}</MsgId></xml>`
  pushAct(kernel, person, message, true)
}
