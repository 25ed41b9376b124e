import { until } from '../../scripts/processes'
import { expectThat } from '../report'
import { settleIn } from './acts'
import { Desk } from './desk'
import type { Journey } from './journey'
import type { Phone } from './phone'
import { addPhotos, photo } from './photos'
import { accept, bindWorker, dispatchTo, finish, goThere, letSign } from './worker-acts'

/** Reports a cold home with three photos; answers the number that the resident would say on the telephone. */
async function reportCold(phone: Phone): Promise<string> {
  await phone.tapText('报修投诉')
  await phone.el('type-not-hot').waitFor()
  await phone.shot('types')
  await phone.tap('type-not-hot')
  await phone.el('request-words').waitFor()
  await phone.el('request-words').locator('textarea').fill('客厅和卧室都不热，家里有老人')
  await phone.tapText('全部不热')
  await addPhotos(phone, ['客厅', '卧室', '阀门'])
  await phone.type('contact-phone', '13812345678')
  await phone.type('contact-name', '王女士')
  await phone.el('promise-before').waitFor()
  await phone.shot('form')
  await phone.tap('submit-request')
  await phone.el('sent-number').waitFor()
  await phone.shot('sent')
  const number = (await phone.el('sent-number').innerText()).trim()
  expectThat(/^BX\d{8}-\d{6}$/.test(number), `the number is ${number}`)
  return number
}

/** Drives there, and notes on site what belongs to the work. */
async function work(worker: Phone, orderId: string): Promise<void> {
  await goThere(worker, orderId)
  const chooser = worker.page.waitForEvent('filechooser')
  await worker.tap('add-after')
  await (await chooser).setFiles([await photo('修好了')])
  await letSign(worker)
  await worker.shot('on-site')
  await finish(worker, '给暖气排了气，开了入户阀门，现在都热了')
}

/** Two stars and a reason; then it is opened again, inside the window. */
async function rateAndReopen(phone: Phone): Promise<void> {
  await phone.el('rate-card').waitFor()
  await phone.tap('star-2')
  await phone.el('rate-form').waitFor()
  await phone.tapText('没解决')
  await phone.tapText('还是不热')
  await phone.el('rate-words').locator('textarea').fill('师傅走了又凉了')
  await phone.shot('rate')
  await phone.tap('submit-rating')
}

export const servedJourneys: readonly Journey[] = [
  {
    name: 'no heat: three photos, accepted, dispatched, repaired and signed, two stars, opened again, escalated',
    wallet: 'wechat',
    walk: async (phone, stack, browser) => {
      const worker = await bindWorker(browser, stack)
      await settleIn(phone, stack.takeHousehold('heating'))
      const number = await reportCold(phone)
      await accept(browser, stack, number, '客厅和卧室都不热')
      const orderId = await dispatchTo(browser, stack, number, '孙师傅')
      await phone.tap('sent-home')
      await phone.el('open-request').click()
      await phone.sees('已安排师傅')
      await phone.shot('detail')
      await work(worker, orderId)
      await worker.checkFaults()
      await worker.close()
      await phone.own('reload').click()
      await phone.sees('给暖气排了气')
      await phone.shot('resolved')
      await rateAndReopen(phone)
      await phone.el('my-rating').waitFor()
      await phone.sees('师傅走了又凉了')
      await phone.shot('reopened')
      stack.passHours(number, 30)
      const supervisor = await Desk.open(browser, stack, 'zhaomin')
      await supervisor.goTo('/inbox?due=escalated')
      await supervisor.sees(number)
      await supervisor.sees(/升级 [23] 级/)
      await supervisor.shot('escalated')
      await supervisor.checkFaults()
      await supervisor.close()
    },
  },
  {
    name: 'Alipay: a visit by appointment, and moved',
    wallet: 'alipay',
    walk: async (phone, stack) => {
      await settleIn(phone, stack.takeHousehold('gas'))
      await phone.tapText('报修投诉')
      await phone.tap('type-safety-check')
      await phone.el('request-words').waitFor()
      await phone.el('request-words').locator('textarea').fill('想请师傅来做一次安检')
      // Whatever the hour, tomorrow's visit can still be changed; today's next one perhaps not.
      await phone.frame.locator('.slot-day:visible').nth(1).click()
      await phone.frame.locator('[id^="slot-0"]:visible').first().click()
      await phone.el('slot-held').waitFor()
      await phone.type('contact-phone', '13812345678')
      await phone.shot('slots')
      await phone.tap('submit-request')
      await phone.el('sent-number').waitFor()
      await phone.tap('sent-look')
      await phone.el('visit').waitFor()
      await phone.shot('visit')
      const before = await phone.el('visit').innerText()
      await phone.tap('change-visit')
      await phone.frame.locator('.slot-day:visible').nth(2).click()
      await phone.frame.locator('[id^="slot-0"]:visible').last().click()
      await phone.el('slot-held').waitFor()
      await phone.tap('confirm-visit')
      await phone.frame.locator('#confirm-visit:visible').waitFor({ state: 'hidden' })
      await until(async () => (await phone.el('visit').innerText()) !== before, {
        timeoutMs: 10_000,
        everyMs: 100,
        timedOut: () => 'the visit did not move',
      })
      await phone.shot('moved')
    },
  },
]
