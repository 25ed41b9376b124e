import type { Browser } from 'playwright-core'
import type { Stack } from '../stack'
import { agree } from './acts'
import { Desk } from './desk'
import { Phone } from './phone'

/** Finds the request in the inbox by its number, reads what it says, and accepts it. */
export async function accept(browser: Browser, stack: Stack, number: string, words: string): Promise<void> {
  const agent = await Desk.open(browser, stack, 'wangxiao')
  await agent.sees(number)
  await agent.shot('inbox')
  await agent.openRequest(number)
  await agent.sees(words)
  await agent.shot('request')
  await agent.button('受理').click()
  await agent.sees('已受理')
  await agent.checkFaults()
  await agent.close()
}

/** Gives the request to a worker; answers the id under which it is among the worker's orders. */
export async function dispatchTo(
  browser: Browser,
  stack: Stack,
  number: string,
  worker: string,
): Promise<string> {
  const dispatcher = await Desk.open(browser, stack, 'liqiang')
  await dispatcher.openRequest(number)
  await dispatcher.button('派单').click()
  await dispatcher.sees('建议人选')
  await dispatcher.shot('suggestions')
  await dispatcher.clickStill(dispatcher.page.getByRole('button', { name: `派给 ${worker}` }))
  await dispatcher.sees(`已派给 ${worker}`)
  const id = /[0-9A-Z]{26}/.exec(dispatcher.page.url())?.[0]
  if (id === undefined) throw new Error(`no request in ${dispatcher.page.url()}`)
  await dispatcher.checkFaults()
  await dispatcher.close()
  return id
}

/** The code that a supervisor reads to a worker; the worker types it on the third phone. */
export async function bindWorker(browser: Browser, stack: Stack): Promise<Phone> {
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
  await worker.el('bind-staff').waitFor({ state: 'hidden' })
  return worker
}

/** Takes the order that covers the page, and drives there; others of an earlier journey may stand beside it. */
export async function goThere(worker: Phone, orderId: string): Promise<void> {
  // The page asks by itself every so often; whoever waits for work asks now.
  await worker.own('reload').click()
  await worker.el('take-offer').waitFor()
  await worker.shot('offer')
  await worker.tap('take-offer')
  await worker.tap(`order-${orderId}`)
  await worker.tap('set-out')
  // Whoever has agreed to be seen on the way is not asked a second time.
  const asked = worker.frame.locator('#agree-location:visible')
  await asked.or(worker.frame.locator('#arrive:visible')).first().waitFor()
  if (await asked.isVisible()) await worker.tap('agree-location')
  await worker.el('arrive').waitFor()
  await worker.shot('on-the-way')
  await worker.tap('arrive')
  await worker.el('resolve').waitFor()
}

/** The resident writes their name on the worker's glass. */
export async function letSign(worker: Phone): Promise<void> {
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
}

/** Says what was done. It is queued on the phone first; afterwards the portal has it. */
export async function finish(worker: Phone, words: string): Promise<void> {
  await worker.tap('resolve')
  await worker.el('resolve-words').locator('textarea').fill(words)
  const sent = worker.page.waitForResponse(
    (answer) => answer.ok() && (answer.request().postData() ?? '').includes('"kind":"resolve"'),
    { timeout: 20_000 },
  )
  await worker.tap('resolve-save')
  await sent
}
