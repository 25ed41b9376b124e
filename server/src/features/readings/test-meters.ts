import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type AtWork, buildAtWork } from '../../testing/at-work'
import { buildResident } from '../../testing/factories'
import { startApp, type TestApp, type TestEngine } from '../../testing/harness'
import { buildReadyFile } from '../../testing/ready-file'
import { FakeUtility } from '../payments/test-desk'
import { drainWritebacks } from '../payments/drain-writebacks'
import { bind } from '../billing/billing.fixture'
import { GAS_HEADER, gasRow, tempFile } from '../billing/import/files.fixture'
import { importBills } from '../billing/import-bills'
import { catalogueVersionTable } from '../catalogue/entities'
import { grantVisit } from '../households'
import { TEST_CATALOGUE } from '../requests/test-catalogue'
import type { SignedInStaff } from '../../core/context'
import type { ReadingRow } from './entities'
import { submitReading, type SubmitInput } from './submit-reading'

export const ACCOUNT = '0008800011'
/** 2026-11-10 10:00 in Shanghai: the window is open. */
export const OPEN = Date.UTC(2026, 10, 10, 2)
export const SUPERVISOR = '01JSVPERV0000000000000000A'

let files = 0

/** Everything that tests of readings need: a portal, a gas meter with a history, people, and a billing system. */
export class Meters {
  private constructor(
    readonly app: TestApp,
    readonly utility: FakeUtility,
  ) {}

  static async open(engine: TestEngine, rules: object = {}): Promise<Meters> {
    const utility = new FakeUtility()
    const app = await startApp({
      engine,
      platforms: { utility: () => utility },
      config: { readings: { companies: { gas: { closesDay: 18, ...rules } } } },
    })
    app.clock.set(OPEN)
    await inTransaction(app.ctx(), (tx) =>
      tx.insert(catalogueVersionTable, {
        companyId: 'gas',
        version: 1,
        body: JSON.stringify({
          ...TEST_CATALOGUE,
          types: TEST_CATALOGUE.types.map((type, index) => (index === 0 ? { ...type, id: 'meter' } : type)),
        }),
        note: '测试',
        byId: null,
        byName: null,
        createdAt: app.clock.now(),
      }),
    )
    return new Meters(app, utility)
  }

  /**
   * A household with so many months of bills up to 2026-10, 25 units each, the last reading being 3036; `last` changes
   * the newest bill's record and how it was read.
   */
  async home(
    how: { accountNo?: string; months?: number; last?: Record<string, string>; method?: string } = {},
  ): Promise<{ id: string; memberId: string; accountNo: string }> {
    const accountNo = how.accountNo ?? ACCOUNT
    const months = how.months ?? 6
    const rows = Array.from({ length: months }, (_, index) => this.month(accountNo, index - months + 1))
    if (how.last !== undefined || how.method !== undefined)
      rows[rows.length - 1] = this.month(accountNo, 0, how.last, how.method)
    for (const row of rows) await this.import([row])
    const { id: memberId } = await buildResident(this.app)
    return { id: await bind(this.app, memberId, accountNo), memberId, accountNo }
  }

  /** One month's record, `offset` months after 2026-10. */
  month(accountNo: string, offset: number, changes: Record<string, string> = {}, method = '实抄'): string {
    const at = new Date(Date.UTC(2026, 9 + offset, 17))
    const month = at.toISOString().slice(0, 7)
    const current = 3036 + 25 * offset
    const row = gasRow(accountNo, {
      账期: month,
      上期抄见: String(current - 25),
      本期抄见: String(current),
      抄表日期: `${month}-17`,
      缴费截止日: `${month}-28`,
      用气地址: `福田区香蜜湖花园9栋${accountNo.slice(-4)}`,
      ...changes,
    })
    return `${row},${method}`
  }

  async import(rows: readonly string[]): Promise<void> {
    const path = tempFile(`meters-${++files}.csv`, [`${GAS_HEADER},抄表方式`, ...rows, ''].join('\n'))
    const { report } = await importBills(this.app.ctx(), { companyId: 'gas', path })
    if (report.accepted !== rows.length) throw new Error(`the export was refused: ${JSON.stringify(report)}`)
  }

  /** An estimated bill of 2026-10: 30 units guessed at 3.5 yuan. */
  estimated(accountNo = ACCOUNT): Promise<{ id: string; memberId: string; accountNo: string }> {
    const last = { 上期抄见: '3011', 本期抄见: '3041', '用气量(m³)': '30', 一阶气量: '30', 气费: '105.00' }
    return this.home({ accountNo, last, method: '估抄' })
  }

  submit(residentId: string, input: SubmitInput) {
    return submitReading(this.app.asResident(residentId), input)
  }

  /** A browser that came by the household's code. */
  async visitor(householdId: string): Promise<string> {
    const { id } = await buildResident(this.app)
    const ctx = this.app.ctx()
    await inTransaction(ctx, (tx) =>
      grantVisit(tx, {
        residentId: id,
        householdId,
        codeId: ctx.ids.next(),
        until: ctx.clock.now() + 3_600_000,
      }),
    )
    return id
  }

  photo(residentId: string): Promise<string> {
    return buildReadyFile(this.app, { kind: 'resident', id: residentId })
  }

  staff(how: Partial<SignedInStaff> = {}) {
    return this.app.asStaff(SUPERVISOR, how)
  }

  atWork(...how: Parameters<typeof buildAtWork> extends [unknown, ...infer R] ? R : never): Promise<AtWork> {
    return buildAtWork(this.app, ...how)
  }

  drain(): Promise<void> {
    return drainWritebacks(this.app.ctx())
  }

  rows<Row = ReadingRow>(
    sql = 'SELECT * FROM meter_reading ORDER BY id',
    params: (string | number)[] = [],
  ): Promise<Row[]> {
    return this.app.ctx().db.reader.query<Row>(sql, params)
  }

  messages(residentId: string): Promise<{ template: string; facts: string; page: string | null }[]> {
    return this.rows('SELECT template, facts, page FROM message WHERE residentId = ? ORDER BY id', [
      residentId,
    ])
  }

  close(): Promise<void> {
    return this.app.close()
  }
}

/** The code of a rejection and its sentence, or `done`. */
export async function refusalOf(work: Promise<unknown>): Promise<{ code: string; message: string } | 'done'> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, message: error.message }
    throw error
  }
}
