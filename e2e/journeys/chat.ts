import type { Browser } from 'playwright-core'
import { expectThat } from '../report'
import type { Stack } from '../stack'
import { payInSheet, settleIn } from './acts'
import { answer, callPerson, endChat, endShift, given, openChat, openSeat, said, write } from './chat-acts'
import { Desk } from './desk'
import type { Journey } from './journey'
import { Phone } from './phone'
import { photo } from './photos'

const OTHER_WORDS = '想改一下联系电话'
const DANGER = '暖气管爆了往外喷水'
const NOTE = '家里有老人，优先处理'

/** The knowledge base answers with what is mine, and with what to do first where words name a danger. */
async function askBot(phone: Phone, owed: string): Promise<void> {
  await openChat(phone)
  await phone.shot('greeting')
  await write(phone, '暖气不热')
  await phone.frame.locator('.answer:visible', { hasText: '暖气不热怎么办' }).waitFor()
  await write(phone, '热费怎么交')
  await phone.frame.locator('.answer:visible', { hasText: '热费怎么算' }).waitFor()
  await phone.frame.locator('.live-card:visible', { hasText: owed }).waitFor()
  await phone.shot('answers')
  await write(phone, DANGER)
  await phone.el('danger').waitFor()
  expectThat(/^打 \d{5,}/.test(await phone.el('danger-call').innerText()), 'no number to call')
  await phone.shot('danger')
}

/** Another resident is served; whoever calls now stands in the queue, and comes when there is room. */
async function standInQueue(phone: Phone, other: Phone, desk: Desk): Promise<void> {
  await openChat(other)
  await write(other, OTHER_WORDS)
  await callPerson(other)
  await given(desk).waitFor()
  await callPerson(phone)
  await phone.sees('正在排队，马上轮到您')
  await phone.shot('queue')
  await given(desk).click()
  await answer(desk, '已经帮您改好了。')
  await other.sees('已经帮您改好了。')
  await endChat(desk)
  await other.el('rate-chat').waitFor()
}

/** The tab counts, the list shows, and whoever answers sees the home before a word is said. */
async function knowThem(desk: Desk, owed: RegExp): Promise<void> {
  await given(desk).waitFor()
  await desk.page.waitForFunction(() => document.title.startsWith('('))
  await desk.shot('given')
  await given(desk).click()
  await desk.page.getByRole('complementary', { name: '住户信息' }).getByText(owed).first().waitFor()
  await said(desk, /可能有危险/).waitFor()
  await desk.shot('context')
}

/** `/` brings a ready answer with the figures of this home. */
async function useReadyAnswer(desk: Desk, phone: Phone): Promise<void> {
  const field = desk.page.getByRole('textbox', { name: '答复住户' })
  await field.fill('/qf')
  await desk.page.getByRole('option', { name: /^欠费/ }).waitFor()
  await desk.shot('ready-answer')
  await field.press('Enter')
  await field.and(desk.page.locator(':text("目前欠费")')).waitFor()
  await field.press('Enter')
  await phone.sees(/目前欠费/)
}

/** One click sends the bill; the resident pays and is back in the chat, where the card says so. */
async function payInChat(desk: Desk, phone: Phone): Promise<void> {
  await desk.button('发账单').click()
  const card = phone.frame.locator('[id^="card-pay-"]:visible').last()
  await card.getByText('去缴费').waitFor()
  await phone.shot('bill-card')
  await card.getByText('去缴费').click()
  await phone.el('pay-now').waitFor()
  await payInSheet(phone)
  await phone.el('result-title').waitFor()
  await phone.own('nav-back').click()
  await phone.frame.locator('[id^="card-pay-"]:visible').last().getByText('已缴清').waitFor()
  await phone.shot('paid')
  // The page of the agent was open all the time, and nobody has touched it.
  await said(desk, '已缴清').waitFor({ timeout: 30_000 })
  const beside = desk.page.getByRole('complementary', { name: '住户信息' })
  await beside.getByText('¥0.00').waitFor()
  await beside.getByText('已缴清').waitFor()
  await desk.shot('paid')
}

