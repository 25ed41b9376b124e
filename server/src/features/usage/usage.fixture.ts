import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inTransaction } from '../../core/db/database'
import { buildBill } from '../../testing/factories'
import type { TestApp } from '../../testing/harness'
import type { TierFacts } from '../billing'
import { bindingTable } from '../households/entities'
import { saveImportedHouseholds } from '../households/save-imported-households'
import { idsByAccountNo } from '../households'
import { keepConsent } from '../identity'
import type { HouseholdRole } from '../households/schema'
import { usageDayTable } from './entities'
import { fromMilli } from './milli'
import { addDays } from './periods'

/** The demo's price of electricity: 0.588 up to 200, 0.638 up to 350, 0.888 beyond. */
export const POWER_TIERS = [
  { price: '0.588', upTo: 200 },
  { price: '0.638', upTo: 350 },
  { price: '0.888', upTo: null },
]

/** Households of the power company, each at a place of its own: `district/community/building/room`. */
export async function buildHomes(
  app: TestApp,
  accountNos: readonly string[],
  at: { readonly district?: string; readonly community: string },
): Promise<Map<string, string>> {
  const ctx = app.ctx()
  const place = { district: at.district ?? null, community: at.community, building: '1栋', unit: null }
  await inTransaction(ctx, (tx) =>
    saveImportedHouseholds(
      tx,
      ctx,
      'power',
      new Map(
        accountNos.map((accountNo, index) => [
          accountNo,
          { ownerName: '张玉', phone: null, place: { ...place, room: String(100 + index) }, supply: null },
        ]),
      ),
      new Map(),
    ),
  )
  return idsByAccountNo(ctx.db.reader, 'power', accountNos)
}

export async function bind(
  app: TestApp,
  residentId: string,
  householdId: string,
  role: HouseholdRole = 'owner',
): Promise<void> {
  const ctx = app.ctx()
  await inTransaction(ctx, (tx) =>
    tx.insert(bindingTable, {
      id: ctx.ids.next(),
      residentId,
      householdId,
      role,
      isDefault: 1,
      boundAt: ctx.clock.now(),
      unboundAt: null,
      activeSlot: 1,
    }),
  )
  await allowComparison(app, residentId, true)
}

/** What the page asks for before it compares with neighbours. */
export async function allowComparison(app: TestApp, residentId: string, granted: boolean): Promise<void> {
  const ctx = app.ctx()
  const purpose = ctx.config.privacy.purposes.find(({ id }) => id === 'usage-comparison')
  if (purpose === undefined) throw new Error('The purpose stands in config/default.yaml.')
  const by = { id: residentId, channel: 'wechat-mini' }
  await inTransaction(ctx, (tx) => keepConsent(tx, ctx, by, { purpose, granted, clientVersion: 'test' }))
}

/** What a bill of so much use says of itself, priced by these tiers. */
export function tierFacts(
  usedMilli: number,
  of: { readonly readOn: string; readonly lateFeeFen?: number; readonly readBy?: TierFacts['readBy'] },
  tiers = POWER_TIERS,
): TierFacts {
  const split = splitByTiers(tiers, usedMilli)
  return {
    basis: 'tiers',
    meterNo: '1',
    previous: '0',
    current: fromMilli(usedMilli),
    multiplier: null,
    used: fromMilli(usedMilli),
    readOn: of.readOn,
    ...(of.readBy === undefined ? {} : { readBy: of.readBy }),
    tiers: tiers.map((tier, index) => ({ ...tier, quantity: fromMilli(split[index] ?? 0) })),
    feeFen: priceByTiers(tiers, usedMilli),
    lateFeeFen: of.lateFeeFen ?? 0,
  }
}

/** A month's bill of the power company. */
export async function buildMonth(
  app: TestApp,
  home: { readonly id: string; readonly accountNo: string },
  period: string,
  facts: TierFacts,
): Promise<string> {
  const bill = await buildBill(app, home, {
    companyId: 'power',
    kind: 'power',
    period,
    amountFen: facts.feeFen + facts.lateFeeFen,
    lateFeeFen: facts.lateFeeFen,
    detail: JSON.stringify(facts),
  })
  return bill.id
}

/** Days in a row from one on; null is a gap. */
export async function buildDays(
  app: TestApp,
  householdId: string,
  from: string,
  quantities: readonly (number | null)[],
): Promise<void> {
  const importedAt = app.clock.now()
  const rows = quantities.flatMap((quantityMilli, index) =>
    quantityMilli === null ? [] : [{ householdId, day: addDays(from, index), quantityMilli, importedAt }],
  )
  await inTransaction(app.ctx(), (tx) => tx.insert(usageDayTable, rows))
}

/** A file of daily figures with these lines behind its header. */
export function dayFile(lines: readonly string[], header = '户号,日期,用量(kWh)'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'yihu-days-')), 'days.csv')
  writeFileSync(path, `${[header, ...lines].join('\n')}\n`)
  return path
}

type PriceTiers = readonly { readonly price: string; readonly upTo: number | null }[]

/** How a use falls into tiers, reckoned here by itself. */
function splitByTiers(tiers: PriceTiers, quantityMilli: number): number[] {
  let from = 0
  return tiers.map(({ upTo }) => {
    const until = upTo === null ? Number.POSITIVE_INFINITY : upTo * 1000
    const within = Math.max(0, Math.min(quantityMilli, until) - from)
    from = Math.min(until, Math.max(from, quantityMilli))
    return within
  })
}

/** Prices of at most four decimals, halves up to the fen. */
export function priceByTiers(tiers: PriceTiers, quantityMilli: number): number {
  const sum = splitByTiers(tiers, quantityMilli).reduce(
    (total, milli, index) => total + milli * Math.round(Number(tiers[index]?.price) * 10_000),
    0,
  )
  return Math.round(sum / 100_000)
}
