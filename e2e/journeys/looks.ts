import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../scripts/sources'
import { expectNone } from '../report'
import { Desk } from './desk'
import { type Everything, settleWithEverything } from './everything'
import type { Journey } from './journey'

/** What people at work have on their desks. */
const WIDTHS = [1280, 1440, 1920] as const

/** The console's pages, by somebody who may open them. */
const desks = (all: Everything): Readonly<Record<string, readonly string[]>> => ({
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
    '/codes',
    '/codes?tab=orders',
    '/readings',
    '/readings?tab=adopted',
    '/readings?tab=report',
    '/heating',
    '/heating?tab=approve',
    '/heating?tab=supplies',
    '/heating?tab=ledger',
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
    '/outlets',
    '/invoices',
    '/privacy',
    '/me',
    `/requests/${all.requestId}`,
    `/notices/${all.noticeId}`,
    `/readings/${all.readingId}`,
    `/heating/${all.caseId}`,
    `/invoices/${all.invoiceId}`,
    `/knowledge/${all.articleId}`,
  ],
  fengshen: ['/audit'],
})

/** Where one is before one is somebody. */
const BEFORE = ['/sign-in', '/set-up']

/** Pages that nobody of the above opens. Those of one thing are looked at where there is such a thing. */
function neverLooked(opened: readonly string[]): string[] {
  const router = readFileSync(join(ROOT, 'console/src/routes/router.tsx'), 'utf8')
  const paths = [...router.matchAll(/page\('([^':?]+?)(?:\/:\w+\?)?'/g)].map(([, path = '']) => path)
  const looked = [...BEFORE, ...opened.map((one) => one.split('?')[0])]
  return paths.filter((path) => !looked.includes(path)).map((path) => `nobody looks at ${path}`)
}

export const lookJourneys: readonly Journey[] = [
  {
    name: 'looks: nothing grave on any page of the console, at 1280, 1440 and 1920',
    wallet: 'wechat',
    walk: async (phone, stack, browser) => {
      const all = await settleWithEverything(phone, stack)
      const faults = neverLooked(Object.values(desks(all)).flat())
      for (const [who, pages] of Object.entries(desks(all))) {
        const desk = await Desk.open(browser, stack, who, { width: 1280 })
        for (const page of pages) {
          await desk.goTo(page)
          for (const width of WIDTHS) {
            await desk.page.setViewportSize({ width, height: 900 })
            await desk.settle()
            // What axe finds is the same at each width; what is too wide is not.
            const found = width === WIDTHS[0] ? await desk.lookFaults() : await desk.tooWide()
            for (const fault of found) faults.push(`${page} at ${width}: ${fault}`)
            if (width !== 1440) await desk.shot(`looks-${page.slice(1).replace(/\W+/g, '-')}-${width}`)
          }
        }
        await desk.checkFaults()
        await desk.close()
      }
      expectNone('looks of the console', faults)
    },
  },
]
