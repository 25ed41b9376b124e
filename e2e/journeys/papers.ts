import { readFile } from 'node:fs/promises'
import type { Browser, Locator } from 'playwright-core'
import { until } from '../../scripts/processes'
import type { DemoHousehold } from '../demo-data'
import { photograph } from '../printed'
import { expectNone, expectThat } from '../report'
import type { Stack } from '../stack'
import { pay, settleIn, toCashier } from './acts'
import { axeFaults } from './axe'
import { Guard } from './guard'
import { openSignedIn, type Pc } from './hall'
import type { Journey } from './journey'
import { fenIn, fenOf, readPdf, readSheet } from './paper-files'
import type { Phone } from './phone'
import { takeShot } from './shots'

const BUYER = { name: '示范物业服务有限公司', taxNo: '91350100M000100Y43' } as const
const MAIL_TIMEOUT_MS = 15_000
/** What the household had before, by how many months ago. */
const PAST_FEN: readonly number[] = [8_123, 12_055, 9_940]

/** `2026-09`, so many months before this one in Shanghai. */
function monthBefore(count: number): string {
  const now = new Date(Date.now() + 8 * 3_600_000)
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - count, 1)).toISOString().slice(0, 7)
}

/** A household with some past that has just paid what it owes. */
async function livedIn(phone: Phone, stack: Stack): Promise<DemoHousehold> {
  const home = stack.takeHousehold('gas')
  stack.addPastBills(
    home.accountNo,
    Object.fromEntries(PAST_FEN.map((fen, index) => [monthBefore(index + 2), fen])),
  )
  await settleIn(phone, home)
  await toCashier(phone)
  await pay(phone)
  return home
}

/** Labels and values of a card. */
const factsIn = (card: Locator): Promise<(readonly [string, string])[]> =>
  card
    .locator('.fact')
    .evaluateAll((facts) =>
      facts.map(
        (fact) => [fact.children[0]?.textContent ?? '', fact.children[1]?.textContent ?? ''] as const,
      ),
    )

interface Shown {
  readonly facts: readonly (readonly [string, string])[]
  readonly closing: string
  /** Oldest first, as in files. */
  readonly lines: readonly { readonly title: string; readonly fen: number }[]
}

async function readShown(pc: Pc): Promise<Shown> {
  const rows = await pc
    .el('statement-lines')
    .locator('.row')
    .evaluateAll((all) =>
      all.map((row) => ({
        title: row.querySelector('.grow > *')?.textContent ?? '',
        sum: row.querySelector('.row-side .num')?.textContent ?? '',
      })),
    )
  return {
    facts: await factsIn(pc.el('statement-sums')),
    closing: await pc.el('statement-closing').innerText(),
    lines: rows.map(({ title, sum }) => ({ title, fen: fenIn(sum) })).toReversed(),
  }
}

/** Every figure of the page stands in the sheet, and no movement is missing or too many. */
async function sameInSheet(shown: Shown, path: string): Promise<void> {
  const rows = await readSheet(path)
  const cell = (label: string) => rows.find(([first]) => first === `${label}(元)`)?.[1]
  const wrong = [...shown.facts, ['期末余额', shown.closing] as const].filter(([label, value]) => {
    const kept = cell(label)
    return value === '暂无数据' ? kept !== value : Math.abs(fenOf(kept)) !== Math.abs(fenIn(value))
  })
  expectNone('figures of the page that the sheet tells otherwise', wrong.map(String))
  const head = rows.findIndex(([first]) => first === '日期')
  const lines = rows.slice(head + 1).map((row) => `${row[2]} ${fenOf(row[5])}`)
  const wanted = shown.lines.map(({ title, fen }) => `${title} ${fen}`)
  expectThat(
    wanted.length > PAST_FEN.length && JSON.stringify(lines) === JSON.stringify(wanted),
    `the sheet has\n${lines.join('\n')}\nthe page\n${wanted.join('\n')}`,
  )
}

const yuan = (fen: number): string => (fen / 100).toFixed(2)

async function sameInPrint(shown: Shown, path: string, home: DemoHousehold): Promise<void> {
  const text = await readPdf(path)
  const wanted = [
    home.accountNo,
    yuan(Math.abs(fenIn(shown.closing))),
    ...shown.facts.map(([label, value]) =>
      label === '期初余额' ? yuan(fenIn(value)) : `${label}(元)${yuan(fenIn(value))}`,
    ),
    ...shown.lines.map(({ fen }) => yuan(fen)),
  ]
  expectNone(
    'not in the printed statement',
    wanted.filter((words) => !text.includes(words)),
  )
}

