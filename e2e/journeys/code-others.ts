import { type Browser, type BrowserContextOptions, devices } from 'playwright-core'
import type { DemoHousehold } from '../demo-data'
import { type PrintedCode, Printer } from '../printed'
import { expectNone, expectThat } from '../report'
import type { Stack } from '../stack'
import { Guard } from './guard'
import type { Journey } from './journey'
import { expectGoodLooks } from './measure'
import { type Phone, WALLETS, walletTitles } from './phone'
import { scan } from './scan-acts'
import { takeShot } from './shots'

const PATIENCE_MS = 15_000

async function printed(stack: Stack): Promise<{ home: DemoHousehold; code: PrintedCode }> {
  const home = stack.takeHousehold('gas')
  return { home, code: await (await Printer.signedIn(stack)).print('gas', home.accountNo) }
}

/** Holding the code is one proof and no more: without the second nobody becomes a member. */
async function bindByCode(phone: Phone, stack: Stack): Promise<void> {
  const { home, code } = await printed(stack)
  await phone.el('read-privacy').waitFor()
  await scan(phone, code)
  await phone.tap('code-bind')
  await phone.tap('read-privacy')
  await phone.tap('agree-privacy')
  await phone.el('phone-tail').waitFor()
  const words = await phone.frame.locator('.taro_page:visible').last().innerText()
  expectNone(
    'unmasked before the proof',
    [home.accountNo, home.phone].filter((secret) => words.includes(secret)),
  )
  await phone.shot('bind')
  await expectGoodLooks(phone, 'binding by a code')
  phone.guard.expectFailures()
  await phone.type('phone-tail', home.phoneTail === '0000' ? '1111' : '0000')
  await phone.tap('bind-submit')
  const refusal = await phone.readDialog()
  expectThat(/核对|不符|不对/.test(refusal), `a wrong proof is told “${refusal}”`)
  phone.guard.expectFailures(false)
  await phone.type('phone-tail', home.phoneTail)
  await phone.tap('bind-submit')
  await phone.el('owed-total').waitFor()
  await phone.shot('bound')
}

/** Somebody with neither wallet around the page: the same household, on Alipay's web cashier, as a guest. */
async function payInBrowser(browser: Browser, stack: Stack): Promise<void> {
  const { home, code } = await printed(stack)
  const { viewport, userAgent, deviceScaleFactor } = devices['iPhone 13'] as BrowserContextOptions
  const context = await browser.newContext({
    ...(viewport ? { viewport } : {}),
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(deviceScaleFactor === undefined ? {} : { deviceScaleFactor }),
    locale: 'zh-CN',
  })
  context.setDefaultTimeout(PATIENCE_MS)
  await context.addInitScript('globalThis.__name = (named) => named')
  const guard = new Guard(context)
  const page = await context.newPage()
  const el = (id: string) => page.locator(`#${id}:visible`).last()
  try {
    await page.goto(code.link)
    await el('code-owed').waitFor()
    const owed = (await el('code-owed').innerText()).replace(/[¥,\s]/g, '')
    expectThat(
      owed === (home.owedFen / 100).toFixed(2),
      `the page says ${owed}, the bill ${home.owedFen} fen`,
    )
    await takeShot(page, 'browser-01-code')
    await el('code-pay').click()
    await el('code-agree').click()
    // Alipay asks whose this browser is before its cashier; we never learn it by that.
    await page.getByText('李桂兰', { exact: true }).click()
    await el('pay').click()
    await el('sheet').waitFor()
    for (const key of ['1', '3', '5', '7', '9', '0']) await page.locator(`button[data-key="${key}"]`).click()
    await el('result').waitFor()
    await el('back').click()
    await el('result-title').waitFor()
    await page.getByText('缴费成功').locator('visible=true').last().waitFor()
    await takeShot(page, 'browser-02-paid')
    const asked = guard.asked.filter((name) => /^(households\.bind|sessions\.login|.*sendCode)$/.test(name))
    expectNone('asked of a guest', asked)
    expectNone('faults in the browser', await guard.found(page))
  } catch (error) {
    await takeShot(page, 'browser-FAILED')
    throw error
  } finally {
    await context.close()
  }
}

export const codeOtherJourneys: readonly Journey[] = [
  ...WALLETS.map((wallet) => ({
    name: `${walletTitles[wallet]}: a code: its household is bound with a second proof, and a wrong one is refused`,
    wallet,
    walk: bindByCode,
  })),
  {
    name: 'a code: in a browser without a wallet the H5 page opens, and a guest pays at Alipay’s web cashier',
    wallet: 'alipay',
    walk: async (_phone, stack, browser) => payInBrowser(browser, stack),
  },
]
