import { until } from '../../scripts/processes'
import { expectThat } from '../report'
import type { Stack } from '../stack'
import { agree, fillBinding, payAtCashierPage, payInSheet, settleIn, toCashier } from './acts'
import type { Journey } from './journey'
import type { Phone } from './phone'

interface WechatBooks {
  readonly orders: readonly { readonly state: string }[]
}

/** What WeChat's own books have gained since: how many orders, and how many of them were paid. */
async function countOrders(stack: Stack): Promise<() => Promise<string>> {
  const read = async (): Promise<{ all: number; paid: number }> => {
    const { orders } = await stack.control<WechatBooks>('/wechat/orders')
    return { all: orders.length, paid: orders.filter(({ state }) => state === 'SUCCESS').length }
  }
  const before = await read()
  return async () => {
    const now = await read()
    return `${now.all - before.all} orders, ${now.paid - before.paid} paid`
  }
}

async function expectBooked(gained: () => Promise<string>, wanted: string): Promise<void> {
  const found = await gained()
  expectThat(found === wanted, `WeChat's books gained ${found} instead of ${wanted}`)
}

/** Waits until the page has asked our server that many times how the payment stands. */
async function askedFor(phone: Phone, times: number): Promise<void> {
  const asked = (): number => phone.guard.asked.filter((name) => /^payments\.(check|get)$/.test(name)).length
  await until(() => Promise.resolve(asked() >= times), {
    timeoutMs: 10_000,
    everyMs: 50,
    timedOut: () => `the result page asked ${asked()} times instead of ${times}`,
  })
}

const sessionKey = {
  wechat: 'yihu.wechat-web.token',
  alipay: 'yihu.alipay-web.token',
  worker: 'yihu.wechat-web.token',
} as const

/** Leaves the phone with a token that the server no longer knows, as after a session's end on another device. */
async function loseSession(phone: Phone): Promise<void> {
  await phone.frame.locator('body').evaluate((_, key) => {
    localStorage.setItem(key, JSON.stringify({ data: 'f'.repeat(32) }))
  }, sessionKey[phone.wallet])
  await phone.own('reload').click()
}

const cancelled: Journey = {
  name: 'cancelled in the sheet: nothing is taken, and the same order can be paid after all',
  wallet: 'wechat',
  walk: async (phone, stack) => {
    const gained = await countOrders(stack)
    await settleIn(phone, stack.takeHousehold('heating'))
    await toCashier(phone)
    await phone.tap('pay-now')
    await phone.own('pay-cancel').click()
    await phone.sees('还没有付款')
    await phone.shot('cancelled')
    await phone.tap('resume-payment')
    await phone.own('pay-amount').waitFor()
    await phone.typePassword()
    await phone.own('pay-success').waitFor()
    await phone.leaveSheet()
    await phone.sees('缴费成功')
    await expectBooked(gained, '1 orders, 1 paid')
  },
}

const quitAlipay: Journey = {
  name: 'left Alipay’s cashier without paying: the result page offers to go on',
  wallet: 'alipay',
  walk: async (phone, stack) => {
    await settleIn(phone, stack.takeHousehold('gas'))
    await toCashier(phone)
    await phone.tap('pay-now')
    await phone.tap('cancel')
    await phone.el('result-title').waitFor()
    await phone.shot('left-alipay')
    await phone.sees(/正在确认|还没有付款/)
  },
}

const noCallback: Journey = {
  name: 'the callback never comes: the page’s own question settles the payment',
  wallet: 'wechat',
  walk: async (phone, stack) => {
    await settleIn(phone, stack.takeHousehold('heating'))
    await toCashier(phone)
    await stack.setFault({ name: 'callback.never' })
    try {
      await payInSheet(phone)
      await phone.leaveSheet()
      await phone.sees('缴费成功')
    } finally {
      await stack.clearFault('callback.never')
    }
    expectThat(phone.guard.asked.includes('payments.check'), 'nobody asked the platform')
  },
}

const unpaidInWechat: Journey = {
  name: 'WeChat says ok but took nothing: 正在确认, and never 成功',
  wallet: 'wechat',
  walk: async (phone, stack) => {
    const gained = await countOrders(stack)
    await settleIn(phone, stack.takeHousehold('heating'))
    await toCashier(phone)
    const saidSuccess = await phone.watchFor('缴费成功')
    await phone.tap('pay-now')
    await phone.own('pay-outcome-ok-but-unpaid').click()
    await phone.own('pay-done').waitFor()
    await phone.leaveSheet()
    await phone.sees('正在确认')
    await askedFor(phone, 4)
    await phone.sees('正在确认')
    await phone.shot('confirming')
    expectThat(!(await saidSuccess()), 'the page believed the wallet')
    await expectBooked(gained, '1 orders, 0 paid')
    await phone.tap('result-home')
    await phone.el('owed-total').waitFor()
    await phone.row(/采暖季/).click()
    await phone.el('held-payment').waitFor()
    await phone.shot('held')
  },
}

