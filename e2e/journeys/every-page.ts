import { until } from '../../scripts/processes'
import { expectNone } from '../report'
import type { Stack } from '../stack'
import { elderFaults, hearOwed } from './elder'
import { chineseFaults, listen } from './english'
import { type Everything, settleWithEverything } from './everything'
import type { Journey } from './journey'
import { keyFaults } from './keys'
import { type Limits, lookFaults, NORMAL } from './measure'
import { pageSizeFaults } from './page-size'
import { PAGES, tableFaults, type Visit } from './page-table'
import type { Phone } from './phone'
import { treeFaults } from './tree'

const ELDER: Limits = {
  targetPx: 44,
  bigTargets: { selector: '.big-tile, #go-pay', targetPx: 60 },
  smallestTextPx: 18,
  paragraphsApart: 1.3,
}
/** On the main page of the elder version everything is large (field.md 4.1). The bar of tabs is the wallet's own. */
const ELDER_HOME: Limits = {
  targetPx: 44,
  bigTargets: { selector: ':not(.weui-tabbar__item)', targetPx: 60 },
  smallestTextPx: 18,
  paragraphsApart: 1.3,
}

/** The largest letters that can be asked for; MIIT wants every text to grow to 30. */
const LARGEST: Limits = { ...ELDER, smallestTextPx: 30, paragraphsApart: null }
/** Of each kind of page one: sums, lists, facts, a form, steps, talk, charts. */
const PAGES_LARGEST = [
  'pages/home/index',
  'pages/me/index',
  'pages/bill/index',
  'pages/cashier/index',
  'requests/form/index',
  'requests/detail/index',
  'chat/talk/index',
  'usage/index/index',
  'outlets/detail/index',
]

/** Whoever looks at a page says what is wrong with it. */
type Look = (phone: Phone, page: string) => Promise<string[]>

async function isComplete(phone: Phone, sees: Visit['sees']): Promise<void> {
  if (typeof sees === 'object' && 'id' in sees) await phone.el(sees.id).waitFor()
  else await phone.sees(sees)
}

/** Opens every page of the app, each once complete, and looks at it. A page that cannot be opened is a fault. */
async function visitAll(
  phone: Phone,
  all: Everything,
  mode: string,
  look: Look,
  only?: readonly string[],
): Promise<void> {
  const faults: string[] = tableFaults()
  const looked = async (page: string, step: string): Promise<void> => {
    await phone.shot(`${mode}-${step.replace(/\W+/g, '-').slice(0, 40)}`)
    for (const fault of await look(phone, page)) faults.push(`${step}: ${fault}`)
  }
  for (const [page, visits] of Object.entries(PAGES).filter(([one]) => !only || only.includes(one)))
    for (const [index, { query, sees, more, isRefused = false }] of visits.entries()) {
      const step = index === 0 ? page : `${page} (${index + 1})`
      try {
        phone.guard.expectFailures(isRefused)
        const asked = new URLSearchParams(query?.(all) ?? {}).toString()
        await phone.goTo(asked === '' ? page : `${page}?${asked}`)
        await isComplete(phone, sees)
        await looked(page, step)
        if (!more) continue
        await phone.tap(more.tap)
        await phone.sees(more.sees)
        await looked(page, `${step}, ${more.tap}`)
      } catch (error) {
        await phone.shot(`${mode}-FAILED-${page.replace(/\W+/g, '-')}`)
        faults.push(`${step}: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`)
      }
    }
  expectNone(`every page, ${mode}`, faults)
}

/** By day, and the same page by night. */
const byDayAndNight: Look = async (phone, page) => {
  const day = [...(await lookFaults(phone, NORMAL)), ...(await phone.axe()), ...(await pageSizeFaults(phone))]
  await phone.page.emulateMedia({ colorScheme: 'dark' })
  await phone.shot(`dark-${page.replace(/\W+/g, '-')}`)
  const night = [...(await lookFaults(phone, NORMAL)), ...(await phone.axe())]
  await phone.page.emulateMedia({ colorScheme: 'light' })
  return [...day, ...night.map((fault) => `in the dark: ${fault}`)]
}

