import { inTransaction } from '../../core/db/database'
import { areaTable } from '../households/entities'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { inScope, scopeSql } from './scope'

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
  })
  afterAll(() => app.close())

  test('the condition in SQL and the one in the process say the same of every scope and row', async () => {
    const { ids } = app.ctx()
    const [district, community, other] = [ids.next(), ids.next(), ids.next()]
    const rows = [
      { companyId: 'heating', areaPath: `${district}/` },
      { companyId: 'heating', areaPath: `${district}/${community}/` },
      { companyId: 'heating', areaPath: `${district}/${community}/${ids.next()}/` },
      { companyId: 'gas', areaPath: `${other}/` },
      { companyId: 'gas', areaPath: '' },
    ]
    await inTransaction(app.ctx(), (tx) =>
      tx.insert(
        areaTable,
        rows.map((row, n) => ({
          ...row,
          id: ids.next(),
          tree: 'place' as const,
          kind: 'x',
          name: `${n}`,
          fullName: `${n}`,
          parentId: null,
          path: row.areaPath,
          contactSealed: null,
          createdAt: 1,
        })),
      ),
    )
    const scopes: [string, string[] | null, string[] | null, number][] = [
      ['everything', null, null, 5],
      ['one company', ['gas'], null, 2],
      ['no company', [], null, 0],
      ['no area', null, [], 0],
      ['a community, as a piece', null, [`${community}/`], 2],
      ['a community, as a whole path', null, [`${district}/${community}/`], 2],
      ['a district', null, [`${district}/`], 3],
      ['two areas', null, [`${community}/`, `${other}/`], 3],
      ['an area of another company', ['heating'], [`${other}/`], 0],
    ]
    for (const [name, companies, areaPaths, expected] of scopes) {
      const { sql, params } = scopeSql({ companies, areaPaths }, 'a')
      const found = await app
        .ctx()
        .db.reader.query<{ name: string }>(
          `SELECT a.name FROM (SELECT name, companyId, path AS areaPath FROM area) a WHERE ${sql} ORDER BY a.name`,
          params,
        )
      const kept = rows.flatMap((row, n) => (inScope({ companies, areaPaths }, row) ? [`${n}`] : []))
      expect([name, found.map((row) => row.name)]).toEqual([name, kept])
      expect([name, kept.length]).toEqual([name, expected])
    }
  })
})
