import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DAY_MS, shanghaiDay, shanghaiDayStart, systemClock } from '../server/src/core/clock'
import { loadConfig } from '../server/src/core/config/load'
import type { CoreCtx } from '../server/src/core/context'
import { inTransaction } from '../server/src/core/db/database'
import { createLogger } from '../server/src/core/log'
import { openCore } from '../server/src/assemble'
import { importBills } from '../server/src/features/billing'
import { bindingTable } from '../server/src/features/households/entities'
import { importDays, seedDemoUsage } from '../server/src/features/usage'
import { residentTable } from '../server/src/features/identity/entities'
import { configSchema } from '../server/src/platforms/whole-config'
import { ROOT } from '../scripts/sources'

/** A household of the demo exports with an open bill, and the proof that binds it. */
export interface DemoHousehold {
  readonly companyId: 'heating' | 'gas'
  readonly accountNo: string
  readonly phoneTail: string
  /** On file, whole: what a telephone shows when they call. */
  readonly phone: string
  readonly owedFen: number
}

/** The households that the README names; the cut files always hold them. */
export const HEATING_HOME = { companyId: 'heating', accountNo: '002100007002', phoneTail: '0913' } as const
export const GAS_HOME = { companyId: 'gas', accountNo: '0008806118', phoneTail: '1187' } as const
export const POWER_HOME = { companyId: 'power', accountNo: '0014300024', phoneTail: '4460' } as const
/** One whose meter was read, and one whose newest bill is an estimate. */
export const WATER_HOME = { companyId: 'water', accountNo: '6600000480', phoneTail: '1187' } as const
export const GUESSED_WATER_HOME = { companyId: 'water', accountNo: '6600000001', phoneTail: '2298' } as const

/** A gas estate where, if wished for, somebody with a telephone and no wallet lives in every household. */
export const NEIGHBOURS_IN = '香蜜湖花园'

const KEPT_ROWS = 300

interface Export {
  readonly companyId: 'heating' | 'gas'
  readonly file: string
  readonly encoding: string
  readonly accountNo: string
  /** Columns of the account number and of the phone. */
  readonly columns: readonly [number, number]
}

const EXPORTS: readonly Export[] = [
  {
    companyId: 'heating',
    file: 'heating-2026-2027.csv',
    encoding: 'gb18030',
    accountNo: HEATING_HOME.accountNo,
    columns: [1, 4],
  },
  {
    companyId: 'gas',
    file: 'gas-2026-10.csv',
    encoding: 'utf-8',
    accountNo: GAS_HOME.accountNo,
    columns: [0, 2],
  },
]

/** The first rows of an export and the household of the README, byte for byte as the company wrote them. */
function cutExport(one: Export, folder: string): string {
  const lines = readFileSync(join(ROOT, 'data/demo', one.file), 'latin1').split('\n')
  const kept = lines.filter((line, index) => index <= KEPT_ROWS || line.includes(one.accountNo))
  const path = join(folder, one.file)
  writeFileSync(path, kept.join('\n'), 'latin1')
  return path
}

/** Phone on file by account number, for rows that have a whole mobile number. */
function phonesOf(one: Export, path: string): Map<string, string> {
  const [accountAt, phoneAt] = one.columns
  const rows = new TextDecoder(one.encoding).decode(readFileSync(path)).split('\n')
  return new Map(
    rows.flatMap((row) => {
      const cells = row.split(',')
      const [accountNo, phone] = [cells[accountAt]?.trim(), cells[phoneAt]?.trim()]
      return accountNo !== undefined && phone !== undefined && /^1\d{10}$/.test(phone)
        ? [[accountNo, phone] as const]
        : []
    }),
  )
}

/** Households with one open bill whose supply is on: where it was stopped, much is not offered. */
async function openBills(ctx: CoreCtx, companyId: string): Promise<{ accountNo: string; owedFen: number }[]> {
  return ctx.db.reader.query<{ accountNo: string; owedFen: number }>(
    `SELECT accountNo, SUM(amountFen - paidFen) AS owedFen FROM bill
     WHERE companyId = ? AND state = ? AND json_extract(detail, '$.share') IS NULL GROUP BY accountNo HAVING COUNT(*) = 1`,
    [companyId, 'open'],
  )
}

