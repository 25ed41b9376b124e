import { WATER_HOME } from '../demo-data'
import { expectThat } from '../report'
import { settleIn } from './acts'
import type { Journey } from './journey'
import { expectGoodLooks } from './measure'
import { type Phone, WALLETS, walletTitles } from './phone'

/** Each fee of the bill is a line that says what it is for, and the lines are the sum. */
async function readFees(phone: Phone): Promise<void> {
  await phone.goTo('pages/bills/index')
  await phone.row('2026年11月').first().click()
  await phone.el('bill-amount').waitFor()
  await phone.sees('水资源费')
  await phone.frame.locator('.bill-tap:visible', { hasText: '污水处理费' }).click()
  await phone.sees('用过的水送去处理的费用，随水费代收')
  await phone.sees('（含水资源费、污水处理费）')
  const total = await phone.el('bill-amount').innerText()
  expectThat(total.includes('75.00'), `the bill is ${total}`)
  await phone.shot('bill')
  await expectGoodLooks(phone, 'a bill of water')
}

async function readWater(phone: Phone): Promise<void> {
  await settleIn(phone, WATER_HOME)
  await phone.shot('first')
  await readFees(phone)
}

export const waterJourneys: readonly Journey[] = WALLETS.map((wallet) => ({
  name: `${walletTitles[wallet]}: water: a bill whose fees are lines that explain themselves`,
  wallet,
  walk: readWater,
}))
