import type { Browser, Locator } from 'playwright-core'
import { until } from '../../scripts/processes'
import { NEIGHBOURS_IN } from '../demo-data'
import { Agent } from '../mini/agent'
import { Publisher } from '../publisher'
import { expectThat } from '../report'
import type { Stack } from '../stack'
import { agree } from './acts'
import { Desk } from './desk'
import type { Journey } from './journey'
import type { Phone } from './phone'

const PLACE = NEIGHBOURS_IN
const TITLE = '香蜜湖花园突发停气'
/** No message of a stopped version leaves later than this. */
const STOP_MS = 2_000
const NEWS = '燃气价格联动调整'

/** An agent marks two households that must be called, as the company's list of such customers does. */
async function markTwo(stack: Stack): Promise<void> {
  const agent = new Agent(stack, 'wangxiao')
  await agent.signIn()
  const { households } = (await agent.ask(
    'GET',
    `desk.findHousehold?companyId=gas&q=${encodeURIComponent(PLACE)}`,
  )) as { households: { id: string }[] }
  for (const [index, mark] of ['important', 'sensitive'].entries())
    await agent.ask('POST', 'households.markHousehold', {
      clientId: `e2e-mark-${Date.now().toString(36)}-${mark}`.padEnd(24, '-'),
      householdId: households[index]?.id,
      mark,
      on: true,
    })
}

/** What the left half of the editor asks for, of an emergency or an announcement of the gas company. */
async function say(desk: Desk, kind: string, title: string, words: string): Promise<void> {
  const { page } = desk
  await page.getByRole('heading', { level: 1, name: '停供公告' }).waitFor()
  await desk.button(/新建公告/).click()
  await page.getByRole('heading', { level: 1, name: '新建公告' }).waitFor()
  const company = page.getByLabel('公司')
  await company.click()
  await desk.clickStill(page.getByTitle('鹏燃燃气'))
  await page.getByText(kind, { exact: true }).click()
  await page.getByLabel('标题').fill(title)
  await page.getByLabel('正文').fill(words)
  await page.getByLabel('原因', { exact: true }).fill('老旧管道渗漏')
  await page.getByLabel('咨询电话').fill('95777')
}

/** A picture that begins at this heading. */
async function look(desk: Desk, heading: string, step: string): Promise<void> {
  await desk.page.getByRole('heading', { name: heading }).evaluate((one) => one.scrollIntoView())
  await desk.shot(step)
}

/** By the tree of supply, by address, and by a list in which not every line is a number. */
async function choosePlaces(desk: Desk, stack: Stack): Promise<void> {
  const { page } = desk
  await page.getByRole('tab', { name: '按供应' }).click()
  await page.getByPlaceholder('搜索换热站、调压站、台区').fill('调压站')
  await page.keyboard.press('Enter')
  await page
    .getByRole('button', { name: /^加入 .*调压站/ })
    .first()
    .waitFor()
  await look(desk, '2 告诉谁', 'by-supply')
  await page
    .getByRole('button', { name: /^加入 .*调压站/ })
    .first()
    .click()
  await desk.sees('1 处')
  await page.getByRole('tab', { name: '按地址' }).click()
  await page.getByPlaceholder('搜索小区、楼栋').fill(PLACE)
  await page.keyboard.press('Enter')
  await page
    .getByRole('button', { name: new RegExp(`^加入 .*${PLACE}$`) })
    .first()
    .click()
  await desk.sees('2 处')
  await page.getByRole('tab', { name: '按户号' }).click()
  const listed = [stack.takeHousehold('gas'), stack.takeHousehold('gas')].map(({ accountNo }) => accountNo)
  await page
    .getByLabel(/把户号粘贴到这里/)
    .fill(['户号', ...listed, listed[0], '地址不详', '0099999999'].join('\n'))
  await desk.sees(/读到 3 个户号/)
  await look(desk, '2 告诉谁', 'by-list')
  await desk.button(/加入 3 个户号/).click()
  await desk.sees('按户号 3 户')
}

