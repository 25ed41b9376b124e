import type { Browser } from 'playwright-core'
import { expectThat } from '../report'
import type { Stack } from '../stack'
import { settleIn } from './acts'
import { Desk } from './desk'
import type { Journey } from './journey'
import type { Phone } from './phone'
import { addPhotos } from './photos'

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
  await dispatcher.page.getByRole('button', { name: `派给 ${worker}` }).click()
  await dispatcher.sees(`已派给 ${worker}`)
  await dispatcher.checkFaults()
  await dispatcher.close()
}

export const servedJourneys: readonly Journey[] = [
  {
    name: 'no heat: reported with three photos, accepted, dispatched',
    wallet: 'wechat',
    walk: async (phone, stack, browser) => {
      await settleIn(phone, stack.takeHousehold('heating'))
      const number = await reportCold(phone)
      await accept(browser, stack, number)
      await dispatchTo(browser, stack, number, '孙师傅')
      await phone.tap('sent-home')
      await phone.el('open-request').click()
      await phone.sees('已安排师傅')
      await phone.shot('detail')
    },
  },
]
