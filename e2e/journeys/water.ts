import { GUESSED_WATER_HOME, WATER_HOME } from '../demo-data'
import { expectThat } from '../report'
import { bindAnother, settleIn } from './acts'
import type { Journey } from './journey'
import { expectGoodLooks } from './measure'
import { type Phone, WALLETS, walletTitles } from './phone'
import { addPhotos } from './photos'

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

/** Whose bill was guessed reports what the meter shows, and it is taken. */
async function readMeter(phone: Phone): Promise<void> {
  await phone.goTo('pages/home/index')
  await bindAnother(phone, GUESSED_WATER_HOME)
  await phone.shot('home')
  await phone.goTo('meter/report/index')
  await phone.tapText('香蜜湖花园 9-1655')
  await phone.el('last-value').waitFor()
  await phone.sees('清河自来水')
  // Another journey may have reported before.
  const value = Number.parseFloat(await phone.el('last-value').innerText()) + 12
  await phone.frame.locator('#meter-value:visible input').fill(String(value))
  await phone.el('reading-hint').waitFor()
  await addPhotos(phone, ['水表'])
  await phone.shot('meter')
  await expectGoodLooks(phone, 'a meter of water')
  await phone.tap('submit-reading')
  await phone.el('reading-result').waitFor()
  await phone.shot('result')
}

async function readWater(phone: Phone): Promise<void> {
  await settleIn(phone, WATER_HOME)
  await phone.shot('first')
  await readFees(phone)
  await readMeter(phone)
}

export const waterJourneys: readonly Journey[] = WALLETS.map((wallet) => ({
  name: `${walletTitles[wallet]}: water: a bill whose fees explain themselves, and its meter, read by whoever lives there`,
  wallet,
  walk: readWater,
}))
