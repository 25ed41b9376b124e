import { eachEngine, startApp, type TestApp } from '../testing/harness'
import { closeAudit, openAudit, recordAudit } from './audit'
import { readHead, sealAudit } from './audit-chain'
import { type AuditFault, checkAudit } from './audit-check'
import { pageOfAudit } from './audit-list'
import { inTransaction } from './db/database'

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine, logLevel: 'info' })
  })
  afterEach(() => app.close())

  const note = (action: string, count = 1): Promise<void> =>
    inTransaction(app.ctx(), async (tx) => {
      for (let i = 0; i < count; i++)
        await recordAudit(tx, app.ctx(), { action, object: `thing:${i}`, detail: { i } })
    })
  const sql = (text: string, params: (string | number | null)[] = []): Promise<number> =>
    inTransaction(app.ctx(), (tx) => tx.execute(text, params))
  const faults = async (): Promise<readonly AuditFault[]> => (await checkAudit(app.ctx())).faults
  const idAt = async (sequence: number): Promise<string> => {
    const rows = await app
      .ctx()
      .db.reader.query<{ id: string }>('SELECT id FROM audit_log WHERE sequence = ?', [sequence])
    return rows[0]?.id ?? 'none'
  }
  /** Ten rows in the chain. */
  const chainOfTen = async (): Promise<void> => {
    await note('things.make', 10)
    expect(await sealAudit(app.ctx())).toBe(10)
    expect(await checkAudit(app.ctx())).toMatchObject({ sealed: 10, checked: 10, waiting: 0, faults: [] })
  }

  test('rows are sealed in order, each once, and the head says where the chain ends', async () => {
    await chainOfTen()
    await note('things.break', 3)
    expect(await checkAudit(app.ctx())).toMatchObject({ sealed: 10, waiting: 3, faults: [] })
    expect(await sealAudit(app.ctx())).toBe(3)
    expect(await sealAudit(app.ctx())).toBe(0)
    const head = await readHead(app.ctx().db.reader, app.ctx().vault)
    expect(head).toMatchObject({ sequence: 13, isOurs: true })
    expect(await checkAudit(app.ctx())).toMatchObject({ checked: 13, headHash: head?.hash, faults: [] })
  })

  test('processes that seal at the same time make one chain', async () => {
    await note('things.make', 450)
    const sealed = await Promise.all(Array.from({ length: 5 }, () => sealAudit(app.ctx())))
    expect(sealed.reduce((sum, some) => sum + some, 0)).toBe(450)
    expect(await checkAudit(app.ctx())).toMatchObject({ sealed: 450, checked: 450, waiting: 0, faults: [] })
  })

  test('a row that was changed is found, whichever column it was, and named alone', async () => {
    await chainOfTen()
    const id = await idAt(4)
    const columns: [string, string | number][] = [
      ['action', 'things.keep'],
      ['actor', 'staff:somebody-else'],
      ['object', 'thing:77'],
      ['detail', '{"i":0}'],
      ['outcome', 'forbidden'],
      ['requestId', 'another'],
      ['ip', '10.0.0.1'],
      ['at', 1],
      ['mac', 'a'.repeat(64)],
      ['hash', 'b'.repeat(64)],
    ]
    for (const [column, value] of columns) {
      const [row] = await app
        .ctx()
        .db.reader.query<Record<string, string | number>>('SELECT * FROM audit_log WHERE sequence = 4')
      await sql(`UPDATE audit_log SET ${column} = ? WHERE sequence = 4`, [value])
      // The link behind a changed hash does not fit either; nothing else is wrong.
      const behind = column === 'hash' ? [{ sequence: 5, id: await idAt(5), what: 'changed' }] : []
      expect([column, await faults()]).toEqual([column, [{ sequence: 4, id, what: 'changed' }, ...behind]])
      await sql(`UPDATE audit_log SET ${column} = ? WHERE sequence = 4`, [row?.[column] ?? null])
    }
    expect(await faults()).toEqual([])
  })

  test('a row that was taken out is found, also when the rest is renumbered', async () => {
    await chainOfTen()
    await sql('DELETE FROM audit_log WHERE sequence = 6')
    expect(await faults()).toEqual([{ sequence: 6, id: null, what: 'taken-out' }])
    for (let n = 7; n <= 10; n++)
      await sql('UPDATE audit_log SET sequence = ? WHERE sequence = ?', [n - 1, n])
    const found = await faults()
    expect(found[0]).toMatchObject({ sequence: 6, what: 'changed' })
    expect(found.at(-1)).toMatchObject({ what: 'end-cut-off' })
  })

  test('a row that was put in is found: waiting, before the first, in between, or behind the last', async () => {
    await chainOfTen()
    const forge = (id: string, sequence: number | null): Promise<number> =>
      sql(
        `INSERT INTO audit_log (id, at, requestId, actor, action, object, ip, detail, outcome, mac, sequence, hash)
         SELECT ?, at, requestId, actor, 'things.forge', object, ip, detail, outcome, mac, ?, hash
           FROM audit_log WHERE sequence = 5`,
        [id, sequence],
      )
    const id = app.ctx().ids.next()
    for (const place of [null, 0, 11]) {
      await forge(id, place)
      expect(await faults()).toEqual([{ sequence: place, id, what: 'put-in' }])
      await sql('DELETE FROM audit_log WHERE id = ?', [id])
    }
    for (let n = 10; n >= 6; n--)
      await sql('UPDATE audit_log SET sequence = ? WHERE sequence = ?', [n + 1, n])
    await forge(id, 6)
    expect((await faults())[0]).toEqual({ sequence: 6, id, what: 'changed' })
  })

  test('a forged row that waits is sealed with the others and stays a fault for ever', async () => {
    await chainOfTen()
    const id = app.ctx().ids.next()
    await sql(
      `INSERT INTO audit_log (id, at, requestId, actor, action, object, outcome, mac)
       VALUES (?, 1, 'r', 'staff:x', 'things.forge', 'thing:1', 'done', ?)`,
      [id, 'c'.repeat(64)],
    )
    await sealAudit(app.ctx())
    await note('things.make')
    await sealAudit(app.ctx())
    expect(await faults()).toEqual([{ sequence: 11, id, what: 'changed' }])
  })

  test('an end that was cut off is found, and so is a head that was set back with it', async () => {
    await chainOfTen()
    const before = await app
      .ctx()
      .db.reader.query<{ hash: string }>('SELECT hash FROM audit_log WHERE sequence = 8')
    await sql('DELETE FROM audit_log WHERE sequence > 8')
    expect(await faults()).toEqual([{ sequence: 9, id: null, what: 'end-cut-off' }])
    await sql('UPDATE audit_head SET sequence = 8, hash = ?', [before[0]?.hash ?? ''])
    expect(await faults()).toEqual([{ sequence: 8, id: null, what: 'head-changed' }])
  })

  test('an act that is under way waits; one that never said how it went is sealed as unknown', async () => {
    const ctx = app.ctx()
    const opened = await inTransaction(ctx, (tx) =>
      openAudit(tx, ctx, { action: 'things.make', object: 'thing:1' }),
    )
    app.clock.advance(59_000)
    expect(await sealAudit(ctx)).toBe(0)
    app.clock.advance(2_000)
    expect(await sealAudit(ctx)).toBe(1)
    expect(await pageOfAudit(ctx.db.reader, { limit: 9 })).toMatchObject([
      { outcome: 'unknown', sequence: 1 },
    ])
    // The answer that comes after all changes nothing that is sealed.
    expect(await inTransaction(ctx, (tx) => closeAudit(tx, ctx, opened, { outcome: 'done' }))).toBe(false)
    expect(await faults()).toEqual([])
  })

  test('an act that said how it went is sealed with that', async () => {
    const ctx = app.ctx()
    const opened = await inTransaction(ctx, (tx) =>
      openAudit(tx, ctx, { action: 'things.make', object: '-' }),
    )
    const end = { outcome: 'done', object: 'thing:7' }
    expect(await inTransaction(ctx, (tx) => closeAudit(tx, ctx, opened, end))).toBe(true)
    await sealAudit(ctx)
    expect(await pageOfAudit(ctx.db.reader, { limit: 9 })).toMatchObject([{ ...end, sequence: 1 }])
    expect(await faults()).toEqual([])
  })

  test('a page is a span of time, of one actor, of one kind of act or of one object, newest first', async () => {
    await note('things.make', 3)
    app.clock.advance(60_000)
    const later = app.clock.now()
    await note('things.break', 2)
    const read = (filter: object) => pageOfAudit(app.ctx().db.reader, { limit: 10, ...filter })
    const all = await read({})
    expect(all.map((row) => row.action)).toEqual([
      'things.break',
      'things.break',
      'things.make',
      'things.make',
      'things.make',
    ])
    expect(await read({ from: later })).toEqual(all.slice(0, 2))
    expect(await read({ to: later - 1 })).toEqual(all.slice(2))
    expect(await read({ action: 'things.make', before: all[2]?.id })).toEqual(all.slice(3))
    expect(await read({ object: 'thing:2' })).toEqual([all[2]])
    expect(await read({ actor: 'staff:nobody' })).toEqual([])
  })

  test('a pass that stopped goes on where it was, and finds what lies behind', async () => {
    await chainOfTen()
    let pages = 0
    const part = await checkAudit(app.ctx(), { until: () => pages++ === 1, pageRows: 4 })
    expect(part).toMatchObject({ checked: 4, reached: 4, isWhole: false, faults: [] })
    await sql(`UPDATE audit_log SET actor = 'staff:x' WHERE sequence IN (2, 5)`)
    const rest = await checkAudit(app.ctx(), { from: part.reached, pageRows: 4 })
    expect(rest).toMatchObject({ checked: 6, reached: 10, isWhole: true })
    expect(rest.faults).toEqual([{ sequence: 5, id: await idAt(5), what: 'changed' }])
  })

  test('the schedules seal, tell the log the head, and raise the alarm when the chain is broken', async () => {
    await note('things.make', 5)
    await app.runJobs()
    app.clock.advance(3_600_001)
    await app.runJobs()
    const head = await readHead(app.ctx().db.reader, app.ctx().vault)
    expect(head?.sequence).toBe(5)
    expect(app.logLines.join('\n')).toContain(head?.hash)
    expect(app.logLines.join('\n')).not.toContain('audit.chain-broken')
    await sql(`UPDATE audit_log SET actor = 'staff:x' WHERE sequence = 2`)
    app.clock.advance(86_400_001)
    await app.runJobs()
    expect(app.logLines.join('\n')).toContain('audit.chain-broken')
  })
})
