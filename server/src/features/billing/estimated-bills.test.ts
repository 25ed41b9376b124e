import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { buildResident } from '../../testing/factories'
import { bind, billOf, importGas } from './billing.fixture'
import { getBill } from './get-bill'
import { GAS_HEADER, gasRow, tempFile } from './import/files.fixture'
import { importBills } from './import-bills'
import { listBills } from './list-bills'
import { meterBillsOf } from './meter-bills'

const header = `${GAS_HEADER},抄表方式`
let files = 0
/** The same export with one more column; an estimate of 30 m³ at 3.5 yuan unless said otherwise. */
const importWithMethod = (app: TestApp, rows: readonly (readonly [string, string])[]) =>
  importBills(app.ctx(), {
    companyId: 'gas',
    path: tempFile(
      `gas-method-${++files}.csv`,
      [header, ...rows.map(([row, method]) => `${row},${method}`), ''].join('\n'),
    ),
  })
const estimate = gasRow('0008800011', {
  '用气量(m³)': '30',
  本期抄见: '3066',
  一阶气量: '30',
  气费: '105.00',
})

eachEngine((engine) => {
  let app: TestApp
  let residentId: string
  beforeEach(async () => {
    app = await startApp({ engine, config: {} })
    residentId = (await buildResident(app)).id
  })
  afterEach(() => app.close())

  test('an export without the column still goes in, and its readings count as read', async () => {
    const { report } = await importGas(app, { '0008800011': {} })
    expect(report).toMatchObject({ accepted: 1, rejected: {} })
    const householdId = await bind(app, residentId, '0008800011')
    const [bill] = (await listBills(app.asResident(residentId), { householdId, limit: 20 })).items
    expect(bill).not.toHaveProperty('estimated')
    const detail = await getBill(app.asResident(residentId), { billId: bill?.id ?? '' })
    expect(detail.reading).toMatchObject({ previous: '3036', current: '3061', readBy: 'read' })
  })

  test('an estimated reading is priced flat, marked on the list and explained on the bill', async () => {
    const { report } = await importWithMethod(app, [
      [estimate, '估抄'],
      [gasRow('0008800012'), '实抄'],
      [gasRow('0008800013'), '自助报数'],
      [gasRow('0008800014'), '远传'],
      // Flat priced, but said to be read: the tiers apply and the amount is wrong.
      [estimate.replace('0008800011', '0008800015'), '实抄'],
    ])
    expect(report).toMatchObject({ accepted: 4, rejected: { amount_mismatch: [6] } })
    const householdId = await bind(app, residentId, '0008800011')
    const { items } = await listBills(app.asResident(residentId), { householdId, limit: 20 })
    expect(items).toMatchObject([{ estimated: true, amountFen: 10_500 }])
    const detail = await getBill(app.asResident(residentId), { billId: items[0]?.id ?? '' })
    expect(detail.tier).toBeNull()
    expect(detail.lines).toEqual([
      {
        label: '估抄用量（不分阶梯）',
        quantity: '30 m³',
        unitPrice: '3.5',
        amountFen: 10_500,
        why: {
          formula: '估抄 30 m³ × 3.5 元 = 105.00 元',
          rule: '没抄到表时按最近两次实抄估，统一 3.5 元/m³，实抄后多退少补',
          source: '示范市发改价格〔2025〕88号',
          validFrom: '2026-01-01',
        },
      },
    ])
    expect(detail.why[0]).toBe('本期没有抄到表，读数是公司按以往用量估的，不是表上的真实读数')
    const others = await Promise.all(
      ['0008800013', '0008800014'].map(async (accountNo) => {
        const id = await bind(app, residentId, accountNo)
        return (await meterBillsOf(app.ctx().db.reader, id, 3)).map(({ readBy }) => readBy)
      }),
    )
    expect(others).toEqual([['reported'], ['remote']])
  })

  test('the real reading of a later export replaces the estimate, also where the amount is the same', async () => {
    await importWithMethod(app, [[gasRow('0008800011', { 气费: '87.50' }), '估抄']])
    expect(await billOf(app, '0008800011')).toMatchObject({ amountFen: 8750, version: 1 })
    const real = gasRow('0008800011', {
      '用气量(m³)': '20',
      本期抄见: '3056',
      一阶气量: '20',
      气费: '68.20',
    })
    await importWithMethod(app, [[real, '自报']])
    expect(await billOf(app, '0008800011')).toMatchObject({ amountFen: 6820, version: 2 })
    // 60.72 × 3.5 = 212.52, and so are 50 × 3.41 + 10.72 × 3.92.
    const same = gasRow('0008800012', {
      '用气量(m³)': '60.72',
      本期抄见: '3096.72',
      一阶气量: '50',
      二阶气量: '10.72',
      气费: '212.52',
    })
    await importWithMethod(app, [[same, '估抄']])
    await importWithMethod(app, [[same, '实抄']])
    expect(await billOf(app, '0008800012')).toMatchObject({ amountFen: 21_252, version: 2 })
  })
})
