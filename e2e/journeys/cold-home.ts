import type { Browser } from 'playwright-core'
import { until } from '../../scripts/processes'
import { expectNone, expectThat } from '../report'
import type { Stack } from '../stack'
import { pay, settleIn, toCashier } from './acts'
import { Desk } from './desk'
import type { Journey } from './journey'
import { expectGoodLooks } from './measure'
import { type Phone, WALLETS, walletTitles } from './phone'
import { accept, bindWorker, dispatchTo, finish, goThere, letSign } from './worker-acts'

const WORDS = '客厅一直只有十六七度，请来测温'
/** How long the home was cold before it was measured warm again. */
const COLD_DAYS = 3

/** Asks for somebody with a thermometer; gives the request's number. */
async function askToMeasure(phone: Phone): Promise<string> {
  await phone.el('request-words').waitFor()
  await phone.el('request-words').locator('textarea').fill(WORDS)
  await phone.frame.locator('[id^="slot-0"]:visible').first().click()
  await phone.el('slot-held').waitFor()
  await phone.el('promise-before').waitFor()
  // Who has asked before is known by their number.
  if (await phone.el('contact-phone').isVisible()) await phone.type('contact-phone', '13812345678')
  await phone.shot('ask-to-measure')
  await phone.tap('submit-request')
  await phone.el('sent-number').waitFor()
  return (await phone.el('sent-number').innerText()).trim()
}

interface Visit {
  readonly stack: Stack
  readonly browser: Browser
  readonly worker: Phone
  readonly number: string
}

/** A worker is sent, measures one room as the rules want it, and the resident signs. */
async function measure({ stack, browser, worker, number }: Visit, degrees: string): Promise<void> {
  await accept(browser, stack, number, WORDS)
  await goThere(worker, await dispatchTo(browser, stack, number, '孙师傅'))
  await worker.tap('record-reading')
  await worker.type('reading-value', degrees)
  await worker.tapText('1 小时')
  await worker.shot('thermometer')
  await worker.tap('reading-save')
  await worker.el('reading-save').waitFor({ state: 'hidden' })
  await letSign(worker)
  await finish(worker, `测得客厅 ${degrees}℃，住户已签字`)
}

/** The page is opened anew until it shows what must come by and by. */
async function reloadUntil(
  phone: Phone,
  stack: Stack,
  holds: () => Promise<boolean>,
  what: string,
): Promise<void> {
  await until(
    async () => {
      if (await holds()) return true
      stack.passUntilLook()
      await phone.own('reload').click()
      await phone.frame
        .locator('.taro_page:visible .card:visible, .taro_page:visible .empty:visible')
        .first()
        .waitFor()
      return holds()
    },
    { timeoutMs: 60_000, everyMs: 1_000, timedOut: () => `${what} did not come` },
  )
}

/** What stands to be paid back, in fen, with a sentence for each step of it. */
async function readSum(phone: Phone): Promise<number> {
  const card = phone.el('case-calculation')
  const words = await card.innerText()
  expectThat(/不合格/.test(words) && /天/.test(words), `the calculation says ${words}`)
  const text = (await phone.el('case-amount').innerText()).replace(/[¥,\s]/g, '')
  const fen = Math.round(Number(text) * 100)
  expectThat(fen > 0, `${text} is to be paid back`)
  return fen
}

async function approve(browser: Browser, stack: Stack): Promise<void> {
  const desk = await Desk.open(browser, stack, 'zhaomin')
  await desk.goTo('/heating?tab=approve')
  const link = desk.page.getByRole('link', { name: /^TF/ }).first()
  await link.waitFor()
  await desk.shot('to-approve')
  expectNone('looks of the cases', await desk.lookFaults())
  await link.click()
  await desk.sees('退费计算')
  await desk.shot('case')
  expectNone('looks of a case', await desk.lookFaults())
  await desk.button(/^同意退 /).click()
  await desk.clickInDialog(/^同意退 /)
  await desk.page.getByRole('dialog').waitFor({ state: 'detached' })
  await desk.goTo('/heating?tab=ledger')

  await desk.shot('ledger')
  expectNone('looks of the ledger', await desk.lookFaults())
  await desk.checkFaults()
  await desk.close()
}

/** What both wallets have taken, and given back of it. */
interface Money {
  readonly taken: readonly { readonly channel: string; readonly refundedFen: number }[]
}

async function refunded(stack: Stack, phone: Phone, fen: number): Promise<void> {
  await reloadUntil(phone, stack, () => phone.says(/原路退回/).isVisible(), 'the way of the money')
  await reloadUntil(phone, stack, () => phone.says('已退').isVisible(), 'the refund')
  await phone.shot('refunded')
  const { taken } = await stack.control<Money>('/money')
  expectThat(
    taken.some(({ channel, refundedFen }) => channel === phone.wallet && refundedFen === fen),
    `no refund of ${fen} fen in ${JSON.stringify(taken)}`,
  )
}

async function walkColdHome(phone: Phone, stack: Stack, browser: Browser): Promise<void> {
  const worker = await bindWorker(browser, stack)
  await settleIn(phone, stack.takeHousehold('heating'))
  await toCashier(phone)
  await pay(phone)
  await phone.goTo('heat/home/index')
  await phone.tap('heat-measure')
  const first = await askToMeasure(phone)
  await measure({ stack, browser, worker, number: first }, '16.5')
  await phone.goTo('heat/home/index')
  const row = phone.frame.locator('[id^="case-"]:visible')
  await reloadUntil(phone, stack, () => row.first().isVisible(), 'the case')
  stack.passColdDays(first, COLD_DAYS)
  await row.first().click()
  await phone.el('case-calculation').waitFor()
  await reloadUntil(phone, stack, () => phone.el('case-amount').isVisible(), 'the running sum')
  await phone.shot('running')
  await expectGoodLooks(phone, 'a case')
  await phone.tap('case-again')
  const second = await askToMeasure(phone)
  await measure({ stack, browser, worker, number: second }, '20.5')
  await worker.checkFaults()
  await worker.close()
  await phone.goTo('heat/home/index')
  await row.first().click()
  await reloadUntil(phone, stack, () => phone.el('case-agree').isVisible(), 'the sum that stands')
  const fen = await readSum(phone)
  await phone.shot('stands')
  await phone.tap('case-agree')
  await phone.el('case-agree').waitFor({ state: 'hidden' })
  await approve(browser, stack)
  await refunded(stack, phone, fen)
}

export const coldHomeJourneys: readonly Journey[] = WALLETS.map((wallet) => ({
  name: `${walletTitles[wallet]}: a cold home is measured, warm again, the sum agreed with its steps, approved, and back in the wallet`,
  wallet,
  walk: walkColdHome,
}))
