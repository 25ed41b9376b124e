import type { DemoHousehold } from '../demo-data'
import { until } from '../../scripts/processes'
import { Publisher } from '../publisher'
import { expectNone, expectThat } from '../report'
import type { Stack } from '../stack'
import { settleIn } from './acts'
import type { Journey } from './journey'
import type { Phone } from './phone'

const PLACE = '松海园'
const TITLE = '松海4号换热站突发停暖'

/** An outage of one household and of a whole estate, published by the seeded publisher through the API. */
export async function outage(publisher: Publisher, home: DemoHousehold | null): Promise<string> {
  return publisher.publish({
    companyId: 'heating',
    kind: 'emergency',
    title: TITLE,
    words: '循环泵突然坏了，师傅正在换。请关好家里的阀门，恢复后两小时左右热起来。',
    reasonWords: '循环泵突然坏了',
    startsInHours: -0.5,
    endsInHours: 3,
    places: home === null ? [PLACE] : [],
    accountNos: home === null ? [] : [home.accountNo],
  })
}

/** Titles and values of what the wallet itself showed this person. */
async function shown(stack: Stack, phone: Phone): Promise<string[]> {
  const path = `/inbox?personId=${phone.personId}&phone=${phone.wallet}`
  const { messages } = await stack.control<{ messages: unknown[] }>(path)
  return messages.map((message) => JSON.stringify(message))
}

const told = (stack: Stack, phone: Phone, words: string): Promise<void> =>
  until(async () => (await shown(stack, phone)).some((one) => one.includes(words)), {
    timeoutMs: 10_000,
    everyMs: 100,
    timedOut: () => `nobody was told “${words}”\n${stack.lastWords()}`,
  })

/** Whoever wants to be told says who they are first, and comes back to the same notice. */
async function followAsStranger(phone: Phone): Promise<void> {
  await phone.tapText('登录后通知我')
  await phone.tap('agree-privacy')
  await phone.el('notice-title').waitFor()
  await phone.tapText('通知我')
  await phone.el('notice-subscribed').waitFor()
  await phone.shot('followed')
}

/** Without a network the last copy stands, with its time. */
async function readOffline(phone: Phone): Promise<void> {
  await phone.goTo('notices/list/index')
  await phone.sees('我家的')
  phone.guard.expectFailures()
  await phone.own('network-toggle').click()
  await phone.goTo('pages/home/index')
  await phone.el('notice-banner').waitFor()
  await phone.goTo('notices/list/index')
  await phone.sees(/网络不通，下面是/)
  await phone.sees(TITLE)
  await phone.shot('offline')
  await phone.own('network-toggle').click()
  await phone.tap('offline-banner')
  await phone.el('offline-banner').waitFor({ state: 'hidden' })
}

async function openBanner(phone: Phone): Promise<void> {
  await phone.el('notice-banner').waitFor()
  await phone.shot('banner')
  await phone.tap('notice-banner')
  await phone.el('notice-title').waitFor()
  expectThat((await phone.el('notice-title').innerText()).includes(TITLE), 'another notice opened')
  await phone.el('notice-mine').waitFor()
}

/** What is left, in seconds, as it stands on the page. */
async function countdown(phone: Phone): Promise<number> {
  const text = (await phone.el('notice-countdown').innerText()).trim()
  const parts = text.split(':').map(Number)
  expectThat(parts.length >= 2 && parts.every(Number.isFinite), `the countdown says ${text}`)
  return parts.reduce((sum, part) => sum * 60 + part, 0)
}

async function watchCountdown(phone: Phone): Promise<void> {
  const first = await countdown(phone)
  await until(async () => (await countdown(phone)) < first, {
    timeoutMs: 5_000,
    everyMs: 200,
    timedOut: () => 'the countdown stands still',
  })
  expectThat(first <= 3 * 3_600 && first > 2.8 * 3_600, `${first} seconds are left of three hours`)
}

/** The extension comes to the phone and to the inbox, counted until it is looked at. */
async function hearOfIt(
  phone: Phone,
  stack: Stack,
  { publisher, noticeId }: { publisher: Publisher; noticeId: string },
): Promise<void> {
  await publisher.extend(noticeId, 4, '配件还在路上')
  await told(stack, phone, '延期')
  await phone.own('drawer-open').click()
  const card = phone.own('drawer').locator('article', { hasText: '延期' }).first()
  await card.waitFor()
  await phone.shot('drawer')
  await card.getByTestId('message-open').click()
  await phone.el('notice-history').waitFor()
  await phone.sees(/延到.*配件还在路上/)
  await phone.shot('from-the-drawer')
  await phone.goTo('pages/me/index')
  await phone.sees(/条未读/)
  await phone.shot('unread')
  await phone.tapText('消息')
  await phone.sees(/延到.*配件还在路上/)
  await phone.shot('inbox')
}

/** What is switched off comes to the inbox alone. */
async function restoredUnheard(
  phone: Phone,
  stack: Stack,
  { publisher, noticeId }: { publisher: Publisher; noticeId: string },
): Promise<void> {
  await phone.goTo('pages/switches/index')
  await phone.tap('switch-outage-restored')
  await phone.el('switch-outage-restored').and(phone.frame.locator('[aria-checked="false"]')).waitFor()
  await phone.shot('switched-off')
  await publisher.restore(noticeId)
  await phone.goTo('pages/messages/index')
  await until(
    async () => {
      await phone.own('reload').click()
      await phone.sees('消息设置')
      return phone.frame.getByText('供暖已恢复').first().isVisible()
    },
    { timeoutMs: 15_000, everyMs: 500, timedOut: () => 'the inbox lacks what was switched off' },
  )
  await phone.shot('inbox-restored')
  const pushed = (await shown(stack, phone)).filter((one) => one.includes('已恢复'))
  expectNone('pushed although it is switched off', pushed)
}