/** Moves one person into each household of the estate; gives the account numbers. */
async function moveNeighboursIn(ctx: CoreCtx): Promise<Set<string>> {
  const homes = await ctx.db.reader.query<{ id: string; accountNo: string }>(
    'SELECT id, accountNo FROM household WHERE companyId = ? AND addressText LIKE ? ORDER BY id',
    ['gas', `%${NEIGHBOURS_IN}%`],
  )
  const now = ctx.clock.now()
  const people = homes.map(({ id: householdId }, index) => ({
    householdId,
    residentId: ctx.ids.next(),
    phone: String(13_900_000_000 + index * 7_919),
  }))
  await inTransaction(ctx, async (tx) => {
    await tx.insert(
      residentTable,
      people.map(({ residentId, phone }) => ({
        id: residentId,
        phoneSealed: ctx.vault.seal(phone),
        phoneIndex: ctx.vault.index('phone', phone),
        phoneVerifiedAt: now,
        elderMode: 0,
        mergedInto: null,
        createdAt: now,
        endedAt: null,
        guestUntil: null,
      })),
    )
    await tx.insert(
      bindingTable,
      people.map(({ residentId, householdId }) => ({
        id: ctx.ids.next(),
        residentId,
        householdId,
        role: 'owner' as const,
        isDefault: 1,
        boundAt: now,
        unboundAt: null,
        activeSlot: 1,
      })),
    )
  })
  return new Set(homes.map(({ accountNo }) => accountNo))
}

/** Of a meter that tells every day and was out of reach on some of them. */
export const WATER_DAYS = { count: 20, gaps: [6, 7] } as const

/** Single days up to yesterday, in the file that a company hands over; of a gap it says nothing. */
async function importWaterDays(ctx: CoreCtx, folder: string): Promise<void> {
  const today = shanghaiDayStart(shanghaiDay(ctx.clock.now()))
  const lines = Array.from({ length: WATER_DAYS.count }, (_, index) => {
    const day = shanghaiDay(today - (WATER_DAYS.count - index) * DAY_MS)
    const isGap = WATER_DAYS.gaps.some((gap) => gap === index)
    return `${WATER_HOME.accountNo},${day},${isGap ? '' : (0.4 + (index % 5) * 0.1).toFixed(1)}`
  })
  const path = join(folder, 'water-days.csv')
  writeFileSync(path, `${['户号,日期,用量(m³)', ...lines].join('\n')}\n`)
  await importDays(ctx, { companyId: WATER_HOME.companyId, path })
}

/** What a private portal has in its database besides the exports of heating, gas and water. */
export interface DemoWish {
  readonly withPower?: boolean
  readonly withNeighbours?: boolean
}

/**
 * Puts the cut demo exports into the database that the configuration names, before the server opens it. Gives the
 * households that owe something and can be bound by the last four digits of their phone.
 */
export async function importDemo(
  configPaths: readonly string[],
  folder: string,
  { withPower = false, withNeighbours = false }: DemoWish,
): Promise<DemoHousehold[]> {
  const config = loadConfig(configSchema, configPaths, {})
  const opened = await openCore(config, { clock: systemClock, log: createLogger('warn') })
  const ctx: CoreCtx = { ...opened.core, requestId: 'e2e', ip: null, resident: null, staff: null }
  const found: DemoHousehold[] = []
  try {
    for (const one of EXPORTS) {
      const path = cutExport(one, folder)
      await importBills(ctx, { companyId: one.companyId, path })
      const phones = phonesOf(one, path)
      for (const { accountNo, owedFen } of await openBills(ctx, one.companyId)) {
        const phone = phones.get(accountNo)
        if (phone !== undefined && owedFen > 0)
          found.push({ companyId: one.companyId, accountNo, phone, phoneTail: phone.slice(-4), owedFen })
      }
    }
    await importBills(ctx, { companyId: 'water', path: join(ROOT, 'data/demo/water-2026-11.csv') })
    await seedDemoUsage(ctx)
    await importWaterDays(ctx, folder)
    // The workbook cannot be cut by lines and takes seconds, so it goes in only where it is looked at.
    if (withPower)
      await importBills(ctx, { companyId: 'power', path: join(ROOT, 'data/demo/power-2026-10.xlsx') })
    if (withNeighbours) {
      const taken = await moveNeighboursIn(ctx)
      return found.filter(({ accountNo }) => !taken.has(accountNo))
    }
  } finally {
    await opened.close()
  }
  return found
}
