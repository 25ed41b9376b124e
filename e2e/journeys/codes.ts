import type { DemoHousehold } from '../demo-data'
import { type PrintedCode, Printer } from '../printed'
import { expectNone, expectThat } from '../report'
import type { Stack } from '../stack'
import { payAtAlipay } from './acts'
import type { Journey } from './journey'
import type { Phone } from './phone'
import { countTaps, scan } from './scan-acts'

/** What may be asked of the server for somebody who only looks (security.md C01). */
const FOR_LOOKING = ['portal.describe', 'codes.open']
/** A payment takes fewer taps than this on our pages. */
const TAPS = 5

interface Printed {
  readonly home: DemoHousehold
  readonly code: PrintedCode
}

async function printedFor(stack: Stack, companyId: DemoHousehold['companyId']): Promise<Printed> {
  const printer = await Printer.signedIn(stack)
  const home = stack.takeHousehold(companyId)
  return { home, code: await printer.print(companyId, home.accountNo) }
}

/** Looks at what anybody may see: the sum with its date, and nothing that is not masked. */
async function look(phone: Phone, { home }: Printed): Promise<void> {
  await phone.el('code-owed').waitFor()
  const owed = (await phone.el('code-owed').innerText()).replace(/[¥,\s]/g, '')
  expectThat(owed === (home.owedFen / 100).toFixed(2), `the page says ${owed}, the bill ${home.owedFen} fen`)
  const asOf = await phone.el('code-as-of').innerText()
  expectThat(/截至/.test(asOf), `the sum is dated “${asOf}”`)
  const words = await phone.el('code-home').innerText()
  const bare = [home.accountNo, home.phone].filter((secret) => words.includes(secret))
  expectNone('unmasked on the page', bare)
  expectThat(words.includes('*'), `nothing is masked in “${words}”`)
  const personal = phone.guard.asked.filter((name) => !FOR_LOOKING.includes(name))
  expectNone('asked of somebody who only looks', personal)
  await phone.shot('code')
}

/** The only question before the wallet: whether what the wallet says of the payer may be used. */
async function wantToPay(phone: Phone): Promise<void> {
  await phone.tap('code-pay')
  await phone.el('code-agree').waitFor()
  await phone.shot('consent')
  await phone.tap('code-agree')
}

/** The payer reads that it is paid; a further scan says that nothing is owed. */
async function paid(phone: Phone, { code }: Printed): Promise<void> {
  await phone.el('result-title').waitFor()
  await phone.sees('缴费成功')
  await phone.shot('paid')
  const asked = phone.guard.asked.filter((name) =>
    /^(households\.bind|.*sendCode|.*sendBindCode)$/.test(name),
  )
  expectNone('asked of a payer', asked)
  await scan(phone, code)
  await phone.el('code-clear').waitFor()
  await phone.shot('nothing-owed')
}

function expectFew(taps: number): void {
  expectThat(taps > 0 && taps < TAPS, `${taps} taps from the scan to the payment`)
}

export const codeJourneys: readonly Journey[] = [
  {
    name: 'a code: scanned with WeChat, paid without a login in fewer than five taps',
    wallet: 'wechat',
    walk: async (phone, stack) => {
      const printed = await printedFor(stack, 'gas')
      await phone.el('read-privacy').waitFor()
      await scan(phone, printed.code)
      const taps = await countTaps(phone)
      await look(phone, printed)
      await wantToPay(phone)
      await phone.own('pay-amount').waitFor()
      await phone.shot('sheet')
      await phone.typePassword()
      await phone.own('pay-success').waitFor()
      await phone.leaveSheet()
      await phone.el('result-title').waitFor()
      expectFew(taps())
      await paid(phone, printed)
    },
  },
  {
    name: 'a code: scanned with Alipay, paid without a login in fewer than five taps',
    wallet: 'alipay',
    walk: async (phone, stack) => {
      const printed = await printedFor(stack, 'heating')
      await phone.el('read-privacy').waitFor()
      await scan(phone, printed.code)
      const taps = await countTaps(phone)
      await look(phone, printed)
      await wantToPay(phone)
      await payAtAlipay(phone)
      await phone.tap('back')
      await phone.el('result-title').waitFor()
      expectFew(taps())
      await paid(phone, printed)
    },
  },
]
