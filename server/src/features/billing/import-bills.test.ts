import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../core/config/load'
import { inTransaction } from '../../core/db/database'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { billOf, importGas } from './billing.fixture'
import { gasFile, gasRow, tempFile } from './import/files.fixture'
import type { ImportReport } from './import/tally'
import { importBills } from './import-bills'
import { allocateToBill, holdBills, lockBills } from './payable-store'

const DEMO = join(projectRoot(), 'data/demo')
interface Expected extends Omit<ImportReport, 'amountFen'> {
  amount_fen: number
  tiers?: unknown
}
const expected: Expected[] = JSON.parse(readFileSync(join(DEMO, 'expected.json'), 'utf8'))
const accountNos = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => String(8_800_000 + index).padStart(10, '0'))

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())

  const whole = async (table: string, order: string) =>
    app.ctx().db.reader.query(`SELECT * FROM ${table} ORDER BY ${order}`)
  const contents = async () => [
    await whole('bill', 'id'),
    await whole('bill_version', 'billId, version'),
    await whole('household', 'id'),
    await whole('area', 'id'),
    await whole('import_run', 'id'),
  ]
  const pay = (billId: string, amountFen: number) =>
    inTransaction(app.ctx(), async (tx) => {
      const [bill] = await lockBills(tx, [billId])
      if (bill !== undefined) await allocateToBill(tx, bill, amountFen, app.clock.now())
    })

  test.each(['heating', 'gas', 'power'].map((companyId, index) => ({ companyId, want: expected[index] })))(
    'the demo export of $companyId goes in as expected.json says, and again without any change',
    async ({ companyId, want }) => {
      if (want === undefined) throw new Error('expected.json has three entries')
      const { amount_fen: amountFen, tiers: _tiers, ...rest } = want
      const path = join(DEMO, want.file)
      const first = await importBills(app.ctx(), { companyId, path })
      expect(first.report).toEqual({ ...rest, amountFen })
      expect(first.changes).toEqual({ created: want.accepted, updated: 0, unchanged: 0, untouched: 0 })
      const sums = () =>
        app
          .ctx()
          .db.reader.query(
            `SELECT COUNT(*) AS bills, SUM(amountFen) AS fen, MAX(updatedAt) AS updated, MAX(asOf) AS asOf FROM bill`,
          )
      const before = await sums()
      app.clock.advance(3_600_000)
      const second = await importBills(app.ctx(), { companyId, path })
      expect(second).toMatchObject({
        report: first.report,
        alreadyImported: true,
        changes: { created: 0, updated: 0 },
      })
      expect(await sums()).toEqual(before)
      expect(before).toMatchObject([{ bills: want.accepted }])
    },
  )

  test('a bill that owes nothing is kept as paid', async () => {
    await importGas(app, {
      '0008800011': { 本期抄见: '3036', '用气量(m³)': '0', 一阶气量: '0', 气费: '0.00' },
    })
    expect(await billOf(app, '0008800011')).toMatchObject({ amountFen: 0, state: 'paid' })
  })

  test('a later file changes an open bill into a new version and keeps the old one (F50)', async () => {
    await importGas(app, { '0008800011': {} })
    const before = await billOf(app, '0008800011')
    app.clock.advance(1000)
    const result = await importGas(app, { '0008800011': { 违约金: '1.50' } })
    expect(result.changes).toEqual({ created: 0, updated: 1, unchanged: 0, untouched: 0 })
    expect(await billOf(app, '0008800011')).toEqual({
      ...before,
      amountFen: 8675,
      version: 2,
      asOf: app.clock.now(),
    })
    expect(await whole('bill_version', 'version')).toMatchObject([
      { billId: before.id, version: 1, amountFen: 8525, replacedAt: app.clock.now() },
    ])
  })

  test('a bill that an open order holds is changed and stays held: the order keeps its own snapshot (F50)', async () => {
    await importGas(app, { '0008800011': {} })
    const { id } = await billOf(app, '0008800011')
    const paymentId = '01JDPAYMENT000000000000001'
    await inTransaction(app.ctx(), (tx) =>
      holdBills(tx, [id], { paymentId: paymentId, residentId: 'R'.repeat(26) }, app.clock.now()),
    )
    await importGas(app, { '0008800011': { 违约金: '1.50' } })
    expect(await billOf(app, '0008800011')).toMatchObject({
      amountFen: 8675,
      state: 'open',
      heldByPaymentId: paymentId,
    })
    await pay(id, 8525)
    expect(await billOf(app, '0008800011')).toMatchObject({ amountFen: 8675, paidFen: 8525, state: 'open' })
  })

  test.each([
    ['paid in full', 8525, 'paid'],
    ['paid in part', 100, 'open'],
  ])('a bill %s is never touched by a later file (F50)', async (_name, amountFen, state) => {
    await importGas(app, { '0008800011': {}, '0008800012': {} })
    const { id } = await billOf(app, '0008800011')
    await pay(id, amountFen)
    const before = await billOf(app, '0008800011')
    expect(before).toMatchObject({ paidFen: amountFen, state })
    app.clock.advance(1000)
    const result = await importGas(app, {
      '0008800011': { 违约金: '9.00' },
      '0008800012': { 违约金: '9.00' },
    })
    expect(result.changes).toEqual({ created: 0, updated: 1, unchanged: 0, untouched: 1 })
    expect(await billOf(app, '0008800011')).toEqual(before)
  })

  test('a later file with the same amounts makes the figure newer and changes nothing else', async () => {
    await importGas(app, { '0008800011': {} })
    const before = await billOf(app, '0008800011')
    app.clock.advance(1000)
    const result = await importGas(app, { '0008800011': { 户名: '沈红雨' } })
    expect(result.changes).toEqual({ created: 0, updated: 0, unchanged: 1, untouched: 0 })
    expect(await billOf(app, '0008800011')).toEqual({ ...before, asOf: before.asOf + 1000 })
  })

  test('an import killed in the middle goes on from its last whole batch and ends as if nothing had happened (F51)', async () => {
    const path = tempFile(
      'gas.csv',
      gasFile([...accountNos(25).map((accountNo) => gasRow(accountNo)), gasRow('bad')]),
    )
    const interrupted = importBills(app.ctx(), {
      companyId: 'gas',
      path,
      batchRows: 10,
      onProgress: ({ rows }) => {
        if (rows >= 20) throw new Error('killed')
      },
    })
    await expect(interrupted).rejects.toThrow('killed')
    const done = await app
      .ctx()
      .db.reader.query<{ nextRecord: number; created: number }>('SELECT nextRecord, created FROM import_run')
    expect(done).toEqual([{ nextRecord: 22, created: 20 }])
    const result = await importBills(app.ctx(), { companyId: 'gas', path, batchRows: 10 })
    expect(result).toMatchObject({
      resumedAt: 22,
      report: {
        rows: 26,
        accepted: 25,
        households: 25,
        amountFen: 25 * 8525,
        rejected: { account_no_invalid: [27] },
      },
      changes: { created: 25, updated: 0, unchanged: 0, untouched: 0 },
    })
    expect(await whole('bill', 'id')).toHaveLength(25)
  })

  test('a lease that a kill left behind is taken over once it has run out (F51)', async () => {
    const ctx = app.ctx()
    const lease = { companyId: 'gas', token: 'f'.repeat(32), leaseUntil: app.clock.now() - 1 }
    await inTransaction(ctx, (tx) =>
      tx.execute('INSERT INTO import_lease (companyId, token, leaseUntil) VALUES (?, ?, ?)', [
        lease.companyId,
        lease.token,
        lease.leaseUntil,
      ]),
    )
    expect((await importGas(app, { '0008800011': {} })).changes.created).toBe(1)
  })

  test('a batch is all or nothing: when its last statement fails, none of it is there (F51)', async () => {
    const ctx = app.ctx()
    const path = tempFile('gas.csv', gasFile(accountNos(5).map((accountNo) => gasRow(accountNo))))
    const broken = {
      ...ctx,
      db: {
        ...ctx.db,
        transaction: <T>(work: Parameters<typeof ctx.db.transaction<T>>[0]) =>
          ctx.db.transaction<T>((tx) =>
            work({
              ...tx,
              execute: async (sql, params) => {
                if (sql.includes('UPDATE import_run SET nextRecord')) throw new Error('power cut')
                return tx.execute(sql, params)
              },
            }),
          ),
      },
    }
    await expect(importBills(broken, { companyId: 'gas', path })).rejects.toThrow('power cut')
    for (const table of ['bill', 'household', 'area']) expect(await whole(table, 'id')).toEqual([])
    expect((await importBills(ctx, { companyId: 'gas', path })).changes.created).toBe(5)
  })

  test('two imports at once run one after the other: the same file goes in once (F51)', async () => {
    const path = tempFile('gas.csv', gasFile(accountNos(40).map((accountNo) => gasRow(accountNo))))
    const run = () => importBills(app.ctx(), { companyId: 'gas', path, batchRows: 7 })
    const results = await Promise.all([run(), run(), run()])
    expect(results.filter(({ alreadyImported }) => alreadyImported)).toHaveLength(2)
    expect(new Set(results.map(({ report }) => JSON.stringify(report))).size).toBe(1)
    expect(await whole('bill', 'id')).toHaveLength(40)
    expect(await whole('bill_version', 'billId')).toEqual([])
  })

  test('two files at once that disagree leave one of their figures, with a whole history (F51)', async () => {
    const rows = (lateFee: string) =>
      accountNos(20).map((accountNo) => gasRow(accountNo, { 违约金: lateFee }))
    await Promise.all([importGas(app, rows('1.00')), importGas(app, rows('2.00'))])
    const bills = await app
      .ctx()
      .db.reader.query<{ amountFen: number; version: number }>('SELECT DISTINCT amountFen, version FROM bill')
    expect(bills).toHaveLength(1)
    expect([8625, 8725]).toContain(bills[0]?.amountFen)
    expect(bills[0]?.version).toBe(2)
    expect(await whole('bill_version', 'billId')).toHaveLength(20)
  })

  test('the same file twice leaves every row of every table as it was', async () => {
    const path = tempFile(
      'gas.csv',
      gasFile([...accountNos(12).map((accountNo) => gasRow(accountNo)), gasRow('bad')]),
    )
    const first = await importBills(app.ctx(), { companyId: 'gas', path })
    const before = await contents()
    app.clock.advance(60_000)
    const second = await importBills(app.ctx(), { companyId: 'gas', path })
    expect(second.report).toEqual(first.report)
    expect(await contents()).toEqual(before)
  })

  test('refused records come out as a file that only its owner may read and that goes in once corrected', async () => {
    const path = tempFile('gas.csv', gasFile([gasRow('0008800011'), gasRow('0008800012', { 气费: '85.26' })]))
    const refusedPath = `${path}.refused.csv`
    const result = await importBills(app.ctx(), { companyId: 'gas', path, refusedPath })
    expect(result.refusedPath).toBe(refusedPath)
    expect(statSync(refusedPath).mode & 0o777).toBe(0o600)
    const corrected = tempFile('corrected.csv', readFileSync(refusedPath, 'utf8').replace('85.26', '85.25'))
    const again = await importBills(app.ctx(), {
      companyId: 'gas',
      path: corrected,
      refusedPath: `${corrected}.refused.csv`,
    })
    expect(again).toMatchObject({
      report: { accepted: 1, rejected: {} },
      changes: { created: 1 },
      refusedPath: null,
    })
    expect(existsSync(`${corrected}.refused.csv`)).toBe(false)
  })

  test('progress is told after every batch and at the end', async () => {
    const path = tempFile(
      'gas.csv',
      gasFile([...accountNos(25).map((accountNo) => gasRow(accountNo)), gasRow('bad')]),
    )
    const told: { rows: number; refused: number }[] = []
    await importBills(app.ctx(), {
      companyId: 'gas',
      path,
      batchRows: 10,
      onProgress: ({ rows, refused }) => told.push({ rows, refused }),
    })
    expect(told).toEqual([
      { rows: 10, refused: 0 },
      { rows: 20, refused: 0 },
      { rows: 26, refused: 1 },
    ])
  })
})
