import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCore } from '../server/src/assemble'
import { systemClock } from '../server/src/core/clock'
import { loadConfig } from '../server/src/core/config/load'
import { inTransaction } from '../server/src/core/db/database'
import { createLogger } from '../server/src/core/log'
import { type BillRow, billTable, importRunTable } from '../server/src/features/billing/entities'
import { saveImportedHouseholds } from '../server/src/features/households/save-imported-households'
import { importDays } from '../server/src/features/usage/import-days'
import { addDays, addMonths } from '../server/src/features/usage/periods'
import { followImports, walkCompany } from '../server/src/features/usage/walk'
import { findWalk } from '../server/src/features/usage/walk-store'
import { createPlatforms } from '../server/src/platforms/create'
import type { Ctx } from '../server/src/platforms/context'
import { configSchema } from '../server/src/platforms/whole-config'
import { writeDemoConfig } from '../scripts/demo-config'
import { ROOT } from '../scripts/sources'
import { say } from './lib/result'

/**
 * What follows an import, measured: `npx tsx bench/usage-walk.ts [households] [days]`, 100,000 and 30 unless given, on
 * the embedded database. Thirteen monthly bills each, forty households to a community. With 0 days only the neighbours
 * are counted, beside the floor: every bill read once in pages and its use sorted by community and month, which no count
 * of neighbours can do without.
 */
const HOUSEHOLDS = Number(process.argv[2] ?? 100_000)
const DAYS = Number(process.argv[3] ?? 30)
const MONTHS = 13
const COMMUNITY = 40
const AT_ONCE = 1000

const accountNo = (index: number): string => String(index).padStart(10, '0')
const month = (back: number): string => addMonths(new Date().toISOString().slice(0, 7), -back)
const used = (index: number, back: number): number => 90 + ((index * 37 + back * 11) % 260)

function rssMb(): number {
  return Math.round(process.memoryUsage().rss / 1_048_576)
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  return (await secondsOf(what, work)).result
}

async function secondsOf<T>(what: string, work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const from = performance.now()
  let most = rssMb()
  const watch = setInterval(() => (most = Math.max(most, rssMb())), 100)
  const result = await work()
  clearInterval(watch)
  const seconds = (performance.now() - from) / 1000
  say(`${what}: ${seconds.toFixed(1)} s, at most ${most} MB of memory (${rssMb()} MB after it)`)
  return { result, seconds }
}

async function fill(ctx: Ctx): Promise<void> {
  const areas = new Map()
  const now = ctx.clock.now()
  for (let first = 0; first < HOUSEHOLDS; first += AT_ONCE) {
    const indexes = Array.from({ length: Math.min(AT_ONCE, HOUSEHOLDS - first) }, (_, n) => first + n)
    const place = (index: number) => ({
      district: `${Math.floor(index / 20_000)}区`,
      community: `小区${Math.floor(index / COMMUNITY)}`,
      building: '1栋',
      unit: null,
      room: String(index % COMMUNITY),
    })
    const facts = (index: number) => ({ ownerName: '张玉', phone: null, place: place(index), supply: null })
    await inTransaction(ctx, async (tx) => {
      const households = new Map(indexes.map((index) => [accountNo(index), facts(index)]))
      const ids = await saveImportedHouseholds(tx, ctx, 'power', households, areas)
      for (let back = 1; back <= MONTHS; back++)
        await tx.insert(
          billTable,
          indexes.map((index) => billOf(ctx, ids.get(accountNo(index)) ?? '', index, back, now)),
        )
    })
  }
  await inTransaction(ctx, (tx) =>
    tx.insert(importRunTable, {
      id: ctx.ids.next(),
      companyId: 'power',
      fileSha: 'a',
      rulesSha: 'b',
      fileName: 'bench',
      state: 'done',
      nextRecord: 2,
      created: 0,
      updated: 0,
      unchanged: 0,
      untouched: 0,
      report: null,
      startedAt: now,
      finishedAt: now,
    }),
  )
}

function billOf(ctx: Ctx, householdId: string, index: number, back: number, now: number): BillRow {
  const period = month(back)
  const quantity = used(index, back)
  const tiers = [
    { quantity: String(Math.min(quantity, 200)), price: '0.588', upTo: 200 },
    { quantity: String(Math.max(0, quantity - 200)), price: '0.638', upTo: 350 },
    { quantity: '0', price: '0.888', upTo: null },
  ]
  const feeFen = Math.round(Math.min(quantity, 200) * 58.8 + Math.max(0, quantity - 200) * 63.8)
  const readOn = addDays(`${addMonths(period, 1)}-01`, -1)
  const reading = { meterNo: 'DB3928325085', previous: '8365', current: '8745', multiplier: null }
  return {
    id: ctx.ids.next(),
    companyId: 'power',
    householdId,
    accountNo: accountNo(index),
    kind: 'power',
    period,
    title: '电费',
    amountFen: feeFen,
    lateFeeFen: 0,
    paidFen: feeFen,
    state: 'paid',
    dueOn: null,
    readBy: 'remote',
    comparedFen: '',
    detail: JSON.stringify({
      basis: 'tiers',
      ...reading,
      used: String(quantity),
      readOn,
      tiers,
      feeFen,
      lateFeeFen: 0,
    }),
    asOf: now,
    sourceName: 'bench',
    version: 1,
    heldByPaymentId: null,
    heldByResidentId: null,
    heldAt: null,
    createdAt: now,
    updatedAt: now,
  }
}