/** A picture of the resident's, and words among colleagues that the resident never sees. */
async function lookCloser(desk: Desk, phone: Phone): Promise<void> {
  const { page } = desk
  await phone.tap('chat-more')
  const chooser = phone.page.waitForEvent('filechooser')
  await phone.tap('chat-photo')
  await (await chooser).setFiles([await photo('阀门')])
  await page.getByRole('log', { name: '会话内容' }).getByRole('img', { name: '图片' }).waitFor()
  await phone.shot('picture')
  const seen = await phone.watchFor(NOTE)
  await page.getByRole('radiogroup').getByText('内部备注').click()
  const field = page.getByRole('textbox', { name: '内部备注' })
  await field.fill(NOTE)
  await field.press('Enter')
  await said(desk, NOTE).waitFor()
  await desk.shot('note')
  await page.getByRole('radiogroup').getByText('答复住户').click()
  await answer(desk, '看到照片了，我请同事接着办。')
  await phone.sees('看到照片了')
  expectThat(!(await seen()), 'the resident saw an internal note')
}

/** It stays mine until the colleague takes it; they read the note first. */
async function handOver(desk: Desk, colleague: Desk, phone: Phone): Promise<void> {
  await desk.button('转交').click()
  const dialog = desk.page.getByRole('dialog')
  await desk.clickStill(dialog.locator('#transfer-to'))
  await desk.clickStill(desk.page.getByTitle(/^许岚/))
  await dialog.getByLabel(/交代什么/).fill('已缴清，还要约上门看阀门')
  await dialog.getByRole('switch').click()
  await desk.shot('hand-over')
  await desk.clickInDialog('转交')
  await desk.sees('已请许岚接手；接手前仍由原客服答复。')
  await given(colleague).click()
  await said(colleague, '已缴清，还要约上门看阀门').waitFor()
  await colleague.shot('offered')
  await colleague.button('领取').click()
  await answer(colleague, '师傅明天上午到，到之前会打电话。')
  await phone.sees('师傅明天上午到')
  await phone.shot('colleague')
}

async function rate(phone: Phone): Promise<void> {
  await phone.el('rate-chat').waitFor()
  await phone.tap('star-5')
  await phone.shot('rate')
  await phone.tap('submit-chat-rating')
  await phone.el('given-rating').waitFor()
}

async function walkChat(phone: Phone, stack: Stack, browser: Browser): Promise<void> {
  const home = stack.takeHousehold('heating')
  const owed = (home.owedFen / 100).toFixed(2)
  const other = await Phone.open(browser, stack, { name: 'chat-other', wallet: 'wechat', person: '王女士' })
  try {
    await settleIn(other, stack.takeHousehold('heating'))
    await settleIn(phone, home)
    const desk = await Desk.open(browser, stack, 'mali')
    await askBot(phone, owed)
    await openSeat(desk, 1)
    await standInQueue(phone, other, desk)
    await knowThem(desk, new RegExp(owed.replace(/(\d)(?=(\d{3})+\.)/g, '$1,?')))
    await useReadyAnswer(desk, phone)
    await payInChat(desk, phone)
    await lookCloser(desk, phone)
    const colleague = await Desk.open(browser, stack, 'xulan')
    await openSeat(colleague, 5)
    await handOver(desk, colleague, phone)
    await endChat(colleague)
    await rate(phone)
    await colleague.sees('评价 5 星')
    await colleague.shot('rated')
    await endShift(desk, '松海园 41 号楼在抢修，15:00 前恢复')
    await endShift(colleague)
    await other.checkFaults()
    await desk.checkFaults()
    await colleague.checkFaults()
  } finally {
    await other.close()
  }
}

export const chatJourneys: readonly Journey[] = [
  {
    name: 'a chat: answers and a danger at once; queue, context, a ready answer, the bill paid inside; note, hand-over, stars',
    wallet: 'wechat',
    walk: walkChat,
  },
]
