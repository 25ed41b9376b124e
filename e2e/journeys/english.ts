import type { Page } from 'playwright-core'
import { expectNone, expectThat } from '../report'
import type { Stack } from '../stack'
import { payInSheet, settleIn } from './acts'
import type { Journey } from './journey'
import type { Phone } from './phone'

const CHINESE = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/

/** What the server sends by a code as well: where English is read, the page says it by that code. */
const SAID_BY_CODE = ['stateWords', 'stateName', 'promise', 'pausedBecause', 'next', 'findings']

/** Every text that the server answers, whole and by line: names, titles and sentences that are its own to say. */
export function listen(page: Page): Set<string> {
  const said = new Set<string>()
  const take = (value: unknown): void => {
    if (typeof value === 'string') {
      for (const text of [value, ...value.split('\n')]) if (CHINESE.test(text)) said.add(text.trim())
    } else if (typeof value === 'object' && value !== null)
      for (const [name, part] of Object.entries(value)) if (!SAID_BY_CODE.includes(name)) take(part)
  }
  page.on('response', (answer) => {
    if (!new URL(answer.url()).pathname.startsWith('/api/')) return
    // An answer that went with its page is shown nowhere.
    void answer.json().then(take, () => undefined)
  })
  return said
}

/** What is seen and what a screen reader says on the page on top, and on the bar of tabs. */
function textsShown(phone: Phone): Promise<string[]> {
  return phone.frame.locator('body').evaluate((body) => {
    const shown = (element: Element | null): boolean => (element?.getClientRects().length ?? 0) > 0
    const page = [...body.querySelectorAll('.taro_page')].filter(shown).at(-1)
    const roots = [page, ...body.querySelectorAll('.weui-tabbar')].filter((root) => root !== undefined)
    return roots.flatMap((root) => {
      const found: string[] = []
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
      // A company's article is the server's, cut at its links; a badge is the first letter of a name.
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        if (shown(node.parentElement) && !node.parentElement?.closest('.article-body, .badge'))
          found.push(node.textContent ?? '')
      for (const element of root.querySelectorAll('*'))
        for (const name of ['aria-label', 'placeholder', 'alt', 'title'])
          if (shown(element)) found.push(element.getAttribute(name) ?? '')
      return found
    })
  })
}

/** What is left of a text without the server's own words, the longest first; only whole ones count as its own. */
function withoutServers(text: string, own: readonly string[]): string {
  return own.reduce((left, word) => left.replaceAll(word, ' '), text)
}

/** What of the page on top is not said in English though it is the page's own to say. */
export async function chineseFaults(phone: Phone, server: ReadonlySet<string>): Promise<string[]> {
  const texts = await textsShown(phone)
  // A language is named in itself.
  const own = [...server, '中文'].sort((a, b) => b.length - a.length)
  const left = texts.filter((text) => CHINESE.test(withoutServers(text, own)))
  if (!texts.some((text) => /[A-Za-z]{3}/.test(text))) left.push('nothing in English')
  return [...new Set(left)]
}

async function expectEnglish(phone: Phone, server: ReadonlySet<string>, page: string): Promise<void> {
  await phone.shot(page.replace(/\W+/g, '-'))
  expectNone(`Chinese of ours on ${page}`, await chineseFaults(phone, server))
}

const languageOf = (phone: Phone): Promise<string> =>
  phone.frame.locator('html').evaluate((root) => root.getAttribute('lang') ?? '')

async function payInEnglish(phone: Phone, server: ReadonlySet<string>): Promise<void> {
  await phone.row(/season \d/).click()
  await phone.el('bill-amount').waitFor()
  await phone.sees(/^Why ¥/)
  await expectEnglish(phone, server, 'a bill')
  await phone.tap('pay-bill')
  await phone.el('pay-now').waitFor()
  await expectEnglish(phone, server, 'the cashier')
  await payInSheet(phone)
  await phone.leaveSheet()
  await phone.sees('Receipt')
  await expectEnglish(phone, server, 'the result')
  await phone.tap('to-receipt')
  await phone.el('receipt-capitals').waitFor()
  await expectEnglish(phone, server, 'the receipt')
}

async function walkInEnglish(phone: Phone, stack: Stack): Promise<void> {
  const server = listen(phone.page)
  // A household of its own: the one that the README names is paid by whoever comes first.
  await settleIn(phone, stack.takeHousehold('heating'))
  await phone.goTo('pages/me/index')
  await phone.sees('我的户号')
  await phone.tap('language-switch')
  await phone.sees('My accounts')
  // The tabs are the wallet's own, which is told of their names a moment later.
  await phone.sees(/^Home$/)
  expectThat((await languageOf(phone)) === 'en', 'the browser was not told that this is English')
  await expectEnglish(phone, server, 'my page')
  await phone.goTo('pages/home/index')
  await phone.el('owed-total').waitFor()
  await expectEnglish(phone, server, 'the home page')
  await payInEnglish(phone, server)
  await phone.goTo('requests/types/index')
  await phone.el('search-types').waitFor()
  await phone.row('测温').waitFor()
  await expectEnglish(phone, server, 'the kinds of requests')
  await phone.row('测温').click()
  await phone.el('request-words').waitFor()
  await phone.el('promise-before').waitFor()
  await expectEnglish(phone, server, 'a request')
  await phone.goTo('pages/me/index')
  await phone.tap('language-switch')
  await phone.sees('我的户号')
  expectThat((await languageOf(phone)) === 'zh-CN', 'the browser was not told that this is Chinese')
}

export const englishJourneys: readonly Journey[] = [
  {
    name: 'WeChat: in English from the switch to the receipt and a request, and back',
    wallet: 'wechat',
    walk: walkInEnglish,
  },
]
