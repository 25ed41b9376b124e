import { GAS_HOME, WATER_DAYS, WATER_HOME } from '../demo-data'
import { expectThat } from '../report'
import { settleIn } from './acts'
import type { Journey } from './journey'
import { expectGoodLooks } from './measure'
import { type Phone, WALLETS, walletTitles } from './phone'

/** `+¥12.30` or `-¥1,234.00` in fen. */
function signedFen(text: string): number {
  const found = /([+-]?)¥([\d,]+)\.(\d{2})/.exec(text.replace('−', '-').replace('¥-', '-¥'))
  if (!found) throw new Error(`no sum of money in “${text}”`)
  const [, sign, yuan = '', fen = ''] = found
  return (sign === '-' ? -1 : 1) * (Number(yuan.replaceAll(',', '')) * 100 + Number(fen))
}

/** Every part in money, and all of them together exactly the difference. */
async function readWhy(phone: Phone, step: string): Promise<void> {
  const card = phone.el('why-differs')
  await card.waitFor()
  const parts = await card.locator('.differs-part').allInnerTexts()
  expectThat(parts.length > 0, 'the difference has no parts')
  const sum = (await phone.el('differs-sum').innerText()).split('这期').at(-1) ?? ''
  const together = parts.reduce((total, part) => total + signedFen(part), 0)
  expectThat(
    together === signedFen(sum),
    `the parts are ${together} fen, the difference is ${sum}\n${parts.join('\n')}`,
  )
  expectThat(together > 0, `the bill is not higher, but ${sum}`)
  await card.scrollIntoViewIfNeeded()
  await phone.shot(step)
}

/** The chart's figures as rows and columns, for whoever reads better than looks. */
async function readTable(phone: Phone): Promise<void> {
  await phone.tap('months-table')
  const rows = phone.el('months-figures').locator('[role=row]')
  await rows.nth(12).waitFor()
  const cells = await rows.nth(1).locator('[role=cell]').allInnerTexts()
  expectThat(cells.length === 4 && /\d/.test(cells[1] ?? ''), `the newest month is ${cells.join(' | ')}`)
  await phone.shot('table')
  await phone.tap('months-table')
  await phone.el('months-bars').waitFor()
}

async function readUsage(phone: Phone): Promise<void> {
  await settleIn(phone, GAS_HOME)
  // Another journey may have paid it, so that it no longer stands on the home page.
  await phone.goTo('pages/bills/index')
  await phone.row('2026年10月').click()
  await phone.el('bill-amount').waitFor()
  await phone.tap('open-usage')
  await phone.el('months-bars').waitFor()
  await phone.shot('months')
  await readWhy(phone, 'why')
  await phone.tapText('和去年同期比')
  await phone.el('differs-sum').filter({ hasText: '2025年10月' }).waitFor()
  await readWhy(phone, 'why-last-year')
  await readTable(phone)
  for (const part of ['usage-projection', 'usage-tier', 'usage-peers'] as const) {
    await phone.el(part).waitFor()
    await phone.el(part).scrollIntoViewIfNeeded()
    await phone.shot(part)
  }
  await expectGoodLooks(phone, 'the usage page')
}

/** Day by day, as a chart and as a table; a day that nobody counted is no day without use. */
async function readDays(phone: Phone): Promise<void> {
  await settleIn(phone, WATER_HOME)
  await phone.goTo('usage/index/index')
  await phone.el('days-bars').scrollIntoViewIfNeeded()
  await phone.sees(`有 ${WATER_DAYS.gaps.length} 天没有数据`)
  await phone.shot('days')
  await phone.tap('days-table')
  const rows = phone.el('days-figures').locator('[role=row]')
  await rows.nth(WATER_DAYS.count).waitFor()
  const cells = await rows.locator('[role=cell]').allInnerTexts()
  const figures = cells.filter((_, index) => index % 2 === 1)
  expectThat(
    figures.length === WATER_DAYS.count &&
      figures.filter((one) => one === '没有数据').length === WATER_DAYS.gaps.length &&
      figures.every((one) => one === '没有数据' || Number(one) > 0),
    `the days are ${figures.join(' | ')}`,
  )
  await phone.shot('days-table')
  await expectGoodLooks(phone, 'days of use')
}

const differences: readonly Journey[] = WALLETS.map((wallet) => ({
  name: `${walletTitles[wallet]}: usage: why the bill is higher, part by part, the year beside the last one, the tier and the next bill`,
  wallet,
  walk: readUsage,
}))

const days: readonly Journey[] = WALLETS.map((wallet) => ({
  name: `${walletTitles[wallet]}: usage: single days as a chart and as a table, and of a day that nobody counted it is said`,
  wallet,
  walk: readDays,
}))

export const usageJourneys: readonly Journey[] = [...differences, ...days]
