import { inTransaction, isDuplicate } from '../../core/db/database'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { addPaidBills } from './add-paid-bills'
import { ANNA, bind, billOf, importGas } from './billing.fixture'
import { owedOfHousehold } from './owed-of-household'

eachEngine((engine) => {
  let app: TestApp
  afterEach(() => app.close())

  test('bills of earlier that were paid stand in the history and change nothing that is owed', async () => {
    app = await startApp({ engine })
    await importGas(app, { '0008800011': {} })
    const household = { id: await bind(app, ANNA, '0008800011'), companyId: 'gas', accountNo: '0008800011' }
    const newest = await app
      .ctx()
      .db.reader.query<{ detail: string }>('SELECT detail FROM bill WHERE accountNo = ?', ['0008800011'])
    const facts = JSON.parse(newest[0]?.detail ?? '') as never
    const past = {
      period: '2026-09',
      title: '2026年9月燃气费',
      amountFen: 8525,
      lateFeeFen: 0,
      dueOn: '2026-10-20',
      facts,
    }
    await inTransaction(app.ctx(), (tx) => addPaidBills(tx, app.ctx(), household, [past]))
    expect(await billOf(app, '0008800011', '2026-09')).toMatchObject({
      amountFen: 8525,
      paidFen: 8525,
      state: 'paid',
    })
    expect((await owedOfHousehold(app.ctx(), household)).owedFen).toBe(8525)
    const again = inTransaction(app.ctx(), (tx) => addPaidBills(tx, app.ctx(), household, [past]))
    expect(await again.catch(isDuplicate)).toBe(true)
  })
})