async function writeDayFile(path: string, shift: number): Promise<void> {
  const file = createWriteStream(path)
  file.write('户号,日期,用量(kWh)\n')
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  for (let day = DAYS; day >= 1; day--) {
    const date = addDays(today, -day)
    for (let first = 0; first < HOUSEHOLDS; first += AT_ONCE) {
      let lines = ''
      for (let index = first; index < Math.min(HOUSEHOLDS, first + AT_ONCE); index++)
        lines += `${accountNo(index)},${date},${((used(index, 1) * (10 + (day % 3))) / 300 + shift).toFixed(2)}\n`
      if (!file.write(lines)) await once(file, 'drain')
    }
  }
  file.end()
  await once(file, 'close')
}

async function walk(ctx: Ctx, purpose: 'peers' | 'alerts'): Promise<number> {
  await followImports(ctx)
  const of = { companyId: 'power', purpose }
  const { seconds } = await secondsOf(`${purpose} of ${HOUSEHOLDS} households`, async () => {
    // A job's run is a stint of twenty seconds; the queue would start the next one.
    while ((await findWalk(ctx.db.reader, 'power', purpose))?.state === 'running')
      await walkCompany(ctx, of, null)
  })
  return seconds
}

async function bareCount(ctx: Ctx): Promise<number> {
  const { seconds } = await secondsOf(`floor: ${HOUSEHOLDS * MONTHS} bills read and sorted`, async () => {
    const uses = new Map<string, number[]>()
    let last = ''
    for (;;) {
      const rows = await ctx.db.reader.query<{ id: string; placeId: string; period: string; detail: string }>(
        `SELECT h.id, h.placeId, b.period, b.detail FROM household h JOIN bill b ON b.householdId = h.id
          WHERE h.id IN (SELECT id FROM household WHERE companyId = 'power' AND id > ? ORDER BY id LIMIT ${AT_ONCE})
          ORDER BY h.id`,
        [last],
      )
      if (rows.length === 0) break
      last = rows.at(-1)?.id ?? last
      for (const { placeId, period, detail } of rows) {
        const key = `${placeId} ${period}`
        const list = uses.get(key) ?? []
        list.push(Number((JSON.parse(detail) as { used: string }).used))
        uses.set(key, list)
      }
    }
    for (const list of uses.values()) list.sort((a, b) => a - b)
  })
  return seconds
}

async function count(ctx: Ctx, table: string): Promise<number> {
  const rows = await ctx.db.reader.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`)
  return Number(rows[0]?.n ?? 0)
}

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yihu-usage-'))
  const ports = { portal: 1, metrics: 2, sandbox: 3, wechatPhone: 4, alipayPhone: 5, workerPhone: 6 }
  const { serverFile } = writeDemoConfig({ dataDir, ports, database: { engine: 'sqlite' } })
  const files = ['config/default.yaml', 'config/demo.yaml'].map((file) => join(ROOT, file))
  const config = loadConfig(configSchema, [...files, serverFile], {})
  const log = createLogger('error')
  const opened = await openCore(config, { clock: systemClock, log })
  try {
    const { publicUrl } = config.http
    const platforms = createPlatforms({ config: config.platforms, clock: systemClock, log, publicUrl })
    const nobody = { requestId: 'bench', ip: null, resident: null, staff: null }
    const ctx: Ctx = { ...opened.core, config, platforms, ...nobody }
    await timed(`${HOUSEHOLDS} households with ${MONTHS} bills each`, () => fill(ctx))
    const floorSeconds = await bareCount(ctx)
    const seconds = await walk(ctx, 'peers')
    say(`${await count(ctx, 'usage_peer')} counts of places and months`)
    say(`neighbours take ${(seconds / floorSeconds).toFixed(1)} times as long as the floor`)
    if (DAYS === 0) return
    const path = join(dataDir, 'days.csv')
    await writeDayFile(path, 0)
    const report = await timed(`${HOUSEHOLDS * DAYS} days imported`, () =>
      importDays(ctx, { companyId: 'power', path }),
    )
    await writeDayFile(path, 0.01)
    const again = await timed('the same days corrected, each of them', () =>
      importDays(ctx, { companyId: 'power', path }),
    )
    say(`${report.created} made, ${again.corrected} corrected`)
    await walk(ctx, 'alerts')
    say(`${await count(ctx, 'usage_alert')} bills will be high`)
  } finally {
    await opened.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exitCode = 1
})
