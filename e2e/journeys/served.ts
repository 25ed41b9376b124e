import type { Browser } from 'playwright-core'
import { until } from '../../scripts/processes'
import { expectThat } from '../report'
import type { Stack } from '../stack'
import { agree, settleIn } from './acts'
import { Desk } from './desk'
import type { Journey } from './journey'
import { Phone } from './phone'
import { addPhotos, photo } from './photos'

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

async function accept(browser: Browser, stack: Stack, number: string): Promise<void> {
  const agent = await Desk.open(browser, stack, 'wangxiao')
  await agent.sees(number)
  await agent.shot('inbox')
  await agent.openRequest(number)
  await agent.sees('客厅和卧室都不热')
  await agent.shot('request')
  await agent.button('受理').click()
  await agent.sees('已受理')
  await agent.checkFaults()
  await agent.close()
}

async function dispatchTo(browser: Browser, stack: Stack, number: string, worker: string): Promise<void> {
  const dispatcher = await Desk.open(browser, stack, 'liqiang')
  await dispatcher.openRequest(number)
  await dispatcher.button('派单').click()
  await dispatcher.sees('建议人选')
  await dispatcher.shot('suggestions')
  await dispatcher.clickStill(dispatcher.page.getByRole('button', { name: `派给 ${worker}` }))
  await dispatcher.sees(`已派给 ${worker}`)
  await dispatcher.checkFaults()
  await dispatcher.close()
}

/** The code that a supervisor reads to a worker; the worker types it on the third phone. */
async function bindWorker(browser: Browser, stack: Stack): Promise<Phone> {
  const supervisor = await Desk.open(browser, stack, 'zhaomin')
  await supervisor.goTo('/people')
  await supervisor.page.getByRole('button', { name: /孙师傅.*更多/ }).click()
  await supervisor.clickStill(supervisor.page.getByRole('menuitem', { name: '外勤绑定码' }))
  const code = (await supervisor.page.locator('.once code').innerText()).trim()
  await supervisor.shot('bind-code')
  await supervisor.close()
  const worker = await Phone.open(browser, stack, { name: 'worker', wallet: 'worker', person: '孙师傅' })
  await agree(worker)
  await worker.goTo('field/bind/index')
  await worker.type('bind-code', code)
  await worker.tap('bind-staff')
  return worker
}

/** Takes the order that covers the page, drives there, and notes on site what belongs to the work. */
async function work(worker: Phone): Promise<void> {
  await worker.el('take-offer').waitFor()
  await worker.shot('offer')
  await worker.tap('take-offer')
  await worker.frame.locator('[id^="order-"]:visible').first().click()
  await worker.tap('set-out')
  await worker.tap('agree-location')
  await worker.el('arrive').waitFor()
  await worker.shot('on-the-way')
  await worker.tap('arrive')
  await worker.el('resolve').waitFor()
  const chooser = worker.page.waitForEvent('filechooser')
  await worker.tap('add-after')
  await (await chooser).setFiles([await photo('修好了')])
  await worker.tap('record-sign')
  const ink = worker.el('ink')
  const box = await ink.boundingBox()
  if (!box) throw new Error('there is no glass to write on')
  await worker.page.mouse.move(box.x + 40, box.y + 60)
  await worker.page.mouse.down()
  for (const [x, y] of [
    [90, 20],
    [140, 90],
    [200, 30],
  ] as const)
    await worker.page.mouse.move(box.x + x, box.y + y, { steps: 4 })
  await worker.page.mouse.up()
  await worker.shot('signature')
  await worker.tap('sign-save')
  await worker.shot('on-site')
  await worker.tap('resolve')
  await worker.el('resolve-words').locator('textarea').fill('给暖气排了气，开了入户阀门，现在都热了')
  // What a worker does is queued on the phone first, and this phone is put away as soon as the portal has it.
  const sent = worker.page.waitForResponse(
    (answer) => answer.ok() && (answer.request().postData() ?? '').includes('"kind":"resolve"'),
    { timeout: 20_000 },
  )
  await worker.tap('resolve-save')
  await sent
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
      await accept(browser, stack, number)
      await dispatchTo(browser, stack, number, '孙师傅')
      await phone.tap('sent-home')
      await phone.el('open-request').click()
      await phone.sees('已安排师傅')
      await phone.shot('detail')
      await work(worker)
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
      await phone.frame.locator('.slot-day:visible').nth(1).click()
      await phone.frame.locator('[id^="slot-0"]:visible').last().click()
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