const unpaidInAlipay: Journey = {
  name: 'Alipay says ok but took nothing: 正在确认, and never 成功',
  wallet: 'alipay',
  walk: async (phone, stack) => {
    await settleIn(phone, stack.takeHousehold('gas'))
    await toCashier(phone)
    await stack.setFault({ name: 'alipay.pay.ok-but-unpaid', times: 1 })
    await payAtCashierPage(phone)
    await phone.tap('back')
    await phone.sees('正在确认')
    const saidSuccess = await phone.watchFor('缴费成功')
    await askedFor(phone, 4)
    expectThat(!(await saidSuccess()), 'the page believed the wallet')
  },
}

const noNetwork: Journey = {
  name: 'network gone: it says so, keeps what it knows, and a payment begun before is not begun twice',
  wallet: 'wechat',
  walk: async (phone, stack) => {
    await settleIn(phone, stack.takeHousehold('heating'))
    const gained = await countOrders(stack)
    await phone.tapText('缴费记录')
    await phone.sees('还没有缴费记录')
    phone.guard.expectFailures()
    await phone.own('network-toggle').click()
    await phone.own('nav-back').click()
    await phone.sees('网络不通')
    await phone.el('owed-total').waitFor()
    await phone.shot('offline')
    await phone.own('network-toggle').click()
    await phone.tap('offline-banner')
    await phone.el('offline-banner').waitFor({ state: 'hidden' })
    await toCashier(phone)
    // The server does it, and its answer is lost on the way back.
    await phone.page.context().route(
      '**/api/payments.start',
      async (route) => {
        await route.fetch()
        await route.abort('connectionreset')
      },
      { times: 1 },
    )
    await phone.tap('pay-now')
    expectThat((await phone.readDialog()).includes('网络'), 'the dialog does not speak of the network')
    await payInSheet(phone)
    await phone.leaveSheet()
    await phone.sees('缴费成功')
    await expectBooked(gained, '1 orders, 1 paid')
  },
}

const lostPage: Journey = {
  name: 'network gone before a page was ever opened: it says so and goes back, and later opens',
  wallet: 'alipay',
  walk: async (phone, stack) => {
    await settleIn(phone, stack.takeHousehold('gas'))
    phone.guard.expectFailures()
    await phone.own('network-toggle').click()
    await phone.tapText('价格')
    await phone.sees('网络不通')
    await phone.shot('lost-page')
    await phone.tapText('返回')
    await phone.el('go-pay').waitFor()
    await phone.own('network-toggle').click()
    await phone.tapText('价格')
    await phone.sees('居民供热价格（按面积）')
  },
}

const wrongProof: Journey = {
  name: 'a wrong second proof sounds like an unknown number, and gives nothing away',
  wallet: 'wechat',
  walk: async (phone, stack) => {
    const home = stack.takeHousehold('heating')
    phone.guard.expectFailures()
    await agree(phone)
    await phone.tap('bind-first')
    const wrongTail = home.phoneTail === '0000' ? '1111' : '0000'
    await fillBinding(phone, { ...home, phoneTail: wrongTail })
    await phone.shot('wrong-proof')
    const wrongProofWords = await phone.readDialog()
    await fillBinding(phone, { ...home, accountNo: '002199999999', phoneTail: wrongTail })
    const unknownWords = await phone.readDialog()
    expectThat(wrongProofWords === unknownWords, `"${wrongProofWords}" is not "${unknownWords}"`)
    expectThat(!/\d{4}|\*/.test(wrongProofWords.replaceAll(/9\d{4}/g, '')), `a hint in "${wrongProofWords}"`)
    await fillBinding(phone, home)
    await phone.el('owed-total').waitFor()
  },
}

const expired: Journey = {
  name: 'session ended elsewhere: words, no blank page, and one tap back in',
  wallet: 'alipay',
  walk: async (phone, stack) => {
    await settleIn(phone, stack.takeHousehold('gas'))
    phone.guard.expectFailures()
    await loseSession(phone)
    await phone.el('sign-in').waitFor()
    await phone.shot('expired')
    await phone.tap('sign-in')
    await phone.el('go-pay').waitFor()
  },
}

export const sadJourneys: readonly Journey[] = [
  cancelled,
  quitAlipay,
  noCallback,
  unpaidInWechat,
  unpaidInAlipay,
  noNetwork,
  lostPage,
  wrongProof,
  expired,
]
