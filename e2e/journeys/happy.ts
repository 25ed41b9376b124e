import { GAS_HOME, HEATING_HOME } from '../demo-data'
import { expectThat } from '../report'
import { payAtCashierPage, settleIn } from './acts'
import type { Journey } from './journey'
import type { Phone } from './phone'

/** After the wallet has closed, the resident must not look at nothing for longer than this. */
const ALIVE_WITHIN_MS = 1_000

async function lookAtBill(phone: Phone): Promise<void> {
  await phone.shot('home')
  const total = (await phone.el('owed-total').innerText()).replace(/\s/g, '')
  await phone.row(/采暖季|\d月/).click()
  await phone.el('bill-amount').waitFor()
  await phone.sees('为什么是')
  const onBill = (await phone.el('bill-amount').innerText()).replace(/\s/g, '')
  expectThat(onBill === total, `${total} at home, ${onBill} on the bill`)
  await phone.shot('bill')
  await phone.tap('pay-bill')
  await phone.el('pay-now').waitFor()
  await phone.shot('cashier')
}

async function resultWithin(phone: Phone, limitMs: number): Promise<void> {
  const from = Date.now()
  await phone.el('result-title').waitFor()
  const tookMs = Date.now() - from
  expectThat(tookMs <= limitMs, `the result page took ${tookMs} ms to say anything`)
}

async function fromResultToMessage(phone: Phone): Promise<void> {
  await phone.sees('缴费成功')
  await phone.shot('result')
  await phone.tap('to-receipt')
  await phone.el('receipt-capitals').waitFor()
  const capitals = await phone.el('receipt-capitals').innerText()
  expectThat(/[壹贰叁肆伍陆柒捌玖].*(元|圆)/.test(capitals), `the capitals are ${capitals}`)
  await phone.shot('receipt')
  await phone.tap('save-receipt')
  await phone.el('receipt-picture').waitFor()
  await phone.shot('receipt-picture')
  await phone.tapText('完成')
  await phone.own('nav-back').click()
  await phone.tap('result-done')
  await phone.el('owed-total').waitFor()
  await phone.sees('都缴清了')
  await phone.shot('home-paid')
  await phone.tapText('消息')
  await phone.sees('查看详情')
  await phone.sees('缴费成功')
  await phone.shot('messages')
  await phone.tapText('查看详情')
  await phone.el('to-receipt').waitFor()
}

const drawer = async (phone: Phone, wanted: string): Promise<void> => {
  await phone.own('drawer-open').click()
  await phone.own('drawer').getByText(wanted).first().waitFor()
  await phone.shot('drawer')
  await phone.own('drawer-close').click()
}

export const happyJourneys: readonly Journey[] = [
  {
    name: 'WeChat: bind, bill, pay, result, receipt, message',
    wallet: 'wechat',
    walk: async (phone) => {
      await phone.el('read-privacy').waitFor()
      await phone.shot('welcome')
      await settleIn(phone, HEATING_HOME)
      await lookAtBill(phone)
      await phone.tap('pay-now')
      await phone.own('pay-amount').waitFor()
      expectThat(
        (await phone.own('pay-amount').innerText()).includes('3,634.08'),
        'the sheet asks another sum',
      )
      await phone.shot('sheet')
      await phone.typePassword()
      await phone.own('pay-success').waitFor()
      await phone.leaveSheet()
      await resultWithin(phone, ALIVE_WITHIN_MS)
      await fromResultToMessage(phone)
      await drawer(phone, '缴费成功')
    },
  },
  {
    name: 'Alipay: bind, bill, pay on its cashier page, result, receipt, message',
    wallet: 'alipay',
    walk: async (phone) => {
      await settleIn(phone, GAS_HOME)
      await lookAtBill(phone)
      await payAtCashierPage(phone)
      await phone.shot('paid-at-alipay')
      await phone.tap('back')
      await resultWithin(phone, ALIVE_WITHIN_MS)
      await fromResultToMessage(phone)
    },
  },
  {
    name: 'a resident who does not agree can still see prices and call somebody',
    wallet: 'wechat',
    walk: async (phone) => {
      await phone.tap('read-privacy')
      await phone.tap('refuse-privacy')
      await phone.tapText('价格')
      await phone.sees('居民供热价格（按面积）')
      await phone.shot('tariffs')
      expectThat(
        phone.guard.asked.every((name) => ['portal.describe', 'tariffs.list'].includes(name)),
        `asked without consent: ${phone.guard.asked.join(', ')}`,
      )
    },
  },
]
