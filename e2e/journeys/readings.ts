import type { Browser } from 'playwright-core'
import { until } from '../../scripts/processes'
import { Printer } from '../printed'
import { expectNone, expectThat } from '../report'
import type { Stack } from '../stack'
import { settleIn } from './acts'
import { Desk } from './desk'
import type { Journey } from './journey'
import { expectGoodLooks } from './measure'
import { type Phone, WALLETS, walletTitles } from './phone'
import { addPhotos } from './photos'
import { scan } from './scan-acts'

interface CompanyBooks {
  readonly readings: readonly { readonly value: string; readonly meterNo: string }[]
}

/** What the meter showed last, as it stands on the page. */
export async function lastValue(phone: Phone): Promise<number> {
  const text = await phone.el('last-value').innerText()
  const value = Number.parseFloat(text)
  expectThat(Number.isFinite(value), `the last reading is “${text}”`)
  return value
}

export async function typeReading(phone: Phone, value: number): Promise<void> {
  await phone.frame.locator('#meter-value:visible input').fill(String(value))
  await phone.el('reading-hint').waitFor()
}

/** The gas company's own books have the reading, by the door that payments take, too. */
const posted = (stack: Stack, value: number): Promise<void> =>
  until(
    async () => {
      const { readings } = await stack.control<CompanyBooks>('/utility/gas')
      return readings.some((reading) => Number(reading.value) === value)
    },
    {
      timeoutMs: 15_000,
      everyMs: 200,
      timedOut: () => `the company was not told of ${value}\n${stack.lastWords()}`,
    },
  )

/** A person looks at the photo beside the history and writes down what it shows. */
async function decide(
  browser: Browser,
  stack: Stack,
  { said, shown }: { said: number; shown: number },
): Promise<void> {
  const desk = await Desk.open(browser, stack, 'zhaomin')
  await desk.goTo('/readings')
  await desk.sees(String(said))
  await desk.shot('queue')
  expectNone('looks of the queue', await desk.lookFaults())
  const row = desk.page.getByRole('row', { name: new RegExp(String(said)) })
  await row.getByRole('link').click()
  await desk.page.getByRole('heading', { level: 1, name: new RegExp(String(said)) }).waitFor()
  await desk.page.locator('img.reading-photo, .reading-photo img').first().waitFor()
  await desk.sees('比上次少')
  await desk.shot('reading')
  expectNone('looks of a doubtful reading', await desk.lookFaults())
  await desk.button('改成照片上的数').click()
  await desk.page.getByLabel(/按照片填/).fill(String(shown))
  await desk.shot('correct')
  await desk.clickInDialog('采用')
  await desk.page.getByRole('dialog').waitFor({ state: 'detached' })
  await desk.goTo('/readings?tab=adopted')
  await desk.sees(`核实为 ${shown}`)
  await desk.shot('adopted')
  await desk.goTo('/readings?tab=report')
  await desk.settle()
  await desk.shot('month')
  expectNone('looks of the month', await desk.lookFaults())
  await desk.checkFaults()
  await desk.close()
}

/** By whoever scans the code at the meter, without a login. */
async function readByCode(phone: Phone, stack: Stack): Promise<void> {
  const { accountNo } = stack.takeHousehold('gas')
  const code = await (await Printer.signedIn(stack)).print('gas', accountNo)
  await phone.el('read-privacy').waitFor()
  await scan(phone, code)
  await phone.tap('code-read')
  await phone.tap('code-agree')
  await phone.el('window-left').waitFor()
  await phone.shot('meter')
  const value = (await lastValue(phone)) + 20
  await typeReading(phone, value)
  await addPhotos(phone, ['燃气表'])
  await phone.shot('typed')
  await expectGoodLooks(phone, 'the meter')
  await phone.tap('submit-reading')
  await phone.el('reading-result').waitFor()
  await phone.sees('已采用')
  await phone.shot('adopted')
  await expectGoodLooks(phone, 'the result')
  await posted(stack, value)
}

async function readBackwards(phone: Phone, stack: Stack, browser: Browser): Promise<void> {
  await settleIn(phone, stack.takeHousehold('gas'))
  await phone.goTo('meter/report/index')
  await phone.el('last-value').waitFor()
  const last = await lastValue(phone)
  const said = last - 3
  const shown = last + 17
  await typeReading(phone, said)
  await phone.tap('submit-reading')
  await phone.el('part-reason').waitFor()
  await phone.tapText('上次抄错了')
  await addPhotos(phone, ['燃气表'])
  await phone.shot('reason')
  await phone.tap('submit-reading')
  await phone.el('reading-result').waitFor()
  await phone.sees('需核实')
  await phone.shot('doubtful')
  await decide(browser, stack, { said, shown })
  await phone.own('reload').click()
  await phone.sees('已采用')
  await phone.sees(new RegExp(`${shown}`))
  await phone.shot('decided')
  await posted(stack, shown)
}

export const readingJourneys: readonly Journey[] = WALLETS.flatMap((wallet) => [
  {
    name: `${walletTitles[wallet]}: a reading: scanned, read off the meter with a photo, adopted, and in the company’s books`,
    wallet,
    walk: readByCode,
  },
  {
    name: `${walletTitles[wallet]}: a doubtful reading: less than before, with a reason and a photo; a person decides, and the household sees it`,
    wallet,
    walk: readBackwards,
  },
])
