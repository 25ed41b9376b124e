import type { Browser } from 'playwright-core'
import type { Stack } from '../stack'
import { settleIn } from './acts'
import { callPerson, endShift, given, openChat, openSeat, write } from './chat-acts'
import { Desk } from './desk'
import type { Journey } from './journey'
import type { Phone } from './phone'

const LEFT = '燃气表不走字，请来看看'
const AGAIN = '还是想问问燃气表的事'

/** Nobody is there: when somebody will be, and words that become a request with a number. */
async function leaveWords(phone: Phone): Promise<void> {
  await openChat(phone)
  await write(phone, '燃气表不走字')
  await callPerson(phone)
  await phone.sees('现在没有客服在线')
  await phone.sees(/^服务时间：/)
  await phone.shot('nobody')
  await phone.tap('leave-words')
  await phone.el('left-words').locator('textarea').fill(LEFT)
  await phone.shot('words')
  await phone.tap('send-left-words')
  await phone.sees(/已为您登记，单号 ..\d{8}-\d{6}/)
  await phone.shot('became-a-request')
}

/** The board says that words were left, and who is at work. */
async function readBoard(desk: Desk): Promise<void> {
  const { page } = desk
  await desk.goTo('/board')
  const left = page.locator('dl > div', { hasText: '离线留言' }).locator('dd')
  await left.getByText('1', { exact: true }).waitFor()
  await desk.shot('board')
}

/** Whoever has it says nothing; the resident hears an apology and gets the next one. */
async function waitInVain(phone: Phone, silent: Desk, next: Desk): Promise<void> {
  await openSeat(silent, 5)
  await phone.tap('chat-again')
  await phone.el('chat-words').waitFor()
  await write(phone, AGAIN)
  await callPerson(phone)
  await given(silent).waitFor()
  await openSeat(next, 5)
  await given(next).waitFor({ timeout: 30_000 })
  await phone.sees('抱歉让您久等了，正在为您换一位客服。')
  await phone.sees('客服王晓接入，为您服务')
  await phone.shot('next-agent')
  await silent.page.getByRole('button', { name: '我的坐席' }).getByText('暂离').waitFor()
  await silent.shot('away')
}

/** The supervisor ends it, and looks at how it went. */
async function review(desk: Desk): Promise<void> {
  const { page } = desk
  await desk.goTo('/chat?tab=all')
  await given(desk).click()
  await page.getByRole('button', { name: '更多' }).click()
  await desk.clickStill(page.getByRole('menuitem', { name: '抽去质检' }))
  await desk.sees('已抽去质检')
  await desk.goTo('/review')
  await page.getByRole('link', { name: '评分' }).first().click()
  await page.getByRole('region', { name: '会话内容' }).getByText('正在为您换一位客服').first().waitFor()
  for (const [item, points] of [
    ['开头和称呼', '6'],
    ['答得对', '20'],
    ['解决了问题', '10'],
    ['态度和用语', '15'],
  ] as const)
    await page.getByLabel(item).fill(points)
  await page.getByLabel('给客服的话').fill('先答一句“我在看”，再去查')
  await page.getByText('51 / 100').waitFor()
  await desk.shot('score')
  await desk.button('提交评分').click()
  await page.getByText(/^赵敏 评于/).waitFor()
  await desk.shot('scored')
}

async function walkAbsent(phone: Phone, stack: Stack, browser: Browser): Promise<void> {
  await settleIn(phone, stack.takeHousehold('gas'))
  const supervisor = await Desk.open(browser, stack, 'zhaomin')
  await leaveWords(phone)
  await readBoard(supervisor)
  const silent = await Desk.open(browser, stack, 'yangfan')
  const next = await Desk.open(browser, stack, 'wangxiao')
  await waitInVain(phone, silent, next)
  await review(supervisor)
  await endShift(silent)
  await endShift(next)
  for (const desk of [supervisor, silent, next]) await desk.checkFaults()
}

export const absentJourneys: readonly Journey[] = [
  {
    name: 'nobody answers: words left become a request; a silent agent loses the chat to the next; it is reviewed',
    wallet: 'wechat',
    walk: walkAbsent,
  },
]
