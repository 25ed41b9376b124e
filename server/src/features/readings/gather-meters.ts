import { companyOf } from '../../core/config/companies'
import { readingRulesOf } from '../../core/config/readings'
import { inTransaction, type Reader, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { type MeterBill, meterBillsOf, walkMeterBills } from '../billing'
import { placesOfHouseholds } from '../households'
import { unitOf } from '../tariffs'
import type { MeterRow } from './entities'
import {
  insertMeter,
  meterOfHousehold,
  metersOfHouseholds,
  moveWalk,
  saveMeter,
  walkedTo,
} from './meter-store'

/** Two years and a month: the same season of last year stands beside this one. */
const BILLS = 26
const PAGE = 500
const PAGES_A_TURN = 20
const WALK = 'bills'

/**
 * Makes the meters behind new bills known, page by page in the order in which bills were made: companies remind every
 * household, also those that nobody opened yet. Cursor and meters are one transaction.
 */
export async function gatherMeters(ctx: Ctx, stopping?: AbortSignal): Promise<void> {
  for (let page = 0; page < PAGES_A_TURN && stopping?.aborted !== true; page++) {
    const from = await walkedTo(ctx.db.reader, WALK)
    const { bills, lastId } = await walkMeterBills(ctx.db.reader, from ?? '', PAGE)
    if (lastId === null) return
    const wanted = newestOf(bills.filter((bill) => isCounted(ctx, bill)))
    await inTransaction(ctx, async (tx) => {
      if (await moveWalk(tx, WALK, from, lastId)) await keepMeters(tx, ctx, wanted)
    })
  }
}

export interface KnownMeter {
  readonly meter: MeterRow
  /** Bills of this very meter, newest first. */
  readonly bills: readonly MeterBill[]
}

/**
 * A household's meter as its newest bill says it, which an import may have written a moment ago. Null where no bill
 * has named one yet.
 */
export async function readMeter(ctx: Ctx, householdId: string): Promise<KnownMeter | null> {
  const { reader } = ctx.db
  const [stored, bills] = await Promise.all([
    meterOfHousehold(reader, householdId),
    meterBillsOf(reader, householdId, BILLS),
  ])
  const [newest] = bills
  if (newest === undefined || !isCounted(ctx, newest)) return null
  const isNews =
    stored === null ||
    stored.lastBillId !== newest.billId ||
    stored.lastValue !== newest.current ||
    stored.lastBy !== newest.readBy
  if (isNews) await inTransaction(ctx, (tx) => keepMeters(tx, ctx, [newest]))
  const meter = isNews ? await meterOfHousehold(reader, householdId) : stored
  if (meter === null) throw new Error('a meter that was kept a moment ago is there')
  return { meter, bills: bills.filter(({ meterNo }) => meterNo === meter.serial) }
}

function isCounted(ctx: Ctx, bill: MeterBill): boolean {
  const company = ctx.config.companies.find(({ id }) => id === bill.companyId)
  return company !== undefined && readingRulesOf(ctx.config, company).readBy !== 'none'
}

/** Of each household the bill of the latest period. */
function newestOf(bills: readonly MeterBill[]): MeterBill[] {
  const byHousehold = new Map<string, MeterBill>()
  for (const bill of bills) {
    const known = byHousehold.get(bill.householdId)
    if (known === undefined || known.period <= bill.period) byHousehold.set(bill.householdId, bill)
  }
  return [...byHousehold.values()]
}

async function keepMeters(tx: Tx, ctx: Ctx, bills: readonly MeterBill[]): Promise<void> {
  const ids = bills.map(({ householdId }) => householdId)
  const known = await metersOfHouseholds(tx, ids)
  const places = await areaPathsOf(tx, ids)
  const now = ctx.clock.now()
  for (const bill of bills) {
    const stored = known.get(bill.householdId)
    if (stored !== undefined && stored.lastPeriod > bill.period) continue
    const facts = { ...factsOf(ctx, bill), areaPath: places.get(bill.householdId) ?? '', updatedAt: now }
    if (stored !== undefined) await saveMeter(tx, { ...stored, ...facts })
    else
      await insertMeter(tx, {
        id: ctx.ids.next(),
        companyId: bill.companyId,
        householdId: bill.householdId,
        accountNo: bill.accountNo,
        kind: bill.kind,
        createdAt: now,
        ...facts,
      })
  }
}

async function areaPathsOf(reader: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  const places = await placesOfHouseholds(reader, ids)
  return new Map([...places].map(([id, { path }]) => [id, path]))
}

/** A meter has at least as many digits as it has shown. */
function factsOf(ctx: Ctx, bill: MeterBill) {
  const company = companyOf(ctx, bill.companyId)
  const rules = readingRulesOf(ctx.config, company)
  const [whole = '', fraction = ''] = bill.current.split('.')
  return {
    serial: bill.meterNo.slice(0, 40),
    unit: unitOf(company),
    integerDigits: Math.max(rules.integerDigits, whole.length),
    decimals: Math.max(rules.decimals, fraction.length),
    lastValue: bill.current,
    lastOn: bill.readOn,
    lastBy: bill.readBy,
    lastPeriod: bill.period,
    lastBillId: bill.billId,
  }
}
