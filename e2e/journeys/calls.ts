import type { Browser, Locator, Page } from 'playwright-core'
import { Publisher } from '../publisher'
import { expectThat } from '../report'
import type { Stack } from '../stack'
import { Desk } from './desk'
import type { Journey } from './journey'
import type { Phone } from './phone'

const TELEPHONE = '8001'
/** Nobody of the demo has it. */
const STRANGER = '13700137000'

/** The call centre's switch, played on the sandbox's own page. */
class Switch {
  private constructor(private readonly page: Page) {}

  static async open(phone: Phone, stack: Stack): Promise<Switch> {
    const page = await phone.page.context().newPage()
    await page.goto(`${stack.sandbox}/switch`)
    await page.getByTestId('ring').waitFor()
    return new Switch(page)
  }

  /** Somebody calls the heating company, and this telephone rings. */
  async ring(from: string): Promise<void> {
    await this.page.getByLabel('公司').selectOption('heating')
    await this.page.getByLabel('来电号码').fill(from)
    await this.page.getByLabel('直接转到分机').fill(TELEPHONE)
    await this.page.getByTestId('ring').click()
  }

  async press(from: string, button: '接听' | '挂断'): Promise<void> {
    await this.call(from).getByRole('button', { name: button }).click()
  }

  private call(from: string): Locator {
    return this.page.getByTestId(`call-${from}`).first()
  }
}

/** From now on calls at this telephone pop up here. */
async function sitDown(desk: Desk): Promise<void> {
  await desk.goTo('/calls')
  await desk.button('设置我的分机').click()
  const field = desk.page.getByLabel('开热公司')
  await field.fill(TELEPHONE)
  await field.press('Enter')
  await desk.button(`我的分机 ${TELEPHONE}`).waitFor()
  await desk.shot('extension')
}

const popup = (desk: Desk): Locator => desk.page.getByRole('alertdialog', { name: '来电' })

/** Who calls is known before a word is said; what they want is taken down while they speak. */
async function takeRequest(desk: Desk, centre: Switch, from: string, owed: RegExp): Promise<void> {
  const { page } = desk
  await desk.goTo('/inbox')
  await centre.ring(from)
  const popped = popup(desk)
  await popped.getByText('振铃中').waitFor()
  await popped.getByText(owed).waitFor()
  await popped.getByText('停供中 · 松海园抢修').waitFor()
  await desk.shot('pops')
  await centre.press(from, '接听')
  await popped.getByText('通话中').waitFor()
  await popped.getByRole('button', { name: '打开' }).click()
  await page.getByRole('heading', { level: 1, name: new RegExp(`${from.slice(-4)}`) }).waitFor()
  await page.getByRole('complementary').getByText(owed).first().waitFor()
  await page.getByRole('radiogroup', { name: '先选类别，再选类型' }).getByText('暖气不热').click()
  await page.getByText('个别暖气片').click()
  await page.getByLabel('来电人怎么说').fill('抢修通知收到了，但是卧室昨天就不热')
  await desk.shot('form')
}

/** One click for the request, which then stands at the call. */
async function sendRequest(desk: Desk, centre: Switch, from: string): Promise<void> {
  const { page } = desk
  await desk.button('提交登记').click()
  await page.getByRole('link', { name: /已登记诉求 BX/ }).waitFor()
  await desk.shot('taken-down')
  await centre.press(from, '挂断')
  await page.getByText('已结束', { exact: true }).waitFor()
  await page.getByRole('link', { name: '回到来电列表' }).click()
  await page
    .getByRole('row', { name: new RegExp(from.slice(-4)) })
    .getByRole('link', { name: /^BX/ })
    .waitFor()
  await desk.shot('list')
}

/** A stranger gives up: the number waits on the list, and is called until somebody answers. */
async function callBack(desk: Desk, centre: Switch): Promise<void> {
  const { page } = desk
  await centre.ring(STRANGER)
  await popup(desk).getByText('没有查到住户').waitFor()
  await desk.shot('stranger')
  await centre.press(STRANGER, '挂断')
  await popup(desk).waitFor({ state: 'hidden' })
  await page.getByRole('tab', { name: '待回拨' }).click()
  for (const [reached, result] of [
    ['没打通，放回列表', '无人接听'],
    ['打通了', '问了缴费方式，已告知'],
  ] as const) {
    await desk.button('我来回拨').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(STRANGER).waitFor()
    await desk.clickStill(dialog.getByText(reached, { exact: true }))
    await dialog.getByLabel('结果', { exact: true }).fill(result)
    await desk.shot('called-back')
    await desk.clickInDialog('确定')
    await dialog.waitFor({ state: 'hidden' })
  }
  await desk.sees('没有要回拨的电话。')
  await page.getByRole('tab', { name: '全部来电' }).click()
  await page
    .getByRole('row', { name: /问了缴费方式/ })
    .getByText('已回拨')
    .waitFor()
  const back = page.getByLabel('今天').locator('div', { hasText: '已回拨' }).locator('dd')
  expectThat((await back.innerText()) === '1', `${await back.innerText()} called back today, not 1`)
  await desk.shot('today')
}

async function walkCalls(phone: Phone, stack: Stack, browser: Browser): Promise<void> {
  const home = stack.takeHousehold('heating')
  const publisher = await Publisher.signedIn(stack)
  await publisher.publish({
    companyId: 'heating',
    kind: 'emergency',
    title: '松海园抢修',
    words: '一次网渗漏，正在抢修，期间停暖。',
    reasonWords: '管道渗漏',
    startsInHours: -1,
    endsInHours: 4,
    places: [],
    accountNos: [home.accountNo],
  })
  const desk = await Desk.open(browser, stack, 'wangxiao')
  await sitDown(desk)
  const centre = await Switch.open(phone, stack)
  const owed = new RegExp((home.owedFen / 100).toFixed(2).replace(/(\d)(?=(\d{3})+\.)/g, '$1,?'))
  await takeRequest(desk, centre, home.phone, owed)
  await sendRequest(desk, centre, home.phone)
  await callBack(desk, centre)
  await desk.checkFaults()
}

export const callJourneys: readonly Journey[] = [
  {
    name: 'a call: the screen pops with the home, its debt and its outage; a request; a lost call is called back',
    wallet: 'wechat',
    walk: walkCalls,
  },
]
