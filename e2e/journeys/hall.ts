import type { Browser, Locator, Page } from 'playwright-core'
import { expectNone, expectThat } from '../report'
import type { Stack } from '../stack'
import { payInSheet, settleIn } from './acts'
import { axeFaults } from './axe'
import { Guard } from './guard'
import type { Journey } from './journey'
import type { Phone } from './phone'
import { scan } from './scan-acts'
import { takeShot } from './shots'

const PATIENCE_MS = 15_000
const LARGE = { width: 1440, height: 900 }
/** The narrowest hall. */
const SMALL = { width: 1024, height: 768 }
type Size = typeof LARGE

/** The hall (网上营业厅): a browser on a PC, with a cookie jar of its own. */
export class Pc {
  private shots = 0
  private constructor(
    readonly page: Page,
    readonly guard: Guard,
    readonly name: string,
  ) {}

  static async open(browser: Browser, stack: Stack, name: string, viewport: Size = LARGE): Promise<Pc> {
    const context = await browser.newContext({ viewport, locale: 'zh-CN' })
    context.setDefaultTimeout(PATIENCE_MS)
    await context.addInitScript('globalThis.__name = (named) => named')
    const guard = new Guard(context)
    const page = await context.newPage()
    await page.goto(stack.portal)
    return new Pc(page, guard, name)
  }

  el(id: string): Locator {
    return this.page.locator(`#${id}:visible`).last()
  }

  async shot(step: string): Promise<void> {
    this.shots++
    await takeShot(this.page, `${this.name}-pc-${this.shots}-${step}`)
  }

  /** A photograph of the code on the screen, as the phone's camera takes it. */
  async photograph(inside: string): Promise<{ link: string; picture: Picture }> {
    const code = this.page.locator(`#${inside}:visible svg`).last()
    await code.waitFor()
    const link = (await code.getAttribute('data-text')) ?? ''
    const buffer = await code.screenshot()
    return { link, picture: { name: 'code.png', mimeType: 'image/png', buffer } }
  }

  /** Clicks what gives a file, and says where it lies. */
  async download(id: string): Promise<string> {
    const [file] = await Promise.all([this.page.waitForEvent('download'), this.el(id).click()])
    return file.path()
  }

  async axe(): Promise<void> {
    expectNone('axe in the hall', await axeFaults(this.page))
  }

  async close(): Promise<void> {
    expectNone('faults in the hall', await this.guard.found(this.page))
    await this.page.context().close()
  }
}
type Picture = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }

/** A PC that this telephone has signed in. */
export async function openSignedIn(phone: Phone, stack: Stack, browser: Browser): Promise<Pc> {
  const pc = await Pc.open(browser, stack, phone.name)
  await scan(phone, await pc.photograph('hall-scan'))
  await confirmOn(phone, pc)
  await pc.el('hall-leave').waitFor()
  return pc
}

/** Types the number of the PC's screen on the telephone and agrees. */
async function confirmOn(phone: Phone, pc: Pc): Promise<void> {
  await phone.el('scan-confirm').waitFor()
  await pc.el('hall-digits').waitFor()
  const digits = (await pc.el('hall-digits').innerText()).trim()
  await phone.type('scan-digits', digits)
  await pc.shot('number')
  await phone.shot('scan')
  await phone.tap('scan-confirm')
  await phone.el('scan-confirmed').waitFor()
}

/** Whoever only has the address, in any other browser, reads where it belongs and learns nothing. */
async function strangerOpens(browser: Browser, link: string): Promise<void> {
  const context = await browser.newContext({ locale: 'zh-CN' })
  const guard = new Guard(context)
  const page = await context.newPage()
  await page.goto(link)
  await page.getByText('请用微信或支付宝扫一扫').locator('visible=true').last().waitFor()
  expectThat(!page.url().includes(link.split('/s/')[1] ?? '/s/'), `the token stays in ${page.url()}`)
  expectNone(
    'asked by a stranger’s browser',
    guard.asked.filter((name) => name.startsWith('scans.')),
  )
  await context.close()
}

