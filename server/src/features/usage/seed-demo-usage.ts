import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shanghaiDay } from '../../core/clock'
import { type CompanyConfig, companyOf } from '../../core/config/companies'
import type { CoreCtx } from '../../core/context'
import { inTransaction } from '../../core/db/database'
import { addPaidBills, type AreaFacts, periodBills, type TierFacts } from '../billing'
import { idsByAccountNo } from '../households'
import { periodDay, stepsOn, unitOf } from '../tariffs'
import { importDays } from './import-days'
import { fromMilli } from './milli'
import { addDays, addMonths, monthAfter, monthWords } from './periods'

/** The households that `npm start` names, and what a year there looks like: units used in January, February, … */
const POWER = {
  companyId: 'power',
  accountNo: '0014300024',
  words: '电费',
  year: [290, 260, 210, 180, 190, 260, 390, 410, 300, 215, 230, 275],
}
const GAS = {
  companyId: 'gas',
  accountNo: '0008806118',
  words: '燃气费',
  year: [96, 92, 80, 64, 50, 38, 30, 28, 36, 52, 74, 90],
}
/** One whose meter was read, and one whose newest bill was guessed, so that what it reports has a past to be judged by. */
const WATER = ['6600000480', '6600000001'].map((accountNo, index) => ({
  companyId: 'water',
  accountNo,
  words: '水费',
  year: [12, 11, 12, 13, 14, 15, 17, 17, 14, 13, 12, 12].map((used) => used - 2 * index),
}))
const HEATING = { companyId: 'heating', accountNo: '002100007002' }

const MONTHS = 23
const DAYS = 60
/** Meters that were out of reach for a while: days of which nobody knows anything. */
const GAPS: ReadonlySet<number> = new Set([31, 32])

/**
 * Two years of paid bills and sixty days for the demo's households, so that there is something to understand.
 * Answers whether it did: a household with more than the export's bill has a history already.
 */
export async function seedDemoUsage(ctx: CoreCtx): Promise<boolean> {
  const power = await metered(ctx, POWER)
  const gas = await metered(ctx, GAS)
  const heating = await season(ctx)
  let water = false
  for (const home of WATER) if (await metered(ctx, home)) water = true
  if (power) await seedDays(ctx)
  return power || gas || heating || water
}

async function householdOf(
  ctx: CoreCtx,
  { companyId, accountNo }: { readonly companyId: string; readonly accountNo: string },
) {
  if (!ctx.config.companies.some(({ id }) => id === companyId)) return null
  const id = (await idsByAccountNo(ctx.db.reader, companyId, [accountNo])).get(accountNo)
  if (id === undefined) return null
  const bills = await periodBills(ctx.db.reader, id, 2)
  const [newest] = bills
  return newest === undefined || bills.length > 1 ? null : { household: { id, companyId, accountNo }, newest }
}

interface MeteredHome {
  readonly companyId: string
  readonly accountNo: string
  readonly words: string
  readonly year: readonly number[]
}

async function metered(ctx: CoreCtx, of: MeteredHome): Promise<boolean> {
  const found = await householdOf(ctx, of)
  if (found === null) return false
  const { facts } = found.newest
  if (facts.basis !== 'tiers') return false
  const company = companyOf(ctx, of.companyId)
  const now = facts as TierFacts
  let reading = Number(now.previous)
  const bills = Array.from({ length: MONTHS }, (_, index) => {
    const period = addMonths(found.newest.period, -1 - index)
    const used = usedIn(of.year, period)
    const current = reading
    reading -= used
    const bill = tierBill(company, now, { period, used, current, readOn: readOn(now.readOn, -1 - index) })
    return { period, title: `${monthWords(period)}${of.words}`, dueOn: null, lateFeeFen: 0, ...bill }
  })
  await inTransaction(ctx, (tx) => addPaidBills(tx, ctx, found.household, bills))
  return true
}

