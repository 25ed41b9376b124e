import type { Browser } from 'playwright-core'
import { until } from '../../scripts/processes'
import { expectThat } from '../report'
import type { Stack } from '../stack'
import { accountSays, writeToAccount } from './account'
import { settleIn } from './acts'
import { answer, endChat, endShift, openChat, openSeat, said, write } from './chat-acts'
import { Desk } from './desk'
import type { Journey } from './journey'
import type { Phone } from './phone'

const CALL = '转人工'
const SECRET = '门锁密码忘了'

/** What a page did that nobody looked at. */
interface Heard {
  readonly notes: readonly (readonly [title: string, body: string])[]
  readonly sounds: number
}

/** What is left of WeChat's window, as it stands above the composer. */
const meter = (desk: Desk, words: string | RegExp) =>
  desk.page.getByRole('status').filter({ hasText: '微信窗口' }).filter({ hasText: words })

/** They write in WeChat's own window; whoever answers has the conversation, the home and what it has paid before. */
async function takeFromAccount(phone: Phone, desk: Desk): Promise<void> {
  await phone.own('account-open').click()
  await writeToAccount(phone, CALL)
  const list = desk.page.getByRole('region', { name: '会话列表' })
  await list.getByRole('link').filter({ hasText: CALL }).first().click()
  await meter(desk, /还能发 4 条；之后改用模板消息/).waitFor()
  const curve = desk.page.getByRole('complementary', { name: '住户信息' }).getByRole('img', { name: /最高/ })
  await curve.waitFor()
  expectThat((await curve.locator('circle').count()) === 3, 'the curve has not three periods')
  await curve.scrollIntoViewIfNeeded()
  await desk.shot('window-and-curve')
}

/** Each answer counts down; the one that is too many reaches the resident as a template message. */
async function useUpWindow(phone: Phone, desk: Desk): Promise<void> {
  for (const left of [3, 2, 1]) {
    await answer(desk, `第${4 - left}句答复`)
    await meter(desk, `还能发 ${left} 条`).waitFor()
    await accountSays(phone, `第${4 - left}句答复`)
  }
  await answer(desk, '第4句答复')
  await meter(desk, '微信窗口已用完或过期').waitFor()
  await answer(desk, '第5句答复')
  await said(desk, '微信没有收下').waitFor()
  await phone.shell.getByText('客服已回复').first().waitFor()
  await phone.shot('told-by-template')
  await desk.shot('window-used-up')
  await phone.own('account-back').click()
}

/** A microphone that hums: a browser without a window has none, but records whatever it is given. */
async function plugIn(phone: Phone): Promise<void> {
  await phone.frame.locator('body').evaluate(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      const sound = new AudioContext()
      const [hum, microphone] = [sound.createOscillator(), sound.createMediaStreamDestination()]
      hum.connect(microphone)
      hum.start()
      return microphone.stream
    }
  })
}

/** A few seconds of a hum, recorded on one side and played on the other. */
async function speak(phone: Phone, desk: Desk): Promise<void> {
  await phone.goTo('pages/home/index')
  await openChat(phone)
  await plugIn(phone)
  await phone.tap('chat-more')
  await phone.tap('add-voice')
  // The microphone is asked for only after its own question, with its whole text, was answered.
  await phone.frame.locator('.taro-modal__title:visible', { hasText: '用麦克风录语音留言' }).waitFor()
  await phone.shot('voice-consent')
  await phone.frame.locator('.taro-model__confirm:visible').last().click()
  await phone.sees(/正在录音，还能说 5[0-7] 秒/)
  await phone.shot('recording')
  await phone.tap('add-voice')
  await phone.sees(/^语音 [2-9] 秒$/)
  await phone.frame
    .locator('.msg:visible')
    .last()
    .getByText(/已送达|已读/)
    .waitFor()
  await phone.shot('voice-note')
  const player = desk.page.getByRole('log', { name: '会话内容' }).locator('audio')
  await player.waitFor()
  await player.evaluate((element: HTMLAudioElement) => element.play())
  await until(() => player.evaluate((element: HTMLAudioElement) => element.currentTime > 0.2), {
    timeoutMs: 10_000,
    everyMs: 100,
    timedOut: () => 'the recording does not play',
  })
  await desk.shot('voice-note')
}