const withLargestLetters: Look = (phone) => lookFaults(phone, LARGEST)

const withLargeLetters: Look = async (phone, page) => [
  ...(await elderFaults(phone, page)),
  ...(await lookFaults(phone, page === 'pages/home/index' ? ELDER_HOME : ELDER)),
  ...(await phone.axe()),
  ...(await treeFaults(phone)),
]

/** In English, whose words are longer; and the same page without seeing or touching it. */
const inEnglish =
  (server: ReadonlySet<string>): Look =>
  async (phone) => [
    ...(await chineseFaults(phone, server)).map((text) => `not in English: ${text}`),
    ...(await lookFaults(phone, NORMAL)),
    ...(await phone.axe()),
    ...(await treeFaults(phone)),
    ...(await keyFaults(phone)),
  ]

/** The sheet that opens takes the focus, keeps it, and Escape gives it back. */
async function sheetFaults(phone: Phone, all: Everything): Promise<string[]> {
  await phone.goTo(`requests/detail/index?id=${all.requestId}`)
  await phone.el('add-words').focus()
  await phone.page.keyboard.press('Enter')
  await phone.el('sheet-words').waitFor()
  const where = (): Promise<string> =>
    phone.frame.locator('body').evaluate(() => {
      const at = document.activeElement
      if (at?.closest('.sheet')) return 'in the sheet'
      return at ? `${at.tagName} ${at.id || at.className}` : 'nowhere'
    })
  let seen = ''
  await until(
    async () => {
      seen = await where()
      return seen === 'in the sheet'
    },
    { timeoutMs: 5_000, everyMs: 50, timedOut: () => `the sheet does not take the focus from ${seen}` },
  )
  const faults: string[] = []
  for (let presses = 0; presses < 8; presses++) {
    const at = await where()
    if (at !== 'in the sheet') faults.push(`after ${presses} × Tab the focus is at ${at}, not in the sheet`)
    await phone.page.keyboard.press('Shift+Tab')
  }
  await phone.el('sheet-words').locator('textarea').focus()
  await phone.page.keyboard.press('Escape')
  await phone.frame.locator('#sheet-words:visible').waitFor({ state: 'hidden' })
  const after = await where()
  if (!after.endsWith(' add-words')) faults.push(`after Escape the focus is at ${after}`)
  return faults
}

const settled =
  (walk: (phone: Phone, all: Everything) => Promise<void>) => async (phone: Phone, stack: Stack) =>
    walk(phone, await settleWithEverything(phone, stack))

export const everyPageJourneys: readonly Journey[] = [
  {
    name: 'every page by day and by night: targets of 44 px, contrast of 4.5, lines 1.3 apart, nothing grave',
    wallet: 'wechat',
    walk: settled((phone, all) => visitAll(phone, all, 'day', byDayAndNight)),
  },
  {
    name: 'every page in elder mode: letters of 18 px and up to 30, everything of 60 px at home, nothing grave, read in order',
    wallet: 'wechat',
    walk: settled(async (phone, all) => {
      await phone.goTo('pages/home/index')
      await phone.tapText('长辈版')
      await hearOwed(phone)
      await phone.tap('leave-elder')
      await phone.goTo('pages/me/index')
      await phone.tap('elder-switch')
      await phone.el('call-person').waitFor()
      await visitAll(phone, all, 'elder', withLargeLetters)
      await phone.goTo('pages/me/index')
      await phone.tap('largest-switch')
      await visitAll(phone, all, 'largest', withLargestLetters, PAGES_LARGEST)
    }),
  },
  {
    name: 'every page in English as large and clear as in Chinese, by keyboard alone, and read out in order',
    wallet: 'alipay',
    walk: settled(async (phone, all) => {
      const server = listen(phone.page)
      await phone.goTo('pages/me/index')
      await phone.tap('language-switch')
      await phone.sees('My accounts')
      await visitAll(phone, all, 'english', inEnglish(server))
      expectNone('a sheet by keyboard', await sheetFaults(phone, all))
    }),
  },
]