async function walkHall(phone: Phone, stack: Stack, browser: Browser): Promise<void> {
  await settleIn(phone, stack.takeHousehold('gas'))
  const pc = await Pc.open(browser, stack, phone.name)
  const code = await pc.photograph('hall-scan')
  await pc.shot('sign-in')
  await pc.axe()
  await strangerOpens(browser, code.link)
  await scan(phone, code)
  await confirmOn(phone, pc)

  await pc.el('owed-total').waitFor()
  await pc.shot('home')
  await pc.axe()
  await pc.el('nav-bills').click()
  await pc.el('bill-table').waitFor()
  await pc.shot('bills')
  await pc.axe()
  // The keyboard reaches a bill as a mouse does.
  await pc.page.locator('#bill-table:visible .hall-link').first().focus()
  await pc.page.keyboard.press('Enter')
  await pc.el('bill-amount').waitFor()
  const asked = (await pc.el('bill-amount').innerText()).replace(/\s/g, '')

  const bill = await pc.photograph('hall-pay')
  await pc.shot('bill')
  await pc.axe()
  await scan(phone, bill)
  await phone.el('bill-amount').waitFor()
  const shown = (await phone.el('bill-amount').innerText()).replace(/\s/g, '')
  expectThat(shown === asked, `the phone shows ${shown}, the PC ${asked}`)
  await phone.tap('pay-bill')
  await phone.el('pay-now').waitFor()
  await payInSheet(phone)
  await phone.leaveSheet()
  await phone.sees('缴费成功')
  // The bill on the PC finds out by itself.
  await pc.page.locator('#hall-pay').waitFor({ state: 'detached' })
  await pc.el('nav-records').click()
  await pc.el('record-table').waitFor()
  await pc.shot('records')
  await pc.axe()

  await phone.goTo('pages/me/index')
  await phone.tap('devices')
  await phone.el('end-pc').waitFor()
  await phone.shot('devices')
  await phone.tap('end-pc')
  await phone.frame.locator('.taro-model__confirm:visible').last().click()
  await phone.el('end-pc').waitFor({ state: 'detached' })
  // What the page asks for as somebody who is no longer signed in is refused once.
  pc.guard.expectFailures()
  await pc.page.reload()
  await pc.el('hall-scan').waitFor()
  await pc.close()
}

async function refuseThenEnter(phone: Phone, stack: Stack, browser: Browser): Promise<void> {
  await settleIn(phone, stack.takeHousehold('heating'))
  const pc = await Pc.open(browser, stack, phone.name, SMALL)
  await scan(phone, await pc.photograph('hall-scan'))
  await phone.el('scan-refuse').waitFor()
  await pc.el('hall-digits').waitFor()
  await phone.tap('scan-refuse')
  await phone.el('scan-refused').waitFor()
  await pc.el('hall-over').filter({ hasText: '手机上没有同意登录' }).waitFor()
  await pc.shot('refused')

  await pc.el('hall-again').click()
  await scan(phone, await pc.photograph('hall-scan'))
  await confirmOn(phone, pc)
  await pc.el('owed-total').waitFor()
  await pc.shot('home')
  const wide = await pc.page.locator('html').evaluate((root) => root.scrollWidth)
  expectThat(wide <= SMALL.width, `the hall is ${wide} px wide`)
  await pc.axe()
  // Narrower than a hall the same page is a telephone's, with its tab bar; wider again it is the hall.
  await pc.page.setViewportSize({ width: 390, height: 844 })
  await pc.page.locator('.hall-top').first().waitFor({ state: 'detached' })
  await pc.page.locator('.taro-tabbar__tabbar:visible').last().waitFor()
  await pc.shot('narrow')
  await pc.page.setViewportSize(SMALL)
  await pc.el('hall-leave').click()
  await pc.el('hall-scan').waitFor()
  await pc.close()
}

/** When something happened is told by keys alone, which turn no wheels. */
async function tellWhen(phone: Phone, stack: Stack, browser: Browser): Promise<void> {
  await settleIn(phone)
  const pc = await openSignedIn(phone, stack, browser)
  await pc.page.goto(`${stack.portal}/#/requests/form/index?companyId=power&typeId=appliance`)
  await pc.el('answer-what').locator('input').fill('冰箱')
  await pc.page.keyboard.press('Tab')
  const at = pc.el('answer-at')
  expectThat(
    await at.evaluate((field) => field === document.activeElement),
    'Tab goes on to when it happened',
  )
  // In which order year, month and day stand is up to the browser.
  for (let part = 0; part < 6; part++) {
    await pc.page.keyboard.press('ArrowUp')
    await pc.page.keyboard.press('ArrowRight')
  }
  await pc.page.locator('.choice.on > #answer-at').waitFor()
  const told = await at.inputValue()
  expectThat(/^20\d\d-01-01T\d\d:\d\d$/.test(told), `what was told is ${told}`)
  await pc.shot('when')
  await pc.axe()
  await pc.close()
}

export const hallJourneys: readonly Journey[] = [
  {
    name: 'the hall: a PC is signed in by WeChat, its bill is paid on the telephone, which signs it out again',
    wallet: 'wechat',
    walk: walkHall,
  },
  {
    name: 'the hall: Alipay refuses a PC, then signs it in; the PC leaves by itself',
    wallet: 'alipay',
    walk: refuseThenEnter,
  },
  {
    name: 'the hall: when something happened is told by keys alone',
    wallet: 'wechat',
    walk: tellWhen,
  },
]
