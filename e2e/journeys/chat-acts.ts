import type { Desk } from './desk'
import type { Phone } from './phone'

/** From the home page to the chat, as everybody gets there. */
export async function openChat(phone: Phone): Promise<void> {
  await phone.tapText('在线客服')
  await phone.el('chat-words').waitFor()
}

/** Writes one line, which stands in the conversation afterwards. */
export async function write(phone: Phone, words: string): Promise<void> {
  await phone.el('chat-words').locator('textarea').fill(words)
  await phone.tap('chat-send')
  await phone.frame.locator('.msg:visible', { hasText: words }).first().waitFor()
}

/** 转人工, about repairs: everybody answers those. */
export async function callPerson(phone: Phone): Promise<void> {
  await phone.tap('to-person')
  await phone.tap('topic-repair')
}

/** Conversations come to this desk from now on, so many at a time. */
export async function openSeat(desk: Desk, capacity: number): Promise<void> {
  const { page } = desk
  await desk.goTo('/chat')
  await page.getByRole('button', { name: '我的坐席' }).click()
  await desk.clickStill(desk.button('开始接待'))
  await page.getByRole('button', { name: '我的坐席' }).getByText('接待中').waitFor()
  const field = page.getByRole('spinbutton', { name: '同时接待几个' })
  await field.fill(String(capacity))
  await field.press('Enter')
  await page.getByRole('button', { name: '我的坐席' }).getByText(`/${capacity}`).waitFor()
  await page.keyboard.press('Escape')
}

/** The first conversation about repairs in this desk's list that is not open yet. */
export const given = (desk: Desk) =>
  desk.page
    .getByRole('region', { name: '会话列表' })
    .getByRole('link', { name: /报修停供/ })
    .and(desk.page.locator(':not([aria-current])'))
    .first()

/** What everybody at this desk sees of the conversation that is open. */
export const said = (desk: Desk, words: string | RegExp) =>
  desk.page.getByRole('log', { name: '会话内容' }).getByText(words).last()

export async function answer(desk: Desk, words: string): Promise<void> {
  const field = desk.page.getByRole('textbox', { name: '答复住户' })
  await field.fill(words)
  await field.press('Enter')
  await said(desk, words).waitFor()
}

/** Ends the conversation that is open. */
export async function endChat(desk: Desk): Promise<void> {
  await desk.button('结束').click()
  await desk.clickInDialog('结束')
  await desk.sees('会话已结束，只能加内部备注。')
}

/** Nothing more comes to this desk; whoever is next on this portal has all that there is. */
export async function endShift(desk: Desk, handOver = ''): Promise<void> {
  const seat = desk.page.getByRole('button', { name: '我的坐席' })
  await seat.click()
  await desk.clickStill(desk.button('下班'))
  await desk.page.getByLabel('给下一班的话').fill(handOver)
  await desk.clickInDialog('下班')
  await seat.getByText('未上线').waitFor()
}