/** The same day of another month, or its last one. */
function readOn(day: string, months: number): string {
  const before = addMonths(day.slice(0, 7), months - 1)
  return monthAfter(`${before}-${day.slice(8)}`)
}

/** Each year a little more than the year before, and no two months alike. */
function usedIn(year: readonly number[], period: string): number {
  const month = Number(period.slice(5))
  const wobble = ((Number(period.slice(0, 4)) * 7 + month * 13) % 9) - 4
  const growth = period >= '2026' ? 1.08 : 1
  return Math.round((year[month - 1] ?? 0) * growth) + wobble
}

function tierBill(
  company: CompanyConfig,
  like: TierFacts,
  of: { readonly period: string; readonly used: number; readonly current: number; readonly readOn: string },
): { facts: TierFacts; amountFen: number } {
  // Before 2026 everything was a cent a unit cheaper, so that a change of price can be seen; water's price is a real city's.
  const cheaper = of.period < '2026' && company.kind !== 'water' ? 0.01 : 0
  let left = of.used
  let from = 0
  // No home of water leaves the first tier of its year.
  const tiers = stepsOn(company, periodDay('2026-10')).map(({ price, upTo }) => {
    const within = Math.min(left, upTo === null ? left : upTo - from)
    left -= within
    from = upTo ?? from
    return { quantity: String(within), price: (Number(price) - cheaper).toFixed(3), upTo }
  })
  const feeFen = Math.round(
    tiers.reduce((sum, { quantity, price }) => sum + Number(quantity) * Math.round(Number(price) * 1000), 0) /
      10,
  )
  const charges = (like.charges ?? []).map(({ name, price }) => ({
    name,
    price,
    amountFen: Math.round(of.used * Number(price) * 100),
  }))
  const facts: TierFacts = {
    ...like,
    readBy: 'read',
    previous: String(of.current - of.used),
    current: String(of.current),
    used: String(of.used),
    readOn: of.readOn,
    tiers,
    feeFen,
    ...(charges.length > 0 ? { charges } : {}),
    lateFeeFen: 0,
  }
  return { facts, amountFen: charges.reduce((sum, { amountFen }) => sum + amountFen, feeFen) }
}

async function season(ctx: CoreCtx): Promise<boolean> {
  const found = await householdOf(ctx, HEATING)
  if (found === null) return false
  const { facts } = found.newest
  if (facts.basis !== 'area') return false
  const now = facts as AreaFacts
  const grossFen = Math.round(Number(now.area) * 2400)
  const before: AreaFacts = { ...now, price: '24', grossFen, lateFeeFen: 0 }
  const title = '2025-2026采暖季热费'
  const bill = {
    period: '2025-2026',
    title,
    amountFen: grossFen,
    lateFeeFen: 0,
    dueOn: null,
    facts: before,
  }
  await inTransaction(ctx, (tx) => addPaidBills(tx, ctx, found.household, [bill]))
  return true
}

/** Sixty days up to yesterday through the very import that a company uses; lately the use has grown. */
async function seedDays(ctx: CoreCtx): Promise<void> {
  const today = shanghaiDay(ctx.clock.now())
  const lines = Array.from({ length: DAYS }, (_, index) => {
    const milli = 10_800 + ((index * 37) % 11) * 320 + (index >= 38 ? 3_600 : 0)
    const quantity = GAPS.has(index) ? '' : fromMilli(milli)
    return `${POWER.accountNo},${addDays(today, index - DAYS)},${quantity}`
  })
  const folder = await mkdtemp(join(tmpdir(), 'yihu-demo-days-'))
  try {
    const path = join(folder, 'demo-days.csv')
    const header = `户号,日期,用量(${unitOf(companyOf(ctx, POWER.companyId))})`
    await writeFile(path, `${[header, ...lines].join('\n')}\n`)
    await importDays(ctx, { companyId: POWER.companyId, path })
  } finally {
    await rm(folder, { recursive: true })
  }
}