/** The statement of the year, as a sheet and in print; and of this month alone, with nothing before it. */
async function walkStatement(pc: Pc, home: DemoHousehold): Promise<void> {
  await pc.el('nav-statement').click()
  await pc.el('statement-lines').waitFor()
  await pc.shot('statement')
  await pc.axe()
  // Two years hold the past whatever month it is; the year alone may have begun yesterday.
  const shown = await readWithPast(pc)
  expectThat(
    shown.lines.some(({ fen }) => fen === -home.owedFen),
    `the payment of ${home.owedFen} fen is not in the statement`,
  )
  await sameInSheet(shown, await pc.download('statement-xlsx'))
  await sameInPrint(shown, await pc.download('statement-pdf'), home)
  const days = await pc.el('span-days').innerText()
  await pc.el('span-picker').getByText('本月', { exact: true }).click()
  await pc.el('span-days').filter({ hasNotText: days }).waitFor()
  await pc.el('statement-lines').waitFor()
  const month = await readShown(pc)
  expectThat(
    month.lines.length < shown.lines.length && month.lines.some(({ fen }) => fen === -home.owedFen),
    `this month has ${month.lines.length} of ${shown.lines.length} movements`,
  )
  await pickDays(pc)
}

/** Any two days, in the browser's own fields, which a keyboard fills; what is not offered changes nothing. */
async function pickDays(pc: Pc): Promise<void> {
  await pc.el('span-picker').getByText('自选', { exact: true }).click()
  const from = `${monthBefore(3)}-15`
  await pc.el('span-from').fill(from)
  await pc.el('span-days').filter({ hasText: from }).waitFor()
  await pc.el('span-to').fill(`${monthBefore(4)}-01`)
  await pc.el('span-to').fill(`${monthBefore(1)}-20`)
  await pc
    .el('span-days')
    .filter({ hasText: `${from} 至 ${monthBefore(1)}-20` })
    .waitFor()
  await pc.shot('statement-days')
  await pc.axe()
}

async function readWithPast(pc: Pc): Promise<Shown> {
  await pc.el('span-picker').getByText('近半年', { exact: true }).click()
  await pc.el('statement-lines').locator('.row').nth(PAST_FEN.length).waitFor()
  return readShown(pc)
}

const tableIn = (box: Locator): Promise<string[][]> =>
  box
    .locator('[role=row]')
    .evaluateAll((rows) =>
      rows.map((row) => Array.from(row.children, (cell) => cell.textContent?.trim() ?? '')),
    )

/** Bars are drawn, longest for the highest figure; tables and sheet tell the same of every month. */
async function walkReport(pc: Pc): Promise<void> {
  await pc.el('to-report').click()
  const paid = pc.el('chart-paid')
  await paid.locator('.papers-bars').nth(11).waitFor()
  const widths = await paid
    .locator('.papers-bar')
    .evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width))
  expectThat(Math.max(...widths) > 40, `the longest bar of the chart is ${Math.max(...widths)} px`)
  await pc.shot('report')
  await pc.axe()
  await pc.el('chart-used').waitFor()
  await pc.el('chart-paid-table').click()
  await pc.el('chart-used-table').click()
  const [, ...months] = await tableIn(pc.el('chart-paid-figures'))
  const [, ...used] = await tableIn(pc.el('chart-used-figures'))
  await pc.shot('report-tables')
  const totals = await factsIn(pc.el('report-totals'))
  const rows = await readSheet(await pc.download('report-xlsx'))
  const head = rows.findIndex(([first]) => first === '月份')
  const kept = rows.slice(head + 1, head + 13).toReversed()
  const wrong = months.flatMap(([label = '', ...sums], index) => {
    const [month = '', ...cells] = kept[index] ?? []
    const [year, number] = String(month).split('-')
    const quantity = String(used[index]?.[1] ?? '').replace(/（估抄）$/, '')
    const same =
      label === `${year}年${Number(number)}月` &&
      sums.every((sum, at) => fenIn(sum) === fenOf(cells[at])) &&
      (quantity === '无数据' ? cells[3] === '暂无数据' : Number(quantity) === cells[3])
    return same ? [] : [`${label} ${sums.join(' ')} ${quantity} | ${[month, ...cells].join(' ')}`]
  })
  expectNone('months that the sheet tells otherwise', wrong)
  expectThat(
    months.length === 12 && used.some(([, text = '']) => /\d/.test(text)),
    `the report has ${months.length} months`,
  )
  const sums = rows.find(([first]) => first === '合计') ?? []
  expectNone(
    'totals that the sheet tells otherwise',
    totals.filter(([, value], index) => fenIn(value) !== fenOf(sums[index + 1])).map(String),
  )
}

