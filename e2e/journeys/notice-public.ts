import type { Browser, Page } from 'playwright-core'
import { Publisher } from '../publisher'
import { expectNone, expectThat } from '../report'
import type { Stack } from '../stack'
import { Guard } from './guard'
import type { Journey } from './journey'
import { outage } from './notices'
import { takeShot } from './shots'

const PLACE = '松海园'

async function shot(page: Page, step: string): Promise<void> {
  await takeShot(page, `public-${step}`, { animations: 'disabled', fullPage: true })
}

/** A link from a poster in the stairway, in whatever browser the telephone has. */
async function walkPublicPage(page: Page, stack: Stack, noticeId: string): Promise<void> {
  await page.goto(`${stack.portal}/#/notices/list/index`)
  const el = (id: string) => page.locator(`#${id}:visible`).last()
  await el('notice-search').waitFor()
  await shot(page, '1-list')
  await el('notice-search').locator('input').fill('没有这个地方')
  await page.getByText('没有找到这个地址').last().waitFor()
  await shot(page, '2-nowhere')
  await el('notice-search').locator('input').fill(PLACE)
  await page.getByText(/找到/).last().waitFor()
  await el(`notice-${noticeId}`).waitFor()
  await shot(page, '3-found')
  await el(`notice-${noticeId}`).click()
  await el('notice-countdown').waitFor()
  await el('notice-map').waitFor()
  await el('notice-history').waitFor()
  await page
    .getByText(/配件还在路上/)
    .last()
    .waitFor()
  await shot(page, '4-notice')
  await el('notice-history').scrollIntoViewIfNeeded()
  await shot(page, '5-history')
  const wide = await page.locator('html').evaluate((root) => root.scrollWidth)
  expectThat(wide <= 390, `the page is ${wide} px wide`)
}

async function walk(stack: Stack, browser: Browser): Promise<void> {
  const publisher = await Publisher.signedIn(stack)
  const noticeId = await outage(publisher, null)
  await publisher.extend(noticeId, 4, '配件还在路上')
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  context.setDefaultTimeout(10_000)
  await context.addInitScript('globalThis.__name = (named) => named')
  const guard = new Guard(context)
  const page = await context.newPage()
  try {
    await walkPublicPage(page, stack, noticeId)
    expectNone(
      'asked of a stranger',
      guard.asked.filter((name) => !/^(portal|tariffs|notices)\./.test(name)),
    )
    expectNone('faults on the public page', await guard.found(page))
  } catch (error) {
    await shot(page, 'FAILED')
    throw error
  } finally {
    await context.close()
    // Others live there too, in journeys that are about something else.
    await publisher.cancel(noticeId, '看错了阀门')
  }
}

export const noticePublicJourneys: readonly Journey[] = [
  {
    name: 'a notice for everybody: found by an address in any browser, with its map, its countdown and its history',
    wallet: 'wechat',
    walk: (_, stack, browser) => walk(stack, browser),
  },
]
