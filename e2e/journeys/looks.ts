import { Publisher } from '../publisher'
import { expectNone } from '../report'
import type { Stack } from '../stack'
import { settleIn } from './acts'
import { Desk } from './desk'
import type { Journey } from './journey'
import { type Limits, lookFaults, NORMAL } from './measure'
import { outage } from './notices'
import type { Phone } from './phone'

const ELDER: Limits = {
  targetPx: 44,
  bigTargets: { selector: '.big-tile, #go-pay', targetPx: 60 },
  smallestTextPx: 18,
}

/** What is offered before the form while supply is gone. */
const KNOWN = '和大家一起报'

/** Pages that are reached by their address, with a word that is there once they are complete. */
const PAGES = [
  ['pages/bills/index', /采暖季/],
  ['pages/me/index', '我的户号'],
  ['pages/bind/index', '怎么证明'],
  ['pages/tariff/index', '违约金'],
  ['pages/privacy/index', '您已同意'],
  ['pages/records/index', '还没有缴费记录'],
  ['pages/messages/index', '消息设置'],
  ['pages/switches/index', '收信的邮箱'],
  ['notices/list/index', '我家的'],
  ['requests/types/index', '暖气不热'],
  ['requests/form/index?companyId=heating&typeId=not-hot', KNOWN],
  ['requests/form/index?companyId=heating&typeId=leak', '水在往外喷'],
  ['requests/list/index', '还没有'],
  ['chat/talk/index', '大家常问'],
  ['chat/list/index', '找在线客服'],
  ['chat/help/index', '大家常问'],
  ['field/bind/index', '绑定码'],
] as const

/** What people at work have on their desks. */
const WIDTHS = [1280, 1440, 1920] as const

/** The console's pages, by somebody who may open them. */
const DESKS = {
  zhaomin: [
    '/inbox',
    '/notices',
    '/notices/write',
    '/messages',
    '/messages?tab=history',
    '/official',
    '/new',
    '/chat',
    '/calls',
    '/knowledge',
    '/knowledge/write',
    '/knowledge?tab=report',
    '/board',
    '/review',
    '/dispatch',
    '/map',
    '/slots',
    '/replies',
    '/catalogue',
    '/people',
    '/exports',
    '/troubles',
    '/teams',
    '/me',
  ],
  fengshen: ['/audit'],
} as const

/** A phone whose home has an outage now, so that the pages that show one have something to show. */
async function settleInOutage(phone: Phone, stack: Stack): Promise<string> {
  const home = stack.takeHousehold('heating')
  const noticeId = await outage(await Publisher.signedIn(stack), home)
  await settleIn(phone, home)
  await phone.el('notice-banner').waitFor()
  return noticeId
}

interface Look {
  readonly mode: string
  readonly limits: Limits
  readonly noticeId: string
}

async function lookAround(phone: Phone, { mode, limits, noticeId }: Look): Promise<void> {
  const faults: string[] = []
  const look = async (page: string): Promise<void> => {
    await phone.shot(`${mode}-${page.replace(/\W+/g, '-').slice(0, 40)}`)
    for (const fault of [...(await lookFaults(phone, limits)), ...(await phone.axe())])
      faults.push(`${page}: ${fault}`)
  }
  await look('home')
  if (mode === 'elder') await phone.goTo('pages/bills/index')
  await phone.row(/采暖季/).click()
  await phone.el('bill-amount').waitFor()
  await look('bill')
  await phone.tap('pay-bill')
  await phone.el('pay-now').waitFor()
  await look('cashier')
  for (const [route, word] of [[`notices/detail/index?noticeId=${noticeId}`, '通知我'] as const, ...PAGES]) {
    await phone.goTo(route)
    await phone.sees(word)
    await look(route)
    if (word !== KNOWN) continue
    await phone.tap('report-anyway')
    await phone.sees('我们承诺')
    await look('the form behind it')
  }
  expectNone(`looks, ${mode}`, faults)
}

export const lookJourneys: readonly Journey[] = [
  {
    name: 'looks: targets of 44 px and contrast of 4.5 on every page',
    wallet: 'wechat',
    walk: async (phone, stack) => {
      const noticeId = await settleInOutage(phone, stack)
      await lookAround(phone, { mode: 'normal', limits: NORMAL, noticeId })
    },
  },
  {
    name: 'looks: the same in the dark',
    wallet: 'wechat',
    context: { colorScheme: 'dark' },
    walk: async (phone, stack) => {
      const noticeId = await settleInOutage(phone, stack)
      await lookAround(phone, { mode: 'dark', limits: NORMAL, noticeId })
    },
  },
  {
    name: 'looks: elder mode has letters of 18 px and targets of 60 px at home',
    wallet: 'wechat',
    walk: async (phone, stack) => {
      const noticeId = await settleInOutage(phone, stack)
      await phone.tapText('长辈版')
      await phone.el('leave-elder').waitFor()
      await lookAround(phone, { mode: 'elder', limits: ELDER, noticeId })
    },
  },
  {
    name: 'looks: nothing grave on any page of the console, at 1280, 1440 and 1920',
    wallet: 'wechat',
    walk: async (phone, stack, browser) => {
      await settleIn(phone, stack.takeHousehold('heating'))
      const faults: string[] = []
      for (const [who, pages] of Object.entries(DESKS)) {
        const desk = await Desk.open(browser, stack, who, { width: 1280 })
        for (const page of pages) {
          await desk.goTo(page)
          for (const width of WIDTHS) {
            await desk.page.setViewportSize({ width, height: 900 })
            await desk.settle()
            await desk.shot(`looks-${page.slice(1)}-${width}`)
            // What axe finds is the same at each width; what is too wide is not.
            const found = width === WIDTHS[0] ? await desk.lookFaults() : await desk.tooWide()
            for (const fault of found) faults.push(`${page} at ${width}: ${fault}`)
          }
        }
        await desk.checkFaults()
        await desk.close()
      }
      expectNone('looks of the console', faults)
    },
  },
]
