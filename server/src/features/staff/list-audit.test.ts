import { buildAtWork, send } from '../../testing/at-work'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { inTransaction } from '../../core/db/database'
import { listAudit } from './list-audit'
import { verifyAudit } from './verify-audit'

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())

  test('the auditor reads who did what, page by page, and the chain of it is whole until somebody touches it', async () => {
    const agent = await buildAtWork(app, ['agent'], { name: '王晓' })
    for (let n = 1; n <= 5; n++)
      await send(app, { name: 'staff.setPresence', method: 'POST' }, agent.headers, {
        clientId: `client-0123456789-${n}`,
        presence: 'away',
      })
    const auditor = app.asStaff(app.ctx().ids.next(), { roles: ['auditor'] })
    const first = await listAudit(auditor, { limit: 3 })
    expect(first.items[0]).toMatchObject({
      actor: `staff:${agent.id}`,
      actorName: '王晓',
      action: 'staff.setPresence',
      outcome: 'done',
      sequence: null,
    })
    const second = await listAudit(auditor, { limit: 3, cursor: first.nextCursor ?? '' })
    expect(second).toMatchObject({ nextCursor: null })
    expect(new Set([...first.items, ...second.items].map((item) => item.id)).size).toBe(5)
    expect(await verifyAudit(auditor)).toMatchObject({ sealed: 5, checked: 5, waiting: 0, faults: [] })
    expect((await listAudit(auditor, { limit: 1 })).items).toMatchObject([{ sequence: 5 }])
    expect((await listAudit(auditor, { limit: 9, actor: 'staff:nobody' })).items).toEqual([])
    await inTransaction(app.ctx(), (tx) => tx.execute(`UPDATE audit_log SET object = 'x' WHERE sequence = 2`))
    expect((await verifyAudit(auditor)).faults).toMatchObject([{ sequence: 2, what: 'changed' }])
  })
  test('who takes the rows of a table along as a file leaves one row that says which table, columns and how many', async () => {
    const agent = await buildAtWork(app, ['agent'])
    const taken = {
      clientId: 'client-0123456789-1',
      table: 'notices',
      columns: ['number', 'title'],
      rows: 20,
    }
    const noteCsv = { name: 'staff.noteCsv', method: 'POST' } as const
    expect((await send(app, noteCsv, agent.headers, taken)).status).toBe(200)
    expect((await send(app, noteCsv, agent.headers, { ...taken, table: '人员' })).status).toBe(422)
    const auditor = app.asStaff(app.ctx().ids.next(), { roles: ['auditor'] })
    const { items } = await listAudit(auditor, { limit: 9, action: 'staff.noteCsv' })
    expect(items.filter(({ outcome }) => outcome === 'done')).toHaveLength(1)
    const kept = items.find(({ outcome }) => outcome === 'done')
    expect(kept?.actor).toBe(`staff:${agent.id}`)
    expect(JSON.parse(kept?.detail ?? '')).toEqual({
      table: 'notices',
      columns: ['number', 'title'],
      rows: 20,
    })
  })
})
