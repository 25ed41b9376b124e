import sharp from 'sharp'
import { until } from '../../scripts/processes'
import { expectThat } from '../report'
import type { Stack } from '../stack'
import { settleIn, toCashier } from './acts'
import type { Journey } from './journey'
import { expectGoodLooks } from './measure'
import type { Phone } from './phone'

// Each write of the contract is cut before and after it arrives in server/src/repeats.test.ts, which fails where one
// is missing. Here residents meet it: what they read, what they can do, and that the page sends it once.

/** Notes the ids under which one operation was asked for, and what it was asked. */
function actsOf(phone: Phone, operation: string): { clientId: string }[] {
  const acts: { clientId: string }[] = []
  phone.page.context().on('request', (request) => {
    if (request.url().endsWith(`/api/${operation}`))
      acts.push(JSON.parse(request.postData() ?? '{}') as { clientId: string })
  })
  return acts
}

/** The next call of this operation is cut: before it leaves, or when the server has done it. */
async function cutNext(phone: Phone, operation: string, when: 'before' | 'after'): Promise<void> {
  await phone.page.context().route(
    `**/api/${operation}`,
    async (route) => {
      if (when === 'after') await route.fetch()
      await route.abort('connectionreset')
    },
    { times: 1 },
  )
}

/** The telephone has its network again, and says so. */
const networkBack = (phone: Phone): Promise<void> =>
  phone.frame.locator('body').evaluate(() => {
    window.dispatchEvent(new Event('online'))
  })

/** What the portal keeps of a switch, asked beside the page. */
async function switchIs(phone: Phone, stack: Stack, template: string): Promise<boolean> {
  const answer = await fetch(`${stack.portal}/api/messages.switches`, {
    headers: { authorization: phone.guard.authorization ?? '' },
  })
  const { kinds } = (await answer.json()) as { kinds: { template: string; on: boolean }[] }
  return kinds.find((kind) => kind.template === template)?.on === true
}

const waits: Journey = {
  name: 'weak network: an act waits in words, can be looked at, and goes once when the network is back',
  wallet: 'wechat',
  walk: async (phone, stack) => {
    await settleIn(phone, stack.takeHousehold('heating'))
    await phone.goTo('pages/switches/index')
    await phone.el('switch-announcement').waitFor()
    const sent = actsOf(phone, 'messages.setSwitch')
    phone.guard.expectFailures()
    await phone.own('network-toggle').click()
    await phone.tap('switch-announcement')
    const words = await phone.readDialog()
    expectThat(words.includes('自动发送'), `the dialog says ${words}`)
    await phone.sees('1 件事等网络恢复后发送')
    await phone.tap('waiting-acts')
    await phone.sees(/消息开关/)
    await phone.shot('waiting')
    await expectGoodLooks(phone, 'what waits')
    await phone.tap('waiting-seen')
    await phone.own('network-toggle').click()
    await networkBack(phone)
    await phone.sees('1 件等待的事有了结果')
    expectThat(!(await switchIs(phone, stack, 'announcement')), 'the switch was lost')
    await phone.tap('waiting-acts')
    await phone.sees(/已发送，办成了/)
    await phone.shot('told')
    await phone.tap('waiting-seen')
    await phone.el('waiting-acts').waitFor({ state: 'detached' })

    // The server does it, and the answer is lost: the same act goes again, under the same id.
    sent.length = 0
    await cutNext(phone, 'messages.setSwitch', 'after')
    await phone.tap('switch-announcement')
    await phone.readDialog()
    await networkBack(phone)
    await phone.sees('1 件等待的事有了结果')
    expectThat(
      sent.length === 2 && sent[0]?.clientId === sent[1]?.clientId,
      `sent as ${sent.map(({ clientId }) => clientId).join(', ')}`,
    )
    expectThat(await switchIs(phone, stack, 'announcement'), 'the second turn was lost')
  },
}

