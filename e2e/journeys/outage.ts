import type { Browser } from 'playwright-core'
import { until } from '../../scripts/processes'
import { expectThat } from '../report'
import { startStack, type Stack } from '../stack'
import { settleIn } from './acts'
import { Desk } from './desk'
import type { Journey } from './journey'
import { Phone } from './phone'

const TITLE = '开发片停暖检修'

/**
 * Two residents are many here, so that a second person is needed; and nothing waits for the morning, so that the
 * journey is the same at every hour.
 */
const SETTINGS = {
  notices: { approvalAboveResidents: 1 },
  // What a platform was too busy for is not tried again before somebody has stopped it.
  messages: { keepQuietHours: false, retryFirstMs: 120_000 },
}

/** A shape round the whole city: four corners and the button. */
async function drawAround(desk: Desk): Promise<void> {
  const { page } = desk
  await page.getByRole('tab', { name: '在图上画' }).click()
  const map = page.getByLabel('画范围的地图')
  await map.waitFor()
  await map.locator('.land').first().waitFor({ state: 'attached' })
  await map.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  const box = await map.boundingBox()
  if (!box) throw new Error('there is no map to draw on')
  for (const [x, y] of [
    [0.08, 0.06],
    [0.82, 0.06],
    [0.82, 0.94],
    [0.08, 0.94],
  ] as const)
    await page.mouse.click(box.x + box.width * x, box.y + box.height * y)
  await desk.sees('4 个点')
  await desk.button('闭合').click()
  await desk.sees(/圈里有 \d+ 处，已加入范围/)
}

/** Writes a planned stop of thirty hours that begins at once: too late by the rule of two days. */
async function writeIt(desk: Desk): Promise<void> {
  const { page } = desk
  await desk.goTo('/notices')
  await desk.button('新建公告').click()
  await page.getByLabel('标题').fill(TITLE)
  await page
    .getByLabel('正文')
    .fill('更换一次网阀门，期间停暖。请提前关好家里的阀门，恢复后两小时左右热起来。')
  await page.getByLabel('原因', { exact: true }).fill('阀门渗漏要更换')
  await page.getByLabel('咨询电话').fill('96123')
  await desk.fillTime('开始时间（北京时间）', 0)
  await desk.fillTime('预计结束时间', 30)
  await drawAround(desk)
}

/** The count comes by itself; the rule stops whoever gives no reason; then a second person is asked. */
async function submitIt(desk: Desk): Promise<void> {
  const { page } = desk
  await desk.sees('停暖超过24小时要提前2天通知')
  const people = page.locator('.big-numbers p', { hasText: '人收得到' }).locator('b')
  expectThat((await people.innerText()) === '2', `${await people.innerText()} people would be told, not 2`)
  await desk.shot('preview')
  await desk.button('提交审批').click()
  await desk.sees('要先写理由')
  await desk.shot('stopped-by-the-rule')
  await page.getByLabel('为什么仍要这样发布').fill('阀门已经渗漏，等不到两天后')
  await desk.button('提交审批').click()
  await desk.sees(/将通知 [\d,]+ 户、2 人/)
  await desk.shot('confirm')
  await desk.clickInDialog('通知 2 人')
  await page.getByRole('heading', { level: 1, name: TITLE }).waitFor()
  await desk.sees('要由另一位同事审批')
  expectThat((await desk.button('同意发布').count()) === 0, 'the maker could approve')
  await desk.shot('waits')
}

async function approveIt(desk: Desk): Promise<void> {
  await desk.goTo('/notices?tab=waiting')
  await desk.page.getByRole('link', { name: TITLE }).click()
  await desk.sees('阀门已经渗漏，等不到两天后')
  await desk.button('同意发布').click()
  await desk.sees('同意发布这份公告？')
  await desk.shot('approve')
  await desk.clickInDialog('同意发布')
  await desk.sees('已发完')
  await desk.sees('2 / 2 人')
  await desk.shot('sent')
}

async function shown(stack: Stack, phone: Phone): Promise<string[]> {
  const path = `/inbox?personId=${phone.personId}&phone=${phone.wallet}`
  const { messages } = await stack.control<{ messages: unknown[] }>(path)
  return messages.map((message) => JSON.stringify(message))
}

const buzzed = (stack: Stack, phone: Phone, words: string): Promise<void> =>
  until(async () => (await shown(stack, phone)).some((one) => one.includes(words)), {
    timeoutMs: 10_000,
    everyMs: 100,
    timedOut: () => `the ${phone.wallet} phone never said “${words}”\n${stack.lastWords()}`,
  })