/** So many people were told by the newest version, as the page says. */
const told = async (desk: Desk): Promise<number> =>
  Number(/(\d+) \/ \d+ 人/.exec(await desk.page.locator('.progress-line').innerText())?.[1] ?? 0)

async function toldSome(desk: Desk): Promise<void> {
  await desk.page.locator('.progress-line').waitFor()
  await until(async () => (await told(desk)) > 0, {
    timeoutMs: 15_000,
    everyMs: 200,
    timedOut: () => 'nobody was told',
  })
}

/** When each text message of this kind left. */
const sentAt = async (stack: Stack, template: string): Promise<number[]> =>
  (await stack.control<{ templateCode: string; at: number }[]>('/sms'))
    .filter(({ templateCode }) => templateCode === template)
    .map(({ at }) => at)

/** What is under way is watched, and stopped; gives when the page said so. */
async function stopInTheMiddle(desk: Desk): Promise<number> {
  await toldSome(desk)
  await desk.sees(/预计 .* 发完/)
  await desk.shot('live')
  await desk.button('停止发送').click()
  const dialog = desk.page.getByRole('dialog')
  await dialog.getByLabel('原因').fill('范围选大了')
  await desk.shot('stop')
  await desk.clickInDialog('停止发送')
  await desk.sees(/已停止。停止前已告知 \d+ 人。/)
  const stoppedAt = Date.now()
  await desk.sees('已叫停')
  await desk.page
    .locator('.stack-legend')
    .getByText(/已叫停/)
    .waitFor()
  await desk.shot('stopped')
  return stoppedAt
}

/** Nothing of the first version leaves later than two seconds after the stop, and those who had it hear the second. */
async function heardOnlyThose(stack: Stack, stoppedAt: number): Promise<void> {
  const first = await sentAt(stack, 'SMS_OUTAGE_EMERGENCY')
  const late = first.filter((at) => at > stoppedAt + STOP_MS)
  expectThat(
    first.length > 0 && first.length < 60 && late.length === 0,
    `${first.length} told, ${late.length} late`,
  )
  await until(async () => (await sentAt(stack, 'SMS_OUTAGE_CORRECTION')).length === first.length, {
    timeoutMs: 30_000,
    everyMs: 200,
    timedOut: () => `not everybody of ${first.length} was told what is right`,
  })
}

async function correct(desk: Desk): Promise<void> {
  await desk.button('更正').click()
  const dialog = desk.page.getByRole('dialog')
  await dialog.getByLabel('正确的标题').fill('香蜜湖花园 9 栋停气')
  await dialog.getByLabel('正确的内容').fill('只有 9 栋停气，其他楼栋照常使用，给您添麻烦了。')
  await dialog.getByLabel(/更正原因/).fill('范围选大了')
  await desk.shot('correct')
  // While it is not certain yet who had the first one, nobody can be told that it was wrong.
  desk.guard.expectFailures()
  // While its wheel turns or fades the button is named “loading 更正”.
  const send = dialog.getByRole('button', { name: /更正$/ })
  let lastWords = 'every press was taken'
  await until(
    async () => {
      // A press that something is in the way of is tried again soon, and not for as long as one waits elsewhere.
      if (await send.isVisible())
        await send.click({ timeout: 2_000 }).catch((error: Error) => {
          lastWords = error.message
        })
      return desk.page.getByText('发送进度（第 2 版）').isVisible()
    },
    { timeoutMs: 60_000, everyMs: 1_000, timedOut: () => `the correction was not taken: ${lastWords}` },
  )
  await desk.shot('corrected')
}

async function callThem(desk: Desk): Promise<void> {
  const calls = desk.page.getByRole('region', { name: /要打电话的用户/ })
  await calls.getByText('还有 2 / 2 户没打').waitFor()
  await calls.getByText('重要', { exact: true }).waitFor()
  const first: Locator = calls.locator('.call').first()
  await first.getByLabel(/的备注/).fill('家属接的，已告知')
  await first.getByRole('button', { name: /已通知$/ }).click()
  await calls.getByText('还有 1 / 2 户没打').waitFor()
  await calls
    .getByRole('button', { name: /没打通$/ })
    .first()
    .click()
  await calls.getByText('还有 0 / 2 户没打').waitFor()
  await calls.scrollIntoViewIfNeeded()
  await desk.shot('called')
}

