import type { Browser } from 'playwright-core'
import { expectNone } from '../report'
import type { Stack } from '../stack'
import { settleIn } from './acts'
import { Desk } from './desk'
import type { Journey } from './journey'
import { expectGoodLooks } from './measure'
import { type Phone, WALLETS, walletTitles } from './phone'

/** Applies to stop the season's supply: what it costs and means stands before the consent. */
async function applyToStop(phone: Phone): Promise<void> {
  await phone.goTo('heat/home/index')
  await phone.el('heat-measure').waitFor()
  await phone.shot('heat')
  await expectGoodLooks(phone, 'heat at home')
  await phone.tap('heat-stop')
  await phone.el('supply-submit').waitFor()
  await phone.shot('stop')
  await expectGoodLooks(phone, 'stopping the supply')
  // Only after the local deadline a reason is asked for; whichever it is, the form is complete by now.
  const reason = phone.el('supply-reason')
  if (await reason.isVisible()) await reason.locator('textarea').fill('全家到外地过冬')
  await phone.tap('supply-consent')
  await phone.tap('supply-submit')
  await phone.sees('等供热公司答复')
  await phone.shot('applied')
}

/** Somebody at the company answers; where the rules leave the sum open, they say it. */
async function answerSupply(browser: Browser, stack: Stack): Promise<void> {
  const desk = await Desk.open(browser, stack, 'zhaomin')
  await desk.goTo('/heating?tab=supplies')
  await desk.sees('待答复')
  await desk.shot('supplies')
  expectNone('looks of the applications', await desk.lookFaults())
  await desk.button('答复').first().click()
  const dialog = desk.page.getByRole('dialog')
  await dialog.getByLabel('答复住户的话').fill('同意停供，入户阀门已登记关闭。')
  const effect = dialog.getByLabel(/热费影响（元）/)
  if (await effect.isVisible()) await effect.fill('1000.00')
  await desk.shot('answer')
  await desk.clickInDialog('同意')
  await dialog.waitFor({ state: 'detached' })
  await desk.sees('已同意')
  await desk.shot('answered')
  await desk.checkFaults()
  await desk.close()
}

export const heatingJourneys: readonly Journey[] = WALLETS.map((wallet) => ({
  name: `${walletTitles[wallet]}: a stop of the supply is applied for with what it costs, answered, and seen`,
  wallet,
  walk: async (phone, stack, browser) => {
    await settleIn(phone, stack.takeHousehold('heating'))
    await applyToStop(phone)
    await answerSupply(browser, stack)
    await phone.own('reload').click()
    await phone.sees('同意停供，入户阀门已登记关闭。')
    await phone.shot('answer')
  },
}))
