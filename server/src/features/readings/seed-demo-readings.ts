import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CoreCtx } from '../../core/context'
import { companyOf } from '../../core/config/companies'
import { inTransaction } from '../../core/db/database'
import { addPaidBills, importBills, type MeterBill, meterBillsOf, type PaidBill } from '../billing'
import { idsByAccountNo } from '../households'
import { periodDay, priceOf, packsOfCompany, stepsOn } from '../tariffs'

/** The household that `npm start` names as the one whose newest bill was estimated. */
export const DEMO_ESTIMATED = { companyId: 'gas', accountNo: '0008800011' } as const

/** What it used in January, February, …: a kitchen, and a little heating. */
const YEAR = [41, 39, 35, 29, 25, 22, 20, 19, 22, 25, 30, 37]
const MONTHS = 14
/** What the company guessed for the month after the export. */
const GUESSED = 38

/**
 * Gives one household of the demo's gas export a past, and a newest bill that the company guessed, through the very
 * import that a company uses. Answers whether it did: a household with more than the export's bill has both already.
 */
export async function seedDemoReadings(ctx: CoreCtx, exportPath: string): Promise<boolean> {
  const { companyId, accountNo } = DEMO_ESTIMATED
  if (!ctx.config.companies.some(({ id }) => id === companyId)) return false
  const id = (await idsByAccountNo(ctx.db.reader, companyId, [accountNo])).get(accountNo)
  const bills = id === undefined ? [] : await meterBillsOf(ctx.db.reader, id, 2)
  const [newest] = bills
  if (id === undefined || newest === undefined || bills.length > 1) return false
  await inTransaction(ctx, (tx) => addPaidBills(tx, ctx, { id, companyId, accountNo }, pastOf(ctx, newest)))
  await importEstimate(ctx, exportPath, newest)
  return true
}

const monthOf = (period: string, by: number): string =>
  new Date(Date.UTC(Number(period.slice(0, 4)), Number(period.slice(5)) - 1 + by, 1))
    .toISOString()
    .slice(0, 7)

function pastOf(ctx: CoreCtx, newest: MeterBill): PaidBill[] {
  const company = companyOf(ctx, newest.companyId)
  let current = Number(newest.previous)
  return Array.from({ length: MONTHS }, (_, index) => {
    const period = monthOf(newest.period, -1 - index)
    const used = YEAR[Number(period.slice(5)) - 1] ?? 0
    const shown = current
    current -= used
    const steps = stepsOn(company, periodDay(newest.period))
    const [first] = steps
    const feeFen =
      priceOf(packsOfCompany(company), {
        from: periodDay(newest.period),
        to: periodDay(newest.period),
        quantity: String(used),
      })?.totalFen ?? 0
    return {
      period,
      title: `${period.slice(0, 4)}年${Number(period.slice(5))}月燃气费`,
      amountFen: feeFen,
      lateFeeFen: 0,
      dueOn: null,
      facts: {
        basis: 'tiers',
        meterNo: newest.meterNo,
        previous: String(current),
        current: String(shown),
        multiplier: null,
        used: String(used),
        readOn: `${period}-17`,
        readBy: 'read',
        // No month of this home leaves the first tier.
        tiers: [{ quantity: String(used), price: first?.price ?? '0', upTo: first?.upTo ?? null }],
        feeFen,
        lateFeeFen: 0,
      },
    }
  })
}

/** The household's own line of the export, a month later, with the column that says how it was read. */
async function importEstimate(ctx: CoreCtx, exportPath: string, newest: MeterBill): Promise<void> {
  const lines = (await readFile(exportPath, 'utf8')).split(/\r?\n/)
  const header = (lines[0] ?? '').replace(/^\uFEFF/, '').split(',')
  const line = lines.find((one) => one.startsWith(`${newest.accountNo},`))?.split(',')
  if (line === undefined) throw new Error(`${exportPath} has no ${newest.accountNo}`)
  const period = monthOf(newest.period, 1)
  const price = '3.5'
  const changes: Readonly<Record<string, string>> = {
    上期抄见: newest.current,
    本期抄见: String(Number(newest.current) + GUESSED),
    '用气量(m³)': String(GUESSED),
    一阶气量: String(GUESSED),
    气费: (GUESSED * Number(price)).toFixed(2),
    账期: period,
    抄表日期: `${period}-17`,
    缴费截止日: `${monthOf(newest.period, 2)}-20`,
  }
  const record = header.map((name, index) => changes[name] ?? line[index] ?? '')
  const folder = await mkdtemp(join(tmpdir(), 'yihu-demo-readings-'))
  try {
    const path = join(folder, `gas-${period}.csv`)
    await writeFile(path, `${[...header, '抄表方式'].join(',')}\n${[...record, '估抄'].join(',')}\n`)
    const { report } = await importBills(ctx, { companyId: newest.companyId, path })
    if (report.accepted !== 1)
      throw new Error(`the demo's estimate was refused: ${JSON.stringify(report.rejected)}`)
  } finally {
    await rm(folder, { recursive: true })
  }
}