const takenBack: Journey = {
  name: 'weak network: what was taken back is never sent, an app that was closed sends the rest, and money waits for nobody',
  wallet: 'alipay',
  walk: async (phone, stack) => {
    await settleIn(phone, stack.takeHousehold('gas'))
    await phone.goTo('pages/switches/index')
    await phone.el('switch-announcement').waitFor()
    const sent = actsOf(phone, 'messages.setSwitch')
    phone.guard.expectFailures()
    await phone.own('network-toggle').click()
    await phone.tap('switch-announcement')
    await phone.readDialog()
    await phone.tap('waiting-acts')
    await phone.tapText('不发了')
    await phone.frame.getByText('不发了', { exact: true }).locator('visible=true').last().click()
    await phone.el('waiting-acts').waitFor({ state: 'detached' })
    await phone.own('network-toggle').click()
    await networkBack(phone)
    await phone.goTo('pages/home/index')
    await phone.el('owed-total').waitFor()
    expectThat(sent.length === 1, `${sent.length} calls instead of the one that was cut`)

    await phone.goTo('pages/switches/index')
    await phone.el('switch-announcement').waitFor()
    await phone.own('network-toggle').click()
    await phone.tap('switch-announcement')
    await phone.readDialog()
    await phone.own('network-toggle').click()
    await phone.own('reload').click()
    await until(async () => !(await switchIs(phone, stack, 'announcement')), {
      timeoutMs: 15_000,
      everyMs: 100,
      timedOut: () => `the closed app did not send what waited\n${stack.lastWords()}`,
    })

    await phone.goTo('pages/home/index')
    await toCashier(phone)
    await cutNext(phone, 'payments.start', 'before')
    await phone.tap('pay-now')
    const words = await phone.readDialog()
    expectThat(words.includes('钱没有付'), `the dialog says ${words}`)
  },
}

/** A photo of so many parts that the network can go in the middle of it. */
const noisy = (): Promise<Buffer> =>
  sharp({
    create: {
      width: 1000,
      height: 900,
      channels: 3,
      background: '#39526b',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .jpeg({ quality: 92 })
    .toBuffer()

const photos: Journey = {
  name: 'weak network: a photo goes on from the byte where it stopped, by itself',
  wallet: 'wechat',
  walk: async (phone, stack) => {
    await settleIn(phone, stack.takeHousehold('gas'))
    await phone.goTo('meter/report/index')
    await phone.el('last-value').waitFor()
    phone.guard.expectFailures()
    const arrived: { offset: number; bytes: number }[] = []
    let begun = 0
    let isCut = false
    const context = phone.page.context()
    context.on('request', (request) => {
      if (request.url().endsWith('/api/files.begin')) begun += 1
    })
    await context.route(/\/(upload\/|api\/files\.)/, async (route) => {
      const request = route.request()
      const isPart = request.url().includes('/upload/')
      // The first part gets through, and then nothing does.
      if (isPart && arrived.length === 1) isCut = true
      if (isCut) return route.abort('connectionreset')
      if (isPart)
        arrived.push({
          offset: Number(new URL(request.url()).searchParams.get('offset')),
          bytes: request.postDataBuffer()?.length ?? 0,
        })
      return route.continue()
    })
    const chooser = phone.page.waitForEvent('filechooser')
    await phone.tap('add-photo')
    await (await chooser).setFiles([{ name: 'meter.jpg', mimeType: 'image/jpeg', buffer: await noisy() }])
    await phone.frame.locator('.file-state[role="button"]:visible').waitFor({ timeout: 30_000 })
    await phone.shot('photo-stopped')
    const before = arrived.length
    arrived.push({ offset: -1, bytes: 0 })
    isCut = false
    await networkBack(phone)
    await phone.frame.locator('.file-tile.ready:visible').waitFor({ timeout: 30_000 })
    const parts = arrived.filter(({ offset }) => offset >= 0)
    expectThat(before === 1 && begun === 1, `${before} parts before the cut, ${begun} files begun`)
    expectThat(parts.length > 1, 'the photo had one part only')
    let at = 0
    for (const { offset, bytes } of parts) {
      expectThat(offset === at, `a part began at ${offset} instead of ${at}`)
      at += bytes
    }
  },
}

export const weakNetworkJourneys: readonly Journey[] = [waits, takenBack, photos]
