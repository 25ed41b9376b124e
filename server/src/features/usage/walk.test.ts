import { inTransaction } from '../../core/db/database'
import { buildResident } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { importRunTable } from '../billing/entities'
import { switchTable } from '../notifications/entities'
import { meterTable, readingTable } from '../readings/entities'
import type { UsageWalkRow } from './entities'
import { importDays } from './import-days'
import { addDays } from './periods'
import { readUsage } from './read-usage'
import { allowComparison, bind, buildHomes, buildMonth, dayFile, tierFacts } from './usage.fixture'
import { followImports, walkCompany } from './walk'
import { findWalk } from './walk-store'

const numbers = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => String(from + index).padStart(10, '0'))

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())

  const rows = <Row>(sql: string, params: (string | number)[] = []): Promise<Row[]> =>
    app.ctx().db.reader.query<Row>(sql, params)

  /** As if an export of bills had just come in whole. */
  const billsCameIn = async (): Promise<void> => {
    const now = app.clock.now()
    const ctx = app.ctx()
    await inTransaction(ctx, (tx) =>
      tx.insert(importRunTable, {
        id: ctx.ids.next(),
        companyId: 'power',
        fileSha: ctx.ids.token(32),
        rulesSha: ctx.ids.token(32),
        fileName: 'power.xlsx',
        state: 'done',
        nextRecord: 2,
        created: 0,
        updated: 0,
        unchanged: 0,
        untouched: 0,
        report: null,
        startedAt: now,
        finishedAt: now,
      }),
    )
  }

  /** Everything that follows from an import, a minute later. */
  const follow = async (): Promise<void> => {
    app.clock.advance(61_000)
    await app.runJobs()
  }
  const walkOf = async (purpose: 'peers' | 'alerts'): Promise<UsageWalkRow | null> =>
    findWalk(app.ctx().db.reader, 'power', purpose)

  const bill = (home: { id: string; accountNo: string }, kWh: number, period = '2026-10') =>
    buildMonth(app, home, period, tierFacts(kWh * 1000, { readOn: `${period}-28` }))

  describe('neighbours', () => {
    test('the median of a community leaves oneself out, and one of too few falls back to the district', async () => {
      const near = await buildHomes(app, numbers(1, 21), { district: '福田区', community: '景田南小区' })
      const few = await buildHomes(app, numbers(101, 3), { district: '福田区', community: '梅林一村' })
      const far = await buildHomes(app, numbers(201, 5), { district: '南山区', community: '后海花园' })
      let kWh = 100
      for (const [accountNo, id] of near) await bill({ id, accountNo }, (kWh += 10))
      for (const [accountNo, id] of few) await bill({ id, accountNo }, 400)
      for (const [accountNo, id] of far) await bill({ id, accountNo }, 9_000)
      await billsCameIn()
      await follow()
      expect(await walkOf('peers')).toMatchObject({ state: 'done', households: 29, generation: 1 })
      const peersFor = async (householdId: string) => {
        const { id } = await buildResident(app)
        await bind(app, id, householdId)
        return (await readUsage(app.asResident(id), { householdId })).peers
      }
      // 110, 120, … 310: without oneself (310) the twenty others have 200 and 210 in their middle.
      const last = [...near.values()].at(-1) ?? ''
      expect(await peersFor(last)).toMatchObject({
        value: { scope: 'community', median: '200', own: '310', households: 20 },
      })
      const [oneOfFew = ''] = few.values()
      expect(await peersFor(oneOfFew)).toMatchObject({ value: { scope: 'district', households: 20 } })
      const [oneFar = ''] = far.values()
      const alone = await peersFor(oneFar)
      expect(alone).toEqual({ value: null, reason: expect.stringContaining('不到 20 户') })
    })

    test('who has not allowed it is compared with nobody, and who takes it back from the next look on (C05)', async () => {
      const homes = await buildHomes(app, numbers(1, 22), { community: '景田东小区' })
      for (const [accountNo, id] of homes) await bill({ id, accountNo }, 100)
      await billsCameIn()
      await follow()
      const [householdId = ''] = homes.values()
      const { id } = await buildResident(app)
      await bind(app, id, householdId)
      const peers = async () => {
        const view = await readUsage(app.asResident(id), { householdId })
        return [view.mayCompare, view.peers.value === null]
      }
      expect(await peers()).toEqual([true, false])
      await allowComparison(app, id, false)
      expect(await peers()).toEqual([false, true])
    })

    test('the next import counts anew, and the old counts go when the new ones stand', async () => {
      const homes = await buildHomes(app, numbers(1, 22), { community: '景田南小区' })
      for (const [accountNo, id] of homes) await bill({ id, accountNo }, 100)
      await billsCameIn()
      await follow()
      const before = await rows<{ households: number }>('SELECT * FROM usage_peer')
      expect(before).toMatchObject([{ households: 22, generation: 1, period: '2026-10' }])
      await follow()
      expect(await walkOf('peers')).toMatchObject({ generation: 1 })
      for (const [accountNo, id] of homes) await bill({ id, accountNo }, 120, '2026-11')
      await billsCameIn()
      await follow()
      const after = await rows<{ period: string }>('SELECT * FROM usage_peer ORDER BY period')
      expect(after).toMatchObject([
        { period: '2026-10', generation: 2, households: 22 },
        { period: '2026-11', generation: 2, households: 22 },
      ])
    })

    test('while the next ones are counted, and after a kill in the middle, the last whole ones are shown', async () => {
      const homes = await buildHomes(app, numbers(1, 22), { community: '景田南小区' })
      for (const [accountNo, id] of homes) await bill({ id, accountNo }, 100)
      await billsCameIn()
      await follow()
      await billsCameIn()
      app.clock.advance(61_000)
      // The walk has begun, and whoever should make it is gone.
      await followImports(app.ctx())
      expect(await walkOf('peers')).toMatchObject({ generation: 2, state: 'running', pages: 0 })
      const { id } = await buildResident(app)
      const [householdId = ''] = homes.values()
      await bind(app, id, householdId)
      const { peers } = await readUsage(app.asResident(id), { householdId })
      expect(peers.value?.median).toBe('100')
      await follow()
      expect(await walkOf('peers')).toMatchObject({ generation: 2, state: 'done', households: 22 })
    })

    test('a walk of many pages hands over between them, and each household is counted once', async () => {
      const homes = await buildHomes(app, numbers(1, 900), { district: '福田区', community: '景田南小区' })
      const ctx = app.ctx()
      for (const [accountNo, id] of [...homes].slice(0, 30)) await bill({ id, accountNo }, 100)
      for (const [accountNo, id] of [...homes].slice(-30)) await bill({ id, accountNo }, 200)
      await billsCameIn()
      app.clock.advance(61_000)
      await followImports(ctx)
      const of = { companyId: 'power', purpose: 'peers' as const }
      // A clock that runs: each look at it is half a stint later, so a run writes one page and hands over.
      let now = app.clock.now()
      const hurried = { ...ctx, clock: { now: () => (now += 10_000) } }
      await walkCompany(hurried, of, null)
      const halfway = await walkOf('peers')
      expect(halfway).toMatchObject({ state: 'running', pages: 1, households: 400 })
      expect(halfway?.cursorId).not.toBe('')
      // Whoever comes next goes on behind that page, even if the hand-over was lost.
      await walkCompany(ctx, of, null)
      expect(await walkOf('peers')).toMatchObject({ state: 'done', households: 900 })
      const counts = await rows<{ households: number; counts: string }>('SELECT * FROM usage_peer')
      // The community and its district.
      expect(counts).toHaveLength(2)
      for (const one of counts) {
        expect(one.households).toBe(60)
        expect(new Map(JSON.parse(one.counts))).toEqual(
          new Map([
            [100_000, 30],
            [200_000, 30],
          ]),
        )
      }
    })

    test('two workers at the same page count its households once', async () => {
      const homes = await buildHomes(app, numbers(1, 30), { community: '景田南小区' })
      for (const [accountNo, id] of homes) await bill({ id, accountNo }, 100)
      await billsCameIn()
      app.clock.advance(61_000)
      await followImports(app.ctx())
      const of = { companyId: 'power', purpose: 'peers' as const }
      await Promise.all([walkCompany(app.ctx(), of, null), walkCompany(app.ctx(), of, null)])
      expect(await rows<{ households: number }>('SELECT households FROM usage_peer')).toEqual([
        { households: 30 },
      ])
    })
  })

  /** As if this household had reported its meter, and the company had taken it. */
  const report = async (
    home: { id: string; accountNo: string },
    { period, value }: { period: string; value: string },
  ): Promise<void> => {
    const ctx = app.ctx()
    const now = app.clock.now()
    const of = { companyId: 'power', householdId: home.id, areaPath: '', createdAt: now, updatedAt: now }
    const meterId = ctx.ids.next()
    const nothing = {
      correctedValue: null,
      fileId: null,
      reason: null,
      words: null,
      dueAt: null,
      decidedById: null,
      decidedByName: null,
      decidedAt: null,
      decision: null,
      requestId: null,
      postedSerial: null,
      billId: null,
      billVersion: null,
      billAmountFen: null,
      correction: null,
      joinState: null,
      joinAmountFen: null,
      joinedAt: null,
      joinLookAt: null,
    }
    await inTransaction(ctx, async (tx) => {
      await tx.insert(meterTable, {
        ...of,
        id: meterId,
        accountNo: home.accountNo,
        kind: 'power',
        serial: '1',
        unit: 'kWh',
        integerDigits: 5,
        decimals: 0,
        lastValue: '200',
        lastOn: '2026-10-28',
        lastBy: 'read',
        lastPeriod: '2026-10',
        lastBillId: ctx.ids.next(),
      })
      await tx.insert(readingTable, {
        ...of,
        ...nothing,
        id: ctx.ids.next(),
        meterId,
        serial: '1',
        period,
        value,
        readAt: now,
        source: 'resident',
        residentId: ctx.ids.next(),
        wordsFlagged: 0,
        state: 'adopted',
        activeSlot: 1,
        judgement: '{}',
        version: 1,
      })
    })
  }

  describe('a bill that will be high', () => {
    const daily = (accountNo: string, kWh: number): string[] =>
      Array.from({ length: 24 }, (_, index) => `${accountNo},${addDays('2026-10-29', index)},${kWh}`)

    const alertsOf = (residentId: string) =>
      rows<{ facts: string; page: string }>(
        "SELECT facts, page FROM message WHERE template = 'usage-alert' AND residentId = ?",
        [residentId],
      )

    test('is told once to everybody of the household, and says why on the page', async () => {
      const homes = await buildHomes(app, numbers(1, 3), { community: '景田南小区' })
      const [high = '', calm = '', empty = ''] = homes.values()
      const [one, two, other, nobody] = await Promise.all(Array.from({ length: 4 }, () => buildResident(app)))
      for (const [resident, home] of [
        [one, high],
        [two, high],
        [other, calm],
        [nobody, empty],
      ] as const)
        await bind(app, resident?.id ?? '', home)
      for (const [accountNo, id] of homes) {
        await bill({ id, accountNo }, 150, '2025-11')
        await bill({ id, accountNo }, 200)
      }
      const [highNo = '', calmNo = ''] = homes.keys()
      const path = dayFile([...daily(highNo, 12), ...daily(calmNo, 5)])
      await importDays(app.ctx(), { companyId: 'power', path })
      await follow()
      const told = await alertsOf(one?.id ?? '')
      expect(told).toHaveLength(1)
      expect(JSON.parse(told[0]?.facts ?? '{}')).toMatchObject({
        what: '11月电费（还没出账）',
        lastYear: '88.20 元',
      })
      expect(told[0]?.page).toBe(`usage/index/index?householdId=${high}`)
      expect(await alertsOf(two?.id ?? '')).toHaveLength(1)
      expect(await alertsOf(other?.id ?? '')).toHaveLength(0)
      expect(await alertsOf(nobody?.id ?? '')).toHaveLength(0)

      const { alert } = await readUsage(app.asResident(one?.id ?? ''), { householdId: high })
      expect(alert?.why[0]).toContain('去年同月是 88.20 元')
      expect(alert?.todo.length).toBeGreaterThan(0)

      // The next day's file raises it further, and nobody is told again.
      app.clock.advance(86_400_000)
      const more = dayFile([`${highNo},2026-11-22,40`])
      await importDays(app.ctx(), { companyId: 'power', path: more })
      await follow()
      expect(await walkOf('alerts')).toMatchObject({ generation: 2, state: 'done' })
      expect(await alertsOf(one?.id ?? '')).toHaveLength(1)
    })

    test('a reading that was reported and taken tells it, too, the day after', async () => {
      const homes = await buildHomes(app, numbers(1, 1), { community: '景田南小区' })
      const [[accountNo, id] = ['', '']] = homes
      const resident = (await buildResident(app)).id
      await bind(app, resident, id)
      await bill({ id, accountNo }, 150, '2025-11')
      await bill({ id, accountNo }, 200)
      await report({ id, accountNo }, { period: '2026-11', value: '600' })
      await follow()
      expect(await alertsOf(resident)).toHaveLength(1)
      const view = await readUsage(app.asResident(resident), { householdId: id })
      // The meter showed 200 when it was read last.
      expect(view.projection.value).toMatchObject({ lowQuantity: '400', highQuantity: '400' })
      expect(view.projection.value?.method).toContain('按您11月22日报的数')
      expect(view.alert?.why[1]).toBe('到11月22日已用 400 kWh')
    })

    test('who switched it off is sent nothing; it stays on the page', async () => {
      const homes = await buildHomes(app, numbers(1, 1), { community: '景田南小区' })
      const [[accountNo, id] = ['', '']] = homes
      const [resident, willing] = [(await buildResident(app)).id, (await buildResident(app)).id]
      await bind(app, resident, id)
      await bind(app, willing, id)
      await bill({ id, accountNo }, 150, '2025-11')
      await bill({ id, accountNo }, 200)
      await inTransaction(app.ctx(), (tx) =>
        tx.insert(switchTable, {
          residentId: resident,
          template: 'usage-alert',
          off: 1,
          updatedAt: app.clock.now(),
        }),
      )
      await importDays(app.ctx(), { companyId: 'power', path: dayFile(daily(accountNo, 12)) })
      await follow()
      // Nine in the morning of the next day: what is no emergency is sent by day.
      app.clock.advance(86_400_000)
      await app.runJobs()
      const sentTo = (residentId: string) =>
        rows(
          'SELECT d.channel FROM message_delivery d JOIN message m ON m.id = d.messageId WHERE m.residentId = ?',
          [residentId],
        )
      expect(await sentTo(resident)).toEqual([])
      expect(await sentTo(willing)).toHaveLength(1)
      expect((await readUsage(app.asResident(resident), { householdId: id })).alert).not.toBeNull()
    })
  })
})