/**
 * The browser may show notifications, which one without a window never may; what it would show and play is noted, and
 * nobody looks at the page.
 */
async function lookAway(desk: Desk): Promise<void> {
  const { page } = desk
  await page.evaluate(() => {
    Object.defineProperty(Notification, 'permission', { get: () => 'granted' })
    Notification.requestPermission = () => Promise.resolve('granted')
  })
  await page.getByRole('button', { name: '我的坐席' }).click()
  const choice = page.getByRole('switch', { name: '桌面通知' })
  await desk.clickStill(choice)
  await choice.and(page.locator('[aria-checked="true"]')).waitFor()
  await desk.shot('notifications-on')
  await page.keyboard.press('Escape')
  await page.addInitScript(() => {
    const heard: { notes: [string, string][]; sounds: number } = { notes: [], sounds: 0 }
    class Noted extends EventTarget {
      static readonly permission = 'granted'
      constructor(title: string, { body = '' }: NotificationOptions = {}) {
        super()
        heard.notes.push([title, body])
        Object.assign(globalThis, { lastNote: this })
      }
      close(): void {}
    }
    const { start } = OscillatorNode.prototype
    OscillatorNode.prototype.start = function (when) {
      heard.sounds++
      start.call(this, when)
    }
    Object.assign(globalThis, { heard, Notification: Noted })
    Object.defineProperty(document, 'hidden', { get: () => true })
  })
}

const heardBy = (desk: Desk): Promise<Heard> =>
  desk.page.evaluate(() => (globalThis as unknown as { heard: Heard }).heard)

/** Heard and seen without a word of the resident's, and one click from the conversation. */
async function beCalledBack(phone: Phone, desk: Desk): Promise<void> {
  const { page } = desk
  await lookAway(desk)
  await desk.goTo('/inbox')
  await page.getByText('实时').first().waitFor()
  await write(phone, SECRET)
  await until(async () => (await heardBy(desk)).notes.length > 0, {
    timeoutMs: 15_000,
    everyMs: 100,
    timedOut: () => 'no notification of the new message',
  })
  const { notes, sounds } = await heardBy(desk)
  expectThat(notes[0]?.[0] === '住户有新消息', `it says ${notes[0]?.[0]}`)
  expectThat(!JSON.stringify(notes).includes(SECRET), 'a notification shows what the resident wrote')
  expectThat(sounds > 0, 'nothing was heard')
  await page.waitForFunction(() => document.title.startsWith('(1)'))
  await page.evaluate(() =>
    (globalThis as unknown as { lastNote: EventTarget }).lastNote.dispatchEvent(new Event('click')),
  )
  await said(desk, SECRET).waitFor()
}

async function walkWindow(phone: Phone, stack: Stack, browser: Browser): Promise<void> {
  const home = stack.takeHousehold('heating')
  stack.addPastBills(home.accountNo, { '2024-2025': 198_000, '2025-2026': 205_000 })
  await settleIn(phone, home)
  const desk = await Desk.open(browser, stack, 'mali')
  await openSeat(desk, 3)
  await takeFromAccount(phone, desk)
  await useUpWindow(phone, desk)
  await speak(phone, desk)
  await beCalledBack(phone, desk)
  await endChat(desk)
  await endShift(desk)
  await desk.checkFaults()
}

export const windowJourneys: readonly Journey[] = [
  {
    name: 'a chat from the official account: its window counts down, then a template; a voice note; a notification and a sound',
    wallet: 'wechat',
    walk: walkWindow,
  },
]