interface Proof {
  readonly code: string
  readonly url: string
  readonly amount: string
}

/** The proof of what was just paid, from the statement that is shown. */
async function openProof(pc: Pc, home: DemoHousehold): Promise<void> {
  await pc
    .el('statement-lines')
    .locator('.row', { hasText: `-¥${yuan(home.owedFen).replace(/\B(?=(\d{3})+\.)/g, ',')}` })
    .first()
    .click()
  await pc.el('make-proof').click()
  await pc.el('proof-facts').waitFor()
}

/** From the payment in the statement to the proof of it, on paper with its code. */
async function walkProof(pc: Pc, stack: Stack, home: DemoHousehold): Promise<Proof> {
  await pc.el('nav-statement').click()
  await openProof(pc, home)
  await pc.shot('proof')
  const code = (await pc.el('proof-code').innerText()).trim()
  const amount = new Map(await factsIn(pc.el('proof-facts'))).get('金额') ?? ''
  expectThat(fenIn(amount) === home.owedFen, `the proof is of ${amount}, paid were ${home.owedFen} fen`)
  const path = await pc.download('proof-pdf')
  const text = await readPdf(path)
  expectNone(
    'not on the printed proof',
    [code, yuan(home.owedFen), home.accountNo].filter((words) => !text.includes(words)),
  )
  const { link } = await photograph(new Uint8Array(await readFile(path)))
  expectThat(
    link === `${stack.portal}/verify/${code.replaceAll('-', '')}`,
    `the code on the proof says ${link}`,
  )
  // Asked for once more, weeks later or by another of the family, it is the same proof.
  await pc.el('nav-statement').click()
  await openProof(pc, home)
  expectThat((await pc.el('proof-code').innerText()).trim() === code, 'a second proof has another code')
  return { code, url: link, amount }
}

/** Whoever was given the proof, in a browser of their own: a genuine one, one mistyped, one that nobody issued. */
async function strangerChecks(browser: Browser, proof: Proof, home: DemoHousehold): Promise<void> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 } })
  await context.addInitScript('globalThis.__name = (named) => named')
  const guard = new Guard(context)
  const page = await context.newPage()
  const el = (id: string): Locator => page.locator(`#${id}:visible`).last()
  const verdict = async (words: string): Promise<void> => {
    await el('verdict').filter({ hasText: words }).waitFor()
  }
  await page.goto(proof.url)
  await verdict('证明属实')
  const facts = new Map(await factsIn(el('proof-facts')))
  expectThat(
    facts.get('金额') === proof.amount && facts.get('当前状态') === '已缴费，没有退款',
    `a stranger reads ${JSON.stringify([...facts])}`,
  )
  const words = await page.locator('body').innerText()
  expectNone(
    'told to a stranger',
    [home.accountNo, home.phone].filter((secret) => words.includes(secret)),
  )
  await takeShot(page, 'papers-stranger-1-genuine')
  expectNone('axe on a checked proof', await axeFaults(page))
  await el('verify-again').click()
  // One character that is not what was printed: whoever types is told so, and nobody is called a forger.
  const last = proof.code.endsWith('7') ? '8' : '7'
  await ask(page.locator('#verify-code:visible').last(), `${proof.code.slice(0, -1)}${last}`)
  await el('verify-ask').click()
  await verdict('验证码输错了')
  await takeShot(page, 'papers-stranger-2-mistyped')
  await el('verify-again').click()
  // It could be one of ours, and is none.
  await ask(page.locator('#verify-code:visible').last(), '0000-0000-0000-0000')
  await el('verify-ask').click()
  await verdict('查无此证明')
  expectThat((await page.locator('#proof-facts:visible').count()) === 0, 'a forged code shows facts')
  await takeShot(page, 'papers-stranger-3-forged')
  expectNone(
    'asked for a stranger',
    guard.asked.filter((name) => !/^(portal\.|papers\.checkProof)/.test(name)),
  )
  expectThat(guard.authorization === null, 'the stranger was signed in')
  expectNone('faults in the stranger’s browser', await guard.found(page))
  await context.close()
}

