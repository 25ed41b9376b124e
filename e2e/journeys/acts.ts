import { HEATING_HOME } from '../demo-data'
import { expectThat } from '../report'
import type { Phone } from './phone'

/** What may be asked of the server before the resident has agreed to anything (security.md C01). */
const BEFORE_CONSENT = ['portal.describe', 'tariffs.list']

export interface Home {
  readonly companyId: 'heating' | 'gas' | 'power' | 'water'
  readonly accountNo: string
  readonly phoneTail: string
}

const COMPANIES = { heating: '开热公司', gas: '鹏燃燃气', power: '长沙供电', water: '清河自来水' } as const

/** Reads the privacy text and agrees; the wallet then signs the resident in by itself. */
export async function agree(phone: Phone): Promise<void> {
  await phone.tap('read-privacy')
  await phone.el('agree-privacy').waitFor()
  const early = phone.guard.asked.filter((name) => !BEFORE_CONSENT.includes(name))
  expectThat(early.length === 0, `asked before consent: ${early.join(', ')}`)
  await phone.tap('agree-privacy')
  await phone.el('bind-first').waitFor()
}

/** Fills the form for a household and sends it. */
export async function fillBinding(phone: Phone, home: Home): Promise<void> {
  await phone.tapText(COMPANIES[home.companyId])
  await phone.type('account-no', home.accountNo)
  await phone.type('phone-tail', home.phoneTail)
  await phone.tap('bind-submit')
}

/** From a phone with nothing on it to the home page with a bill. */
export async function settleIn(phone: Phone, home: Home = HEATING_HOME): Promise<void> {
  await agree(phone)
  await phone.tap('bind-first')
  await fillBinding(phone, home)
  await phone.el('owed-total').waitFor()
}

/** Binds one more household to those that are there. */
export async function bindAnother(phone: Phone, home: Home): Promise<void> {
  const total = await phone.el('owed-total').innerText()
  await phone.goTo('pages/bind/index')
  await fillBinding(phone, home)
  await phone
    .el('owed-total')
    .and(phone.frame.locator(`:not(:text-is("${total}"))`))
    .waitFor()
}

/** From home to the cashier with everything chosen. */
export async function toCashier(phone: Phone): Promise<void> {
  await phone.tap('go-pay')
  await phone.el('pay-now').waitFor()
}

/** Pays what the cashier shows in WeChat's sheet, up to the wallet's own word of success. */
export async function payInSheet(phone: Phone): Promise<void> {
  await phone.tap('pay-now')
  await phone.own('pay-amount').waitFor()
  await phone.typePassword()
  await phone.own('pay-success').waitFor()
}

/** Pays what our cashier shows on Alipay's cashier page, up to its own word of success. */
export async function payAtCashierPage(phone: Phone): Promise<void> {
  await phone.tap('pay-now')
  await payAtAlipay(phone)
}

/** Pays what our cashier shows in whichever wallet this is, up to our own word of success. */
export async function pay(phone: Phone): Promise<void> {
  if (phone.wallet === 'alipay') {
    await payAtCashierPage(phone)
    await phone.tap('back')
  } else {
    await payInSheet(phone)
    await phone.leaveSheet()
  }
  await phone.sees('缴费成功')
}

/** Pays on Alipay's cashier page, up to its own word of success. */
export async function payAtAlipay(phone: Phone): Promise<void> {
  await phone.tap('pay')
  await phone.el('sheet').waitFor()
  for (const key of ['1', '3', '5', '7', '9', '0'])
    await phone.frame.locator(`button[data-key="${key}"]`).click()
  await phone.el('result').waitFor()
}
