import { expectThat } from '../report'
import type { Stack } from '../stack'
import type { DemoHousehold } from '../demo-data'
import { agree, payInSheet } from './acts'
import { Desk } from './desk'
import type { Journey } from './journey'
import type { Phone } from './phone'

/** The service account (公众号): followed, asked, tapped, and what became of its messages. */

async function follow(phone: Phone): Promise<void> {
  await phone.own('account-open').click()
  // Everybody of the demo follows at the start, so one leaves first.
  await phone.own('account-page').click()
  await phone.own('account-leave').click()
  await phone.own('account-follow').click()
  await accountSays(phone, '欢迎关注一户')
}

export async function accountSays(phone: Phone, words: string | RegExp): Promise<void> {
  await phone.own('chat-account').filter({ hasText: words }).last().waitFor()
}

export async function writeToAccount(phone: Phone, text: string): Promise<void> {
  const input = phone.own('account-input')
  const toggle = phone.own('account-toggle')
  await input.or(toggle).first().waitFor()
  if (!(await input.isVisible())) await toggle.click()
  await input.fill(text)
  await phone.own('account-send').click()
  await phone.own('chat-mine').filter({ hasText: text }).last().waitFor()
}

/** Asks the portal as the one who is signed in at this desk. */
async function askPortal<T>(desk: Desk, path: string): Promise<T> {
  const { origin } = new URL(desk.page.url())
  const answer = await desk.page.context().request.get(origin + path, { headers: { 'x-yihu-console': '1' } })
  const text = await answer.text()
  if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${text}`)
  return JSON.parse(text) as T
}

async function publishMenu(desk: Desk): Promise<void> {
  await desk.goTo('/official')
  await desk.button('发布菜单').click()
  await desk.clickInDialog('发布菜单')
  await desk.sees('关注的人看到的就是这个菜单')
  await desk.shot('menu-published')
}

/** The bar code on the bill instead of twelve digits: WeChat's scanner, for a page that the portal has signed. */
async function bindByScan(phone: Phone, home: DemoHousehold): Promise<void> {
  await phone.tap('bind-first')
  await phone.tapText('开热公司')
  await phone.frame.locator('.bind-scan:visible').last().click()
  await phone.own('scan-input').fill(home.accountNo)
  await phone.own('scan-go').click()
  await phone.own('scan-sheet').waitFor({ state: 'detached' })
  const typed = await phone.el('account-no').locator('input').inputValue()
  expectThat(typed === home.accountNo, `the scanner gave ${typed}`)
  await phone.type('phone-tail', home.phoneTail)
  await phone.tap('bind-submit')
  await phone.el('owed-total').waitFor()
}

interface Attempt {
  readonly channel: string
  readonly state: string
}

/** How the newest message of this household ended on the account's channel, as the desk reads it. */
async function attemptOf(desk: Desk, householdId: string): Promise<Attempt | undefined> {
  const { items } = await askPortal<{ items: { attempts: Attempt[] }[] }>(
    desk,
    `/api/messages.history?householdId=${householdId}`,
  )
  return items.flatMap(({ attempts }) => attempts).find(({ channel }) => channel === 'wechat-oa')
}

async function householdOf(desk: Desk, accountNo: string): Promise<string> {
  const { households } = await askPortal<{ households: { id: string }[] }>(
    desk,
    `/api/desk.findHousehold?companyId=heating&q=${accountNo}`,
  )
  const [found] = households
  if (!found) throw new Error(`the desk finds no household ${accountNo}`)
  return found.id
}

async function payByChat(phone: Phone, stack: Stack): Promise<void> {
  await stack.setFault({ name: 'template.blocked', times: 1 })
  await phone.goTo('pages/home/index')
  await phone.tap('go-pay')
  await phone.el('pay-now').waitFor()
  await payInSheet(phone)
  await phone.leaveSheet()
}

export const accountJourneys: readonly Journey[] = [
  {
    name: 'official account: follow, bind by the welcome and a scan, ask, tap the menu, and the result of a message comes back',
    wallet: 'wechat',
    walk: async (phone, stack, browser) => {
      const desk = await Desk.open(browser, stack, 'zhaomin')
      await publishMenu(desk)
      const home = stack.takeHousehold('heating')
      await follow(phone)
      await phone.shot('welcome')
      await phone.own('chat-account').last().getByTestId('chat-link').click()
      await phone.own('account').waitFor({ state: 'detached' })
      await phone.shot('bind-by-welcome')
      await phone.goTo('pages/home/index')
      await agree(phone)
      await bindByScan(phone, home)

      await phone.own('account-open').click()
      await writeToAccount(phone, '我家欠多少钱')
      await accountSays(phone, `待缴 ${(home.owedFen / 100).toFixed(2)} 元，截至`)
      await writeToAccount(phone, '暖气不热')
      await accountSays(phone, '入户阀门是否全开')
      await writeToAccount(phone, '你们经理是谁')
      // No configured answer fits, so the knowledge base answers and offers a person.
      await accountSays(phone, '回复“转人工”')
      await phone.shot('asked')
      await phone.own('account-toggle').click()
      await phone.own('menu-1').click()
      await phone.own('menu-1-2').click()
      await accountSays(phone, '没有停供通知')
      await phone.shot('menu')
      await phone.own('account-back').click()

      await payByChat(phone, stack)
      const householdId = await householdOf(desk, home.accountNo)
      let attempt = await attemptOf(desk, householdId)
      const until = Date.now() + 20_000
      while (attempt?.state !== 'failed' && Date.now() < until) attempt = await attemptOf(desk, householdId)
      expectThat(attempt?.state === 'failed', `the account's message is ${attempt?.state ?? 'not there'}`)
    },
  },
]
