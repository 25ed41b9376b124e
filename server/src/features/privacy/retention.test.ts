import { inTransaction } from '../../core/db/database'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { register } from './register'
import { readRetention } from './read-retention'
import { retain } from './retain'
import { seedSubject } from './seed-subject.fixture'

const DAY_MS = 86_400_000

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
    await seedSubject(app.ctx(), 'C', {})
  })
  afterAll(() => app.close())

  const lineOf = async (table: string) =>
    (await readRetention(app.ctx(), {})).lines.find((line) => line.table === table)

  test('nothing is ended before its time', async () => {
    // What the seed dates by itself is long ago; ids, which carry the moment of creation, are of now.
    await retain(app.ctx())
    expect(await lineOf('bind_attempt')).toMatchObject({ due: 0, ended: 0, kept: 0, behind: 0 })
    expect(await lineOf('outlet_ticket')).toMatchObject({ due: 0, ended: 0 })
  })

  test('what is too old is ended and counted, what is needed is kept with the reason, and a job that stands still is seen (C13)', async () => {
    app.clock.advance((app.config.privacy.keep.proofDays + 1) * DAY_MS)
    await retain(app.ctx())
    expect(await lineOf('bind_attempt')).toMatchObject({ due: 1, ended: 1, behind: 0 })
    expect(await lineOf('consent')).toMatchObject({ ended: 0, kept: 1, why: '账号还在用，同意就还要能证明' })
    expect(await lineOf('message')).toMatchObject({
      due: 1,
      ended: 0,
      behind: 1,
      why: expect.stringContaining('没有跟上'),
    })
    const rows = await app.ctx().db.reader.query('SELECT 1 FROM bind_attempt')
    expect(rows).toEqual([])
    // The job of messages runs, and the report has nothing to say against it any more.
    await app.runJobs()
    await retain(app.ctx())
    expect(await lineOf('message')).toMatchObject({ due: 0, behind: 0, why: '' })
  })

  test('a request that was closed years ago keeps its number and loses its words; one that is open keeps both', async () => {
    const request = register.get('request')
    if (request === undefined) throw new Error('requests are declared')
    const ctx = app.ctx()
    const [old] = await ctx.db.reader.query<Record<string, unknown>>('SELECT * FROM request')
    expect(old).toMatchObject({ words: '（已过保存期）', latE6: null, phoneIndex: null })
    expect(ctx.vault.open(String(old?.['contactSealed']))).toBe('{}')
    const open = { ...old, id: ctx.ids.next(), number: 'open-1', words: '家里不热', openSlot: 1 }
    await inTransaction(ctx, (tx) => tx.insert(request.table as never, open))
    await retain(ctx)
    expect(await lineOf('request')).toMatchObject({ due: 0, ended: 0, kept: 1, why: '还没办结' })
    const [still] = await ctx.db.reader.query<{ words: string }>('SELECT words FROM request WHERE id = ?', [
      open.id,
    ])
    expect(still?.words).toBe('家里不热')
  })
})