async function publish(desk: Desk): Promise<void> {
  await desk.button('发布').click()
  await desk.sees(/将通知 [\d,]+ 户/)
  await desk.shot('confirm')
  await desk.clickInDialog(/^通知 [\d,]+ 人$/)
  await desk.page.getByRole('heading', { level: 1, name: TITLE }).waitFor()
}

/** Whoever has no wallet gets no test; a code of their own binds one, and then the phone has it. */
async function tryOnMyself(desk: Desk, stack: Stack, phone: Phone): Promise<void> {
  const { page } = desk
  const dialog = page.getByRole('dialog')
  await desk.button('试发给同事').click()
  await desk.clickInDialog('试发')
  await dialog.getByText('收件人还没有绑定').waitFor()
  await desk.shot('test-without-wallet')
  await bindMyPhone(desk, phone)
  await page.goBack()
  await desk.sees('按户号 3 户')
  await desk.button('试发给同事').click()
  await desk.clickInDialog('试发')
  await dialog.getByText('已试发给 林静').waitFor()
  await desk.shot('test')
  await until(
    async () => {
      const path = `/inbox?personId=${phone.personId}&phone=${phone.wallet}`
      const { messages } = await stack.control<{ messages: unknown[] }>(path)
      return JSON.stringify(messages).includes('测试')
    },
    { timeoutMs: 10_000, everyMs: 100, timedOut: () => `no test came\n${stack.lastWords()}` },
  )
  await desk.clickInDialog('取消')
  await dialog.waitFor({ state: 'hidden' })
}

async function bindMyPhone(desk: Desk, phone: Phone): Promise<void> {
  await desk.goTo('/me')
  await desk.button('生成绑定码').click()
  const code = (await desk.page.locator('.once code').innerText()).trim()
  await desk.shot('bind-code')
  await agree(phone)
  await phone.goTo('field/bind/index')
  await phone.type('bind-code', code)
  await phone.tap('bind-staff')
  await phone.el('bind-staff').waitFor({ state: 'hidden' })
  await phone.shot('bound')
}

async function preview(desk: Desk): Promise<void> {
  const { page } = desk
  await desk.sees('短信')
  await desk.sees('2 户重要、敏感或投诉过的用户')
  await page.locator('details.sample summary').click()
  await desk.shot('preview')
}

async function walkEmergency(phone: Phone, stack: Stack, browser: Browser): Promise<void> {
  await markTwo(stack)
  const desk = await Desk.open(browser, stack, 'linjing')
  await say(
    desk,
    '紧急停供',
    TITLE,
    '庭院管道渗漏，正在抢修，期间停气。请关好表前阀和灶具开关，不要自行开阀。',
  )
  await choosePlaces(desk, stack)
  await preview(desk)
  await tryOnMyself(desk, stack, phone)
  await publish(desk)
  const stoppedAt = await stopInTheMiddle(desk)
  await callThem(desk)
  await correct(desk)
  await heardOnlyThose(stack, stoppedAt)
  await desk.checkFaults()
  await desk.close()
}

async function walkAnnouncement(browser: Browser, stack: Stack): Promise<void> {
  const desk = await Desk.open(browser, stack, 'linjing')
  const { page } = desk
  await say(desk, '一般公告', NEWS, '12 月 1 日起居民燃气一阶价格调整为 3.45 元/m³，阶梯气量不变。')
  await desk.shot('announcement')
  await page.getByPlaceholder('搜索小区、楼栋').fill(PLACE)
  await page.keyboard.press('Enter')
  await page
    .getByRole('button', { name: new RegExp(`^加入 .*${PLACE}$`) })
    .first()
    .click()
  await page.getByText('定时', { exact: true }).click()
  await desk.fillTime('发布时间', 24)
  await desk.shot('scheduling')
  await desk.button('定时发布').click()
  await desk.sees(/将在 .* 开始发送/)
  await desk.shot('confirm-later')
  await desk.clickInDialog(/^通知 [\d,]+ 人$/)
  await page.getByRole('heading', { level: 1, name: NEWS }).waitFor()
  await desk.shot('scheduled')
  stack.passUntilPublished(new URL(page.url()).pathname.split('/').at(-1) ?? '')
  await until(
    async () => {
      await page.reload()
      await page.getByRole('heading', { level: 1, name: NEWS }).waitFor()
      return page.getByText('已发完').isVisible()
    },
    { timeoutMs: 30_000, everyMs: 500, timedOut: () => 'it did not go out' },
  )
  await desk.shot('gone-out')
  await desk.checkFaults()
  await desk.close()
}