/** The extension reaches one phone; for the other WeChat is too busy, and what waits for it is stopped. */
async function extendAndStop(desk: Desk, stack: Stack, phones: readonly Phone[]): Promise<void> {
  const { page } = desk
  const heard = async (): Promise<number> => {
    const told = await Promise.all(phones.map((phone) => shown(stack, phone)))
    return told.filter((messages) => messages.some((one) => one.includes('延期'))).length
  }
  await stack.setFault({ name: 'api.errcode', times: 1, params: { errcode: -1, path: 'template/send' } })
  await desk.button('延期').click()
  await desk.fillTime('新的预计结束时间', 40)
  await page.getByLabel('为什么要延长').fill('配件还在路上')
  await desk.shot('extend')
  await desk.clickInDialog('延期')
  await desk.sees('第 2 版')
  await desk.sees('1 / 2 人')
  await desk.button('停止发送').click()
  await desk.sees(/已经告知 1 人，撤不回；还有 1 人没有发/)
  await page.getByLabel('原因').fill('配件到了，不用延期')
  await desk.shot('stop')
  await desk.clickInDialog('停止发送')
  await desk.sees('已停止。停止前已告知 1 人。')
  await desk.sees('叫停原因')
  await desk.shot('stopped')
  expectThat((await heard()) === 1, `${await heard()} phones heard of the extension`)
}

async function restoreIt(desk: Desk): Promise<void> {
  await desk.button('已恢复供应').click()
  await desk.page.getByLabel('补充说明').fill('打开阀门排一下气，两小时左右热起来')
  await desk.shot('restore')
  await desk.clickInDialog('已恢复供应')
  await desk.sees('第 3 版')
  await desk.shot('restored')
}

/** A no makes a request at once; the publisher sees that somebody is still without. */
async function stillNot(phone: Phone, desk: Desk): Promise<void> {
  await phone.goTo('pages/home/index')
  await phone.own('reload').click()
  await phone.el('restored-no').waitFor()
  await phone.shot('question')
  await phone.tap('restored-no')
  await phone.el('request-number').waitFor()
  await phone.shot('request-of-it')
  await desk.page.getByRole('link', { name: '返回公告列表' }).click()
  await desk.page.getByRole('tab', { name: '已结束' }).click()
  await desk.page.getByRole('link', { name: TITLE }).click()
  await desk.page.getByRole('heading', { level: 1, name: TITLE }).waitFor()
  // Whoever is back within seconds sees what they saw; it is read again by and by, or at once like this.
  await desk.page.reload()
  await desk.sees('恢复了 0 · 还没好 1')
  await desk.shot('still-not')
}

/** The whole life of a notice, in two browsers at work and on two phones. */
async function live(stack: Stack, browser: Browser, phones: readonly [Phone, ...Phone[]]): Promise<void> {
  for (const phone of phones) await settleIn(phone, stack.takeHousehold('heating'))
  const publisher = await Desk.open(browser, stack, 'linjing')
  await writeIt(publisher)
  await submitIt(publisher)
  const second = await Desk.open(browser, stack, 'zhaomin')
  await approveIt(second)
  for (const phone of phones) await buzzed(stack, phone, '停暖')
  await phones[0].own('drawer-open').click()
  await phones[0].own('drawer').getByText('停暖').first().waitFor()
  await phones[0].shot('drawer')
  await phones[0].own('drawer-close').click()
  await second.checkFaults()
  await second.close()
  await publisher.page.reload()
  await extendAndStop(publisher, stack, phones)
  await restoreIt(publisher)
  await stillNot(phones[0], publisher)
  await publisher.goTo('/messages')
  await publisher.sees('计划停供通知')
  await publisher.shot('report')
  await publisher.checkFaults()
}

export const outageJourneys: readonly Journey[] = [
  {
    name: 'an outage from the drawing to “still not”: counted, held by the rule, approved, extended, stopped, restored',
    wallet: 'wechat',
    walk: async (_, __, browser) => {
      const stack = await startStack({ settings: SETTINGS, withNeighbours: true })
      const phones: Phone[] = []
      const openPhone = async (name: string, person: string): Promise<Phone> => {
        const phone = await Phone.open(browser, stack, { name, wallet: 'wechat', person })
        phones.push(phone)
        return phone
      }
      try {
        const first = await openPhone('outage-first', '程微')
        await live(stack, browser, [first, await openPhone('outage-second', '王女士')])
        for (const phone of phones) await phone.checkFaults()
      } catch (error) {
        for (const one of [...phones, ...Desk.openedIn(browser)]) await one.shot('FAILED')
        const words = error instanceof Error ? error.message : String(error)
        throw new Error(`${words}\nThe portal's last words: ${stack.lastWords()}`, { cause: error })
      } finally {
        for (const phone of phones) await phone.close()
        for (const desk of Desk.openedIn(browser)) await desk.close()
        await stack.close()
      }
    },
  },
]
