import type { Browser } from 'playwright-core'
import { until } from '../../scripts/processes'
import type { Stack } from '../stack'
import { settleIn } from './acts'
import { Desk } from './desk'
import type { Journey } from './journey'
import type { Phone } from './phone'

const TITLE = '冬季除雪车刮坏了井盖找谁'
const NOBODY_KNOWS = '游泳池几点开门'
/** Kept are the words that say something. */
const KEPT_OF_IT = '游泳池 开门'

/** Written and handed in; whoever wrote it cannot publish it. */
async function write(desk: Desk): Promise<void> {
  const { page } = desk
  await desk.goTo('/knowledge')
  await desk.button('写文章').click()
  await page.getByRole('heading', { level: 1, name: '写文章' }).waitFor()
  await page.getByLabel('标题').fill(TITLE)
  await page
    .getByLabel('正文')
    .fill('1. 不要靠近，提醒旁人绕行。\n2. 告诉我们路名和最近的门牌。\n\n**两小时内**有人到场围挡。')
  await page.getByLabel('住户会怎么问').fill('井盖坏了\n马路上井盖碎了')
  await page.getByRole('region', { name: '预览' }).getByText('两小时内').waitFor()
  await desk.shot('written')
  await desk.button('保存并提交审核').click()
  await page.getByRole('heading', { level: 1, name: TITLE }).waitFor()
  await desk.sees('待审核')
  await desk.sees('不能审核自己写的，请别的同事来审。')
  await desk.shot('handed-in')
}

async function publish(desk: Desk): Promise<void> {
  const { page } = desk
  await desk.goTo('/knowledge')
  await page.getByRole('link', { name: TITLE }).click()
  await page.getByRole('heading', { level: 1, name: TITLE }).waitFor()
  await desk.button('发布').click()
  await desk.sees('已发布')
  await desk.shot('published')
}

/** Whatever is typed, and however badly. */
async function findAtDesk(desk: Desk): Promise<void> {
  const { page } = desk
  for (const [typed, step] of [
    ['jinggai', 'by-pinyin'],
    ['井该坏了', 'misspelt'],
  ] as const) {
    // A page of its own for each word: leaving a search empties the field a moment later.
    await desk.goTo('/knowledge')
    const field = page.getByPlaceholder('搜知识库，拼音也行')
    await field.fill(typed)
    await field.press('Enter')
    await page.getByText(/^找到 \d+ 篇$/).waitFor()
    await page.getByRole('listitem').getByRole('link', { name: TITLE }).waitFor()
    await desk.shot(step)
  }
}

/** The resident finds it too, says that it helped, and looks for something that nobody has written. */
async function findAtHome(phone: Phone): Promise<void> {
  await phone.goTo('chat/help/index')
  await phone.el('help-topics').waitFor()
  await phone.shot('topics')
  await phone.type('help-search', 'jinggai huaile')
  await phone.sees(TITLE)
  await phone.shot('found')
  await phone.tapText(TITLE)
  await phone.el('article-title').waitFor()
  await phone.tap('helpful')
  await phone.sees('谢谢您告诉我们')
  await phone.shot('article')
  await phone.goTo('chat/help/index')
  await phone.type('help-search', NOBODY_KNOWS)
  await phone.sees('没有找到')
  await phone.shot('nothing')
}

/** What was looked for in vain is what to write next. */
async function readReport(desk: Desk): Promise<void> {
  const { page } = desk
  const missed = page.getByRole('row', { name: new RegExp(KEPT_OF_IT) })
  await until(
    async () => {
      await desk.goTo('/knowledge?tab=report')
      await page.getByRole('heading', { name: '搜不到的' }).waitFor()
      return missed.isVisible()
    },
    {
      timeoutMs: 30_000,
      everyMs: 500,
      timedOut: () => 'the report does not show what was looked for in vain',
    },
  )
  await page
    .getByRole('row', { name: new RegExp(TITLE) })
    .first()
    .waitFor()
  await desk.shot('report')
  await missed.getByRole('button', { name: '写成文章' }).click()
  await page
    .getByLabel('标题')
    .and(page.locator(`[value="${KEPT_OF_IT}"]`))
    .waitFor()
}

async function walkKnowledge(phone: Phone, stack: Stack, browser: Browser): Promise<void> {
  await settleIn(phone, stack.takeHousehold('heating'))
  const author = await Desk.open(browser, stack, 'linjing')
  await write(author)
  const second = await Desk.open(browser, stack, 'zhaomin')
  await publish(second)
  await findAtDesk(second)
  await findAtHome(phone)
  await readReport(second)
  await author.checkFaults()
  await second.checkFaults()
}

export const knowledgeJourneys: readonly Journey[] = [
  {
    name: 'an article: written, published by a second person, found by pinyin and misspelt; what nobody wrote stands in the report',
    wallet: 'wechat',
    walk: walkKnowledge,
  },
]