/** A line is an element around its input, and in some browsers the input itself. */
async function ask(field: Locator, text: string): Promise<void> {
  await field.locator('input').fill(text)
}

interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly attachments: readonly { readonly fileName: string; readonly base64: string }[]
}

/** A title that was saved before is offered by itself; the invoice comes by mail, with the very figures of the page. */
async function walkInvoice(pc: Pc, stack: Stack, home: DemoHousehold): Promise<void> {
  await pc.el('nav-invoices').click()
  await pc.el('to-titles').click()
  await pc.el('title-add').click()
  await pc.page.locator('.choice:visible', { hasText: '单位' }).last().click()
  await ask(pc.el('title-name'), BUYER.name)
  await ask(pc.el('title-tax-no'), BUYER.taxNo)
  await pc.shot('title')
  await pc.el('title-save').click()
  await pc.page.locator('.row:visible', { hasText: BUYER.taxNo }).last().waitFor()
  await pc.el('nav-invoices').click()
  await pc.el('ask-invoice').click()
  const title = pc.page.locator('.row[aria-checked=true]:visible', { hasText: BUYER.taxNo }).last()
  await title.waitFor()
  await pc.page.locator('[id^=item-]:visible').first().click()
  const address = `finance-${home.accountNo}@example.com`
  await ask(pc.el('mail-other'), address)
  await pc.shot('invoice-request')
  await pc.axe()
  await pc
    .el('send-request')
    .filter({ hasText: yuan(home.owedFen) })
    .click()
  await pc.page.getByText('已开票').locator('visible=true').last().waitFor()
  const mail = await mailTo(stack, address)
  const text = await readPdf(new Uint8Array(Buffer.from(mail.attachments[0]?.base64 ?? '', 'base64')))
  expectNone(
    'not in the mail',
    [`${yuan(home.owedFen)} 元`].filter((words) => !mail.text.includes(words)),
  )
  expectNone(
    'not on the invoice',
    [BUYER.name, BUYER.taxNo, `¥${yuan(home.owedFen)}`].filter((words) => !text.includes(words)),
  )
  const { entries } = await stack.control<{ entries: { invoiceNo: string; order: { buyer: object } }[] }>(
    '/tax',
  )
  const issued = entries.find(({ invoiceNo }) => invoiceNo !== null && text.includes(invoiceNo))
  expectThat(issued !== undefined, 'the tax platform knows no invoice with the number of the mailed one')
  await pc.page
    .getByText(/^已发到 /)
    .locator('visible=true')
    .last()
    .waitFor()
  await pc.shot('invoice')
}

async function mailTo(stack: Stack, address: string): Promise<Mail> {
  let found: Mail | undefined
  await until(
    async () => {
      const { messages } = await stack.control<{ messages: Mail[] }>('/mail')
      found = messages.find(({ to }) => to.includes(address))
      return found !== undefined
    },
    {
      timeoutMs: MAIL_TIMEOUT_MS,
      everyMs: 100,
      timedOut: () => `no mail came to ${address}\n${stack.lastWords()}`,
    },
  )
  if (!found) throw new Error(`no mail came to ${address}`)
  return found
}

export const paperJourneys: readonly Journey[] = [
  {
    name: 'papers on a PC: statement, charts, XLSX and PDF tell the same; an invoice comes by mail; a stranger checks the proof',
    wallet: 'wechat',
    walk: async (phone, stack, browser) => {
      const home = await livedIn(phone, stack)
      const pc = await openSignedIn(phone, stack, browser)
      try {
        await walkStatement(pc, home)
        await walkReport(pc)
        const proof = await walkProof(pc, stack, home)
        await strangerChecks(browser, proof, home)
        await walkInvoice(pc, stack, home)
      } catch (error) {
        await pc.shot('FAILED')
        throw error
      }
      await pc.close()
    },
  },
]
