import { createConnection } from 'mysql2/promise'
import { openCore, tableNames } from './assemble'
import { recordAudit } from './core/audit'
import { sealAudit } from './core/audit-chain'
import { inTransaction } from './core/db/database'
import { rightsOf } from './core/db/rights'
import { createLogger } from './core/log'
import { decideConsent } from './features/privacy/decide-consent'
import { buildResident } from './testing/factories'
import { eachEngine, startApp } from './testing/harness'

eachEngine((engine) => {
  // A file has no accounts: whoever can write to it can write all of it.
  if (engine === 'sqlite')
    return test('names every table once', () => {
      const statements = rightsOf(tableNames, 'yihu', "'yihu'@'%'")
      expect(new Set(statements).size).toBe(tableNames.length + 1)
    })

  test('with the rights that the operator is told to give, answers and acts are added, and what was said stays (C03, C33)', async () => {
    const app = await startApp({ engine })
    const { database } = app.config
    if (database.engine === 'sqlite') throw new Error('this is a server')
    const { host, port } = database
    const root = await createConnection({ host, port, user: 'root' })
    const user = `${database.database.slice(-8)}_portal`
    await root.query(`CREATE USER '${user}'@'%'`)
    try {
      for (const statement of rightsOf(tableNames, database.database, `'${user}'@'%'`))
        await root.query(statement)
      const opened = await openCore(
        { ...app.config, database: { ...database, user } },
        { clock: app.clock, log: createLogger('silent') },
      )
      const { db } = opened.core
      const { id } = await buildResident(app)
      const resident = { ...app.asResident(id), db }
      const write = (sql: string) => inTransaction({ db }, (tx) => tx.execute(sql))
      await decideConsent(resident, { purpose: 'location', version: '1', granted: true, clientVersion: '1' })
      await inTransaction({ db }, (tx) =>
        recordAudit(tx, resident, { action: 'test.act', object: 'thing:1' }),
      )
      expect(await sealAudit({ ...app.ctx(), db })).toBeGreaterThan(0)
      await expect(write('UPDATE consent SET granted = 0')).rejects.toThrow(/UPDATE command denied/)
      await expect(write("UPDATE audit_log SET action = 'nothing'")).rejects.toThrow(/UPDATE command denied/)
      await expect(write('DELETE FROM audit_log')).rejects.toThrow(/DELETE command denied/)
      await expect(write('DROP TABLE consent')).rejects.toThrow(/DROP command denied/)
      expect(await write('DELETE FROM consent')).toBe(1)
      for (const name of tableNames) await db.reader.query(`SELECT 1 FROM ${name} LIMIT 1`)
      await opened.close()
    } finally {
      await root.query(`DROP USER '${user}'@'%'`)
      await root.end()
      await app.close()
    }
  })
})