/** Whoever reports it all the same is told of it first, and their report becomes part of it. */
async function joinIt(phone: Phone): Promise<string> {
  await phone.goTo('requests/form/index?companyId=heating&typeId=not-hot')
  await phone.el('known-outage').waitFor()
  await phone.sees(TITLE)
  await phone.sees('恢复时会通知您')
  await phone.shot('known-outage')
  await phone.tap('join-outage')
  await phone.el('joined-outage').waitFor()
  await phone.el('request-words').locator('textarea').fill('家里有老人，现在 15 度')
  await phone.tapText('全部不热')
  await phone.type('contact-phone', '13812345678')
  await phone.shot('joined')
  await phone.tap('submit-request')
  await phone.el('sent-number').waitFor()
  const number = (await phone.el('sent-number').innerText()).trim()
  await phone.tap('sent-look')
  await phone.el('request-outage').waitFor()
  await phone.shot('part-of-it')
  return number
}

/** A no opens the report of the outage again, with a new promise. */
async function stillNot(phone: Phone, number: string): Promise<void> {
  await phone.goTo('pages/home/index')
  await phone.own('reload').click()
  await phone.el('restored-no').waitFor()
  await phone.shot('question')
  await phone.tap('restored-no')
  await phone.el('request-number').waitFor()
  expectThat((await phone.el('request-number').innerText()).includes(number), 'another request was opened')
  await phone.sees('我们承诺')
  await phone.shot('request-of-it')
}

interface Mail {
  readonly to: readonly string[] | string
  readonly text: string
}

/** What the last mail to this address says. */
async function lastMail(stack: Stack, address: string): Promise<string> {
  let found: Mail | undefined
  await until(
    async () => {
      const { messages } = await stack.control<{ messages: Mail[] }>('/mail')
      found = messages.find(({ to }) => String(to).includes(address))
      return found !== undefined
    },
    { timeoutMs: 10_000, everyMs: 100, timedOut: () => `no mail came to ${address}\n${stack.lastWords()}` },
  )
  return found?.text ?? ''
}

/** An address counts once its code was right; then it can go again. */
async function keepAnAddress(phone: Phone, stack: Stack): Promise<void> {
  const address = 'wangnushi@mail.example'
  await phone.goTo('pages/switches/index')
  await phone.tap('edit-email')
  await phone.type('email', 'wangnushi@')
  await phone.tap('save-email')
  await phone.sees('请填写正确的邮箱')
  await phone.type('email', address)
  await phone.tap('send-code')
  const code = /\d{6}/.exec(await lastMail(stack, address))?.[0] ?? ''
  await phone.type('email-code', code)
  await phone.shot('email')
  await phone.tap('save-email')
  await phone.el('remove-email').waitFor()
  const shownAs = await phone.el('my-email').innerText()
  expectThat(
    shownAs.includes('***') && !shownAs.includes('wangnushi'),
    `the address stands there as ${shownAs}`,
  )
  await phone.tap('remove-email')
  await phone.tapText('删除')
  await phone.sees('还没有留邮箱')
}

export const noticeJourneys: readonly Journey[] = [
  {
    name: 'a stranger finds the outage of an address, and nobody asks who they are',
    wallet: 'wechat',
    walk: async (phone, stack) => {
      const publisher = await Publisher.signedIn(stack)
      const noticeId = await outage(publisher, null)
      await phone.el('read-privacy').waitFor()
      await phone.tapText('停供通知')
      await phone.el('notice-search').waitFor()
      await phone.type('notice-search', '没有这个地方')
      await phone.sees('没有找到这个地址')
      await phone.shot('nowhere')
      await phone.type('notice-search', PLACE)
      await phone.el(`notice-${noticeId}`).waitFor()
      await phone.shot('found')
      await phone.tap(`notice-${noticeId}`)
      await phone.el('notice-countdown').waitFor()
      await phone.el('notice-map').waitFor()
      await phone.sees('循环泵突然坏了')
      await phone.shot('notice')
      const personal = phone.guard.asked.filter((name) => !/^(portal|tariffs|notices)\./.test(name))
      expectNone('asked of a stranger', personal)
      await followAsStranger(phone)
      // Others live there too, in journeys that are about something else.
      await publisher.cancel(noticeId, '看错了阀门')
      await phone.own('reload').click()
      await phone.sees('已取消，照常供应')
      await phone.shot('cancelled')
    },
  },
  {
    name: 'an outage of my home: banner, countdown, notify me, joined, extended, switched off, restored, still not',
    wallet: 'wechat',
    walk: async (phone, stack) => {
      const publisher = await Publisher.signedIn(stack)
      const home = stack.takeHousehold('heating')
      const noticeId = await outage(publisher, home)
      await settleIn(phone, home)
      await openBanner(phone)
      await watchCountdown(phone)
      await phone.tap('notify-me')
      await phone.el('notice-subscribed').waitFor()
      await phone.shot('subscribed')
      const number = await joinIt(phone)
      await readOffline(phone)
      await hearOfIt(phone, stack, { publisher, noticeId })
      await restoredUnheard(phone, stack, { publisher, noticeId })
      await stillNot(phone, number)
    },
  },
  {
    name: 'an address for messages is kept once its code was right, and goes again',
    wallet: 'wechat',
    walk: async (phone, stack) => {
      await settleIn(phone, stack.takeHousehold('heating'))
      await keepAnAddress(phone, stack)
    },
  },
]
