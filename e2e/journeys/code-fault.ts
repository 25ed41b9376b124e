import type { Browser } from 'playwright-core'
import { until } from '../../scripts/processes'
import { Printer } from '../printed'
import { expectNone, expectThat } from '../report'
import type { Stack } from '../stack'
import { Desk } from './desk'
import type { Journey } from './journey'
import { expectGoodLooks } from './measure'
import { type Phone, WALLETS, walletTitles } from './phone'
import { addPhotos } from './photos'
import { scan } from './scan-acts'

const WORDS = '厨房软管裂了一道口子，已经关了表前阀'
/** What nobody need do to report what they see at a door. */
const OF_RESIDENTS = /^(households\.(bind|list)|.*sendCode|.*sendBindCode)$/

/** From the scanned page to a request with a photo; gives its number. The home is the code's and is not asked for. */
async function reportFault(phone: Phone): Promise<string> {
  await phone.tap('code-report')
  await phone.tap('code-agree')
  await phone.tap('type-pipe')
  await phone.el('request-words').waitFor()
  const where = await phone.el('part-household').locator('..').innerText()
  expectThat(where.includes('*'), `nothing is masked in “${where}”`)
  await phone.el('request-words').locator('textarea').fill(WORDS)
  // This kind is not taken without a picture, and the form says so where the picture is missing.
  await phone.tap('submit-request')
  await phone.el('part-files').locator('..').locator('.field-error').waitFor()
  await phone.shot('photo-missing')
  await addPhotos(phone, ['软管'])
  await phone.type('contact-phone', '13812345678')
  await phone.shot('form')
  await expectGoodLooks(phone, 'a fault at a scanned home')
  await phone.tap('submit-request')
  await phone.el('sent-number').waitFor()
  return (await phone.el('sent-number').innerText()).trim()
}

/** The pictures that are on the desk's page, by the size in which they arrived. */
async function pictureSizes(desk: Desk): Promise<number[]> {
  const pictures = desk.page.getByRole('region', { name: '住户说' }).getByRole('img', { name: /^图片/ })
  await pictures.first().waitFor()
  return pictures.evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth))
}

/** Whoever gives out the work reads it, sees the photo, and knows that nobody proved to live there. */
async function seenByDispatcher(browser: Browser, stack: Stack, number: string): Promise<void> {
  const desk = await Desk.open(browser, stack, 'liqiang')
  await desk.goTo('/inbox')
  await desk.sees(number)
  await desk.openRequest(number)
  await desk.sees(WORDS)
  await desk.sees(/扫户码提交，未核实是不是这户的人/)
  let sizes: number[] = []
  await until(
    async () => {
      sizes = await pictureSizes(desk)
      return sizes.length === 1 && sizes.every((size) => size > 0)
    },
    { timeoutMs: 10_000, everyMs: 200, timedOut: () => `the photo did not arrive: ${sizes.join()}` },
  )
  const shown = await desk.page.getByRole('img', { name: /^图片/ }).count()
  expectThat(shown === 1, `one photo stands ${shown} times on the page`)
  await desk.shot('fault')
  expectNone('looks of a fault at the desk', await desk.lookFaults())
  await desk.page.getByRole('img', { name: /^图片/ }).first().click()
  await desk.page.locator('.ant-image-preview img').waitFor()
  await desk.shot('photo')
  await desk.page.keyboard.press('Escape')
  await desk.button('派单').waitFor()
  await desk.checkFaults()
  await desk.close()
}

async function walkFault(phone: Phone, stack: Stack, browser: Browser): Promise<void> {
  const { accountNo } = stack.takeHousehold('gas')
  const code = await (await Printer.signedIn(stack)).print('gas', accountNo)
  await phone.el('read-privacy').waitFor()
  await scan(phone, code)
  await phone.el('code-home').waitFor()
  const number = await reportFault(phone)
  await phone.shot('sent')
  expectNone(
    'asked of somebody who reports',
    phone.guard.asked.filter((name) => OF_RESIDENTS.test(name)),
  )
  await seenByDispatcher(browser, stack, number)
  // Whoever reported it follows it, with their photo, and without an account.
  await phone.tap('sent-look')
  await phone.el('request-state').waitFor()
  await phone.sees(WORDS)
  await phone.shot('followed')
}

export const codeFaultJourneys: readonly Journey[] = WALLETS.map((wallet) => ({
  name: `${walletTitles[wallet]}: a code: a fault is reported with a photo and without a login, and the dispatcher sees both`,
  wallet,
  walk: walkFault,
}))