/** The provider's money is used up: the channel rests, a supervisor sees why and lets it go on, and finds what one household got. */
async function walkMessages(browser: Browser, stack: Stack): Promise<void> {
  const publisher = await Publisher.signedIn(stack)
  await stack.setFault({ name: 'sms.out-of-money', times: 1 })
  const noticeId = await publisher.publish({
    companyId: 'gas',
    kind: 'emergency',
    title: '香蜜湖花园抢修停气',
    words: '调压箱故障，正在抢修，期间停气。请关好表前阀。',
    reasonWords: '调压箱故障',
    startsInHours: -0.5,
    endsInHours: 3,
    places: [PLACE],
    accountNos: [],
  })
  const desk = await Desk.open(browser, stack, 'zhaomin')
  const { page } = desk
  const rests = page.getByRole('region', { name: '暂停的渠道' })
  const resume = rests.getByRole('button', { name: /^恢复 短信/ })
  await until(
    async () => {
      await desk.goTo('/messages')
      await rests.waitFor()
      return resume.isVisible()
    },
    { timeoutMs: 30_000, everyMs: 500, timedOut: () => `text messages do not rest\n${stack.lastWords()}` },
  )
  await desk.shot('rests')
  await desk.goTo(`/notices/${noticeId}`)
  await desk.sees('短信账户余额不足，请充值')
  await desk.shot('rests-at-the-notice')
  await desk.goTo('/messages')
  await resume.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('原因').fill('已经充值')
  await desk.shot('resume')
  await desk.clickInDialog('恢复发送')
  await rests.getByText('所有渠道都正常').waitFor()
  await desk.goTo(`/notices/${noticeId}`)
  await toldSome(desk)
  await publisher.stop(noticeId, '调压箱修好了')
  await desk.goTo('/messages')
  await desk.sees('本月短信费用')
  await desk.sees('紧急停供通知')
  await page
    .getByRole('button', { name: /展开|Expand/ })
    .first()
    .click()
  await desk.shot('report')
  await page.getByRole('tab', { name: '一户的消息' }).click()
  // The tab that is left has a field for the company, too, and goes away under a hasty hand.
  const finder = page.getByPlaceholder(/户号或地址/)
  await finder.waitFor()
  await desk.shot('finder')
  await page.getByRole('combobox', { name: '公司', exact: true }).click()
  await desk.clickStill(page.getByTitle('鹏燃燃气'))
  await finder.fill(PLACE)
  await page.keyboard.press('Enter')
  await page
    .getByRole('button', { name: /^看 .* 的消息$/ })
    .first()
    .click()
  await desk.sees('香蜜湖花园抢修停气')
  await desk.shot('history')
  await desk.checkFaults()
  await desk.close()
}

export const noticeDeskJourneys: readonly Journey[] = [
  {
    name: 'a notice at the desk: by station, address and list; tried, sent, stopped in the middle, corrected, called',
    wallet: 'wechat',
    walk: walkEmergency,
  },
  {
    name: 'a notice at a set hour: an announcement waits, and goes out when its minute has come',
    wallet: 'wechat',
    walk: (_, stack, browser) => walkAnnouncement(browser, stack),
  },
  {
    name: 'messages at the desk: a channel rests and goes on, budgets, the report, what one household got',
    wallet: 'wechat',
    walk: (_, stack, browser) => walkMessages(browser, stack),
  },
]
