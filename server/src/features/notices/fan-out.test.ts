import { inTransaction } from '../../core/db/database'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { openBulk, stopBulk } from '../notifications'
import type { AreaRow } from '../households/entities'
import type { FanoutRow, NoticeRow } from './entities'
import { spreadFanOut, spreadSchedule, startFanOut, stopFanOut } from './fan-out'
import { buildNotice, buildTown, moveIn, type Town } from './fan-out.fixture'

eachEngine((engine) => {
  let app: TestApp
  let town: Town
  beforeEach(async () => {
    app = await startApp({ engine, config: { notices: { spreadPageHouseholds: 3 } } })
    town = await buildTown(app, 4)
  })
  afterEach(() => app.close())

  const read = <Row>(sql: string, params: string[] = []) => app.ctx().db.reader.query<Row>(sql, params)
  const fanouts = () => read<FanoutRow>('SELECT * FROM notice_fanout ORDER BY version')
  const messages = () =>
    read<{ id: string; residentId: string; householdId: string | null; reason: string; bulkId: string }>(
      'SELECT id, residentId, householdId, reason, bulkId FROM message ORDER BY id',
    )
  const peopleOf = (...names: string[]): string[] =>
    [
      ...new Set(
        town.addresses
          .filter((address) => names.some((name) => address.startsWith(name)))
          .flatMap((address) => town.residents(address)),
      ),
    ].sort()

  async function publish(
    notice: NoticeRow,
    over: { version?: number; reach?: 'covered' | 'told' } = {},
  ): Promise<{ started: boolean; bulkId: string }> {
    return inTransaction(app.ctx(), async (tx) => {
      const bulkId = await openBulk(tx, app.ctx(), {
        companyId: 'heating',
        template: 'outage-emergency',
        title: notice.title,
        facts: { household: '', what: '紧急停暖' },
        page: null,
        urgency: 0,
        expiresAt: app.clock.now() + 86_400_000,
      })
      const version = over.version ?? 1
      const started = await startFanOut(tx, app.ctx(), { ...over, noticeId: notice.id, version, bulkId })
      return { started, bulkId }
    })
  }
  const notice = (areas: AreaRow[], over: Parameters<typeof buildNotice>[1] = {}) =>
    buildNotice(app, { ...over, areas })
  const told = async (): Promise<string[]> => (await messages()).map(({ residentId }) => residentId).sort()
  const runAll = async (): Promise<void> => {
    for (const { id } of await fanouts()) await spreadFanOut(app.ctx(), id, null)
  }

  test('everybody whom it concerns has one row and the others have none, in the order of the areas', async () => {
    const outsider = app.ctx().ids.next()
    await publish(
      await notice([town.area('松海园/2号楼'), town.area('甲站')], {
        householdIds: [town.household('御海城/3号楼/1单元#2')],
        subscribers: [outsider],
      }),
    )
    await runAll()
    const people = [
      ...peopleOf('松海园/2号楼', '松海园/1号楼', '御海城/1号楼', '御海城/3号楼/1单元#2'),
      outsider,
    ].sort()
    expect(await told()).toEqual(people)
    const homes = (await messages()).map(({ householdId }) => householdId)
    expect(homes[0]).toBe(town.household('松海园/2号楼/1单元#1'))
    expect(homes.at(-1)).toBeNull()
    const [row] = await fanouts()
    expect(row).toMatchObject({ state: 'done', residents: people.length, households: 8 + 16 + 1 })
    expect(row?.finishedAt).toBe(app.clock.now())
    const [bulk] = await read<{ state: string }>('SELECT state FROM message_bulk')
    expect(bulk?.state).toBe('sending')
  })

  test('N13: a page of their real size writes its rows whole, each for its own resident', async () => {
    await app.close()
    app = await startApp({ engine })
    town = await buildTown(app, 12)
    await publish(await notice([town.area('松海园'), town.area('御海城')]))
    await runAll()
    const rows = await messages()
    expect(rows.map(({ residentId }) => residentId).sort()).toEqual(peopleOf('松海园', '御海城'))
    expect(rows.length).toBeGreaterThan(200)
    for (const { id, householdId, residentId } of rows) {
      const address = town.addresses.find((one) => town.household(one) === householdId) ?? ''
      expect(town.residents(address)).toContain(residentId)
      expect(id).toHaveLength(26)
    }
    const [alike] = await read<{ n: number; due: number }>(
      "SELECT COUNT(*) AS n, MIN(dueAt) AS due FROM message WHERE state = 'due' AND urgency = 0 AND bulkId IS NOT NULL AND wallet IS NULL",
    )
    expect(alike).toEqual({ n: rows.length, due: app.clock.now() })
  })

  test('N12: the same version published twice, also at the same moment, has one fan-out', async () => {
    const one = await notice([town.area('松海园')])
    const both = await Promise.all([publish(one), publish(one)])
    expect(both.map(({ started }) => started).sort()).toEqual([false, true])
    expect(await fanouts()).toHaveLength(1)
    expect((await publish(one)).started).toBe(false)
    await runAll()
    await runAll()
    expect(await told()).toEqual(peopleOf('松海园'))
  })

  test('N11: two workers that hold the same fan-out write every row once', async () => {
    await publish(await notice([town.area('松海园'), town.area('御海城'), town.area('乙站')]))
    await Promise.all([runAll(), runAll(), runAll()])
    expect(await told()).toEqual(peopleOf('松海园', '御海城'))
    expect((await fanouts())[0]).toMatchObject({
      state: 'done',
      residents: peopleOf('松海园', '御海城').length,
    })
  })

  test('N10: wherever it was cut off, the next worker goes on and nobody is lost or told twice', async () => {
    const one = await notice([town.area('松海园'), town.area('御海城')])
    await publish(one)
    await runAll()
    const whole = await told()
    const units = (await read<AreaRow>('SELECT * FROM area ORDER BY path')).filter(
      ({ kind, tree }) => kind === 'unit' && tree === 'place',
    )
    for (const unit of units) {
      // As a kill leaves it: rows behind the cursor are there, rows after it may be there or not.
      await inTransaction(app.ctx(), async (tx) => {
        await tx.execute(
          `DELETE FROM message WHERE householdId IN
            (SELECT h.id FROM household h JOIN area a ON a.id = h.placeId WHERE a.path > ?)`,
          [unit.path],
        )
        await tx.execute(
          "UPDATE notice_fanout SET state = 'running', part = 0, cursorPath = ?, cursorId = '~'",
          [unit.path],
        )
        await tx.execute("UPDATE message_bulk SET state = 'spreading'")
      })
      await runAll()
      expect(await told()).toEqual(whole)
    }
  })

  test('N10: a fan-out whose worker is gone is taken up by the schedule before the lease ends', async () => {
    await publish(await notice([town.area('松海园')]))
    // Claimed by a worker that was killed: its lease is still running.
    await inTransaction(app.ctx(), (tx) =>
      tx.execute("UPDATE job SET token = 'gone', runAt = runAt + 600000 WHERE job = 'notices.spread'"),
    )
    await spreadSchedule.run(app.ctx(), new AbortController().signal)
    await app.runJobs()
    expect(await told()).toEqual([])
    app.clock.advance(16_000)
    await app.runJobs()
    expect(await told()).toEqual(peopleOf('松海园'))
  })

  test('a long fan-out hands over to the next job instead of holding one for ever', async () => {
    await publish(await notice([town.area('松海园')]))
    const [row] = await fanouts()
    const ctx = app.ctx()
    let looks = 0
    // Every look at the clock is a minute later, so that each stint is over after one page.
    const hurried = { ...ctx, clock: { ...ctx.clock, now: () => ctx.clock.now() + 60_000 * looks++ } }
    await spreadFanOut(hurried, row?.id ?? '', null)
    const jobs = await read<{ dedupe: string }>("SELECT dedupe FROM job WHERE job = 'notices.spread'")
    expect(jobs.length).toBe(2)
    expect((await fanouts())[0]?.state).toBe('running')
    await app.runJobs()
    expect(await told()).toEqual(peopleOf('松海园'))
  })

  test('N08: a version that is stopped makes no further row, and its unsent rows are taken back', async () => {
    const one = await notice([town.area('松海园')])
    const { bulkId } = await publish(one)
    await inTransaction(app.ctx(), async (tx) => {
      await stopFanOut(tx, app.ctx(), one.id, 1)
      await stopBulk(tx, app.ctx(), bulkId)
    })
    await runAll()
    expect(await told()).toEqual([])
    expect((await fanouts())[0]).toMatchObject({ state: 'stopped', residents: 0 })
  })

  test('N09: what is told is the version it began with; the next version tells the same people again', async () => {
    const one = await notice([town.area('松海园/1号楼')])
    const first = await publish(one)
    const second = await publish(one, { version: 2 })
    await runAll()
    const rows = await messages()
    for (const [version, { bulkId }] of [
      [1, first],
      [2, second],
    ] as const) {
      const own = rows.filter((row) => row.bulkId === bulkId)
      expect(own.map(({ residentId }) => residentId).sort()).toEqual(peopleOf('松海园/1号楼'))
      expect(new Set(own.map(({ reason }) => reason))).toEqual(new Set([`notice:${one.id}:${version}`]))
    }
  })

  test('N08: a correction goes to those who were told, and to nobody else', async () => {
    const one = await notice([town.area('松海园')])
    const { bulkId } = await publish(one)
    await runAll()
    const reached = peopleOf('松海园/1号楼')
    await inTransaction(app.ctx(), async (tx) => {
      await stopBulk(tx, app.ctx(), bulkId)
      await tx.execute("UPDATE message SET state = 'cancelled', dueAt = NULL")
      await tx.execute(
        `UPDATE message SET state = 'sent' WHERE residentId IN (${reached.map(() => '?').join(',')})`,
        reached,
      )
    })
    const correction = await publish(one, { version: 2, reach: 'told' })
    await runAll()
    const rows = (await messages()).filter((row) => row.bulkId === correction.bulkId)
    expect(rows.map(({ residentId }) => residentId).sort()).toEqual(reached)
  })

  test('N14: who moved in before their page was written is told, who moved out before it is not', async () => {
    const home = town.household('松海园/3号楼/2单元#4')
    const [leaver = ''] = town.residents('松海园/3号楼/2单元#3')
    await publish(await notice([town.area('松海园')]))
    const comer = app.ctx().ids.next()
    await moveIn(app, home, comer)
    await inTransaction(app.ctx(), (tx) =>
      tx.execute('UPDATE binding SET activeSlot = NULL, unboundAt = 1 WHERE residentId = ?', [leaver]),
    )
    await runAll()
    const people = await told()
    expect(people).toContain(comer)
    expect(people).not.toContain(leaver)
  })

  test('one person with two homes, or with an earlier id of theirs, is told once', async () => {
    const [resident = ''] = town.residents('松海园/1号楼/1单元#1')
    await moveIn(app, town.household('松海园/3号楼/1单元#1'), resident)
    const [earlier = ''] = town.residents('松海园/2号楼/1单元#1')
    await inTransaction(app.ctx(), (tx) =>
      tx.execute('UPDATE resident SET mergedInto = ?, endedAt = 1 WHERE id = ?', [resident, earlier]),
    )
    await publish(await notice([town.area('松海园')]))
    await runAll()
    expect(await told()).toEqual(peopleOf('松海园').filter((id) => id !== earlier))
  })
})
