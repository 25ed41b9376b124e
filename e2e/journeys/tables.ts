import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { Publisher } from '../publisher'
import { expectThat } from '../report'
import { Desk } from './desk'
import type { Journey } from './journey'

/** What Excel would run; written where anybody who publishes can write. */
const FORMULA = '=1+1 号泵检修'

/** The file that a table gives, line by line, with its name. */
async function saved(desk: Desk, table: string): Promise<{ name: string; lines: string[][] }> {
  const [download] = await Promise.all([
    desk.page.waitForEvent('download'),
    desk.button(`本页 CSV ${table}`).click(),
  ])
  const text = await readFile(await download.path(), 'utf8')
  expectThat(text.startsWith('\uFEFF'), `${table}: the file has no mark by which Excel reads Chinese`)
  return { name: download.suggestedFilename(), lines: parse(text.slice(1)) as string[][] }
}

/** The table as it stands on the screen, without the column of acts. */
async function seen(desk: Desk): Promise<string[][]> {
  const rows = desk.page.locator('table tr:has(> th, > td)')
  const cells = await rows.evaluateAll((all) =>
    all
      .filter((row) => row.getAttribute('aria-hidden') !== 'true')
      .map((row) => [...row.children].map((cell) => (cell as HTMLElement).innerText)),
  )
  return cells.map((row) => row.slice(0, -1).map((cell) => cell.trim().replace(/\s*\n\s*/g, ' · ')))
}

async function toggle(desk: Desk, table: string, column: string): Promise<void> {
  await desk.button(`列 ${table}`).click()
  await desk.clickStill(desk.page.getByRole('checkbox', { name: column, exact: true }))
  await desk.page.keyboard.press('Escape')
}

export const tableJourneys: readonly Journey[] = [
  {
    name: 'tables: chosen columns are remembered, and a file holds what the table shows',
    wallet: 'wechat',
    walk: async (_phone, stack, browser) => {
      const publisher = await Publisher.signedIn(stack)
      await publisher.publish({
        companyId: 'heating',
        kind: 'general',
        title: FORMULA,
        words: '三号泵例行检修，供暖不受影响。',
        reasonWords: '例行检修',
        startsInHours: 1,
        endsInHours: 3,
        places: [],
        accountNos: [stack.takeHousehold('heating').accountNo],
      })
      const desk = await Desk.open(browser, stack, 'zhaomin')
      await desk.goTo('/people')
      await desk.sees('孙师傅')
      await toggle(desk, '人员账号', '手机号')
      await desk.page.getByRole('columnheader', { name: '手机号' }).waitFor({ state: 'detached' })
      await desk.page.reload()
      await desk.sees('孙师傅')
      const people = await saved(desk, '人员账号')
      const onScreen = await seen(desk)
      expectThat(!people.lines[0]?.includes('手机号'), 'a hidden column came back, or is in the file')
      expectThat(
        JSON.stringify(people.lines) === JSON.stringify(onScreen),
        `the file says ${JSON.stringify(people.lines)}\nthe table says ${JSON.stringify(onScreen)}`,
      )
      expectThat(/^人员账号-\d{4}-\d\d-\d\d\.csv$/.test(people.name), `the file is called ${people.name}`)
      await toggle(desk, '人员账号', '手机号')
      await desk.page.getByRole('columnheader', { name: '手机号' }).waitFor()
      await desk.shot('people')

      await desk.goTo('/notices')
      await desk.sees(FORMULA)
      const notices = await saved(desk, '公告列表')
      const first = notices.lines[1]?.[0] ?? ''
      expectThat(first.startsWith(`'${FORMULA}`), `a spreadsheet would run ${first}`)
      await desk.shot('notices')
      await desk.checkFaults()
      await desk.close()
    },
  },
]
