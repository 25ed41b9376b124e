import { inTransaction, type Tx } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { applyStopRefund } from './apply-stop-refund'
import { changed } from './case-states'
import { lockCase, saveCase } from './case-store'
import type { CaseRow } from './entities'
import { lookAtCase } from './look-at-case'
import type { Refund } from './refund-of'
import { returnCase } from './return-case'
import { tendCases } from './tend-cases'
import { at, type ColdHome, HeatDesk } from './test-heat-desk'

eachEngine((engine) => {
  let desk: HeatDesk
  beforeEach(async () => {
    desk = await HeatDesk.open(engine)
    desk.until('2026-11-26 09:00')
  })
  afterEach(() => desk.close())

  /**
   * A home with both: a case of a stop of 30 hours that was agreed to, and one of cold rooms that is still counted. Then
   * it turns out that the stop was 18 hours longer, which only one of the two may give back.
   */
  const both = async (): Promise<{ home: ColdHome; stop: CaseRow; cold: CaseRow }> => {
    const home = await desk.home()
    await desk.withoutHeat(home, '2026-11-22 06:00', '2026-11-23 12:00')
    await applyStopRefund(desk.app.asResident(home.residentId), {
      householdId: home.householdId,
      shownAmountFen: 3206,
    })
    const stop = await desk.case(home)
    desk.app.clock.advance(60_000)
    await desk.measures(await desk.asks(home), 170)
    const cold = await desk.case(home)
    expect([stop.kind, cold.kind, cold.state]).toEqual(['stop', 'cold', 'open'])
    await desk.withoutHeat(home, '2026-11-26 10:00', '2026-11-28 10:00')
    desk.until('2026-11-29 09:00')
    return { home, stop, cold }
  }

  const stopsOf = async (id: string): Promise<Refund['stops']> => {
    const [row] = await desk.reader.query<{ refund: string | null }>(
      'SELECT refund FROM heat_case WHERE id = ?',
      [id],
    )
    return row?.refund ? (JSON.parse(row.refund) as Refund).stops : []
  }

  /** The hours that both cases give back, which must be none. */
  const twice = async ({ stop, cold }: { stop: CaseRow; cold: CaseRow }): Promise<unknown[]> => {
    const [one, other] = [await stopsOf(stop.id), await stopsOf(cold.id)]
    return one.filter(({ fromAt, untilAt }) =>
      other.some((span) => fromAt < span.untilAt && span.fromAt < untilAt),
    )
  }

  /** Somebody waits for a lock of the database, or the act is over. On SQLite an act waits before it begins. */
  const waitsOrIsOver = async (act: Promise<unknown>): Promise<void> => {
    if (engine === 'sqlite') return
    let over = false
    const ended = act.then(
      () => (over = true),
      () => (over = true),
    )
    while (!over) {
      // A counter that is always of this moment; INNODB_TRX stays as it was while it is asked again within 0.1 s.
      const [row] = await desk.reader.query<{ waiting: string }>(
        `SELECT VARIABLE_VALUE AS waiting FROM information_schema.GLOBAL_STATUS
         WHERE VARIABLE_NAME = 'INNODB_ROW_LOCK_CURRENT_WAITS'`,
      )
      if (Number(row?.waiting) > 0) return
      await Promise.race([ended, new Promise((resolve) => setImmediate(resolve))])
    }
  }

  /** Does `first` in a transaction that is held open until `second`, begun meanwhile, waits for it or is over. */
  const meanwhile = async (
    first: (tx: Tx) => Promise<void>,
    second: () => Promise<unknown>,
  ): Promise<void> => {
    let written = (): void => undefined
    let release = (): void => undefined
    const isWritten = new Promise<void>((resolve) => (written = resolve))
    const isReleased = new Promise<void>((resolve) => (release = resolve))
    const holding = inTransaction(desk.app.ctx(), async (tx) => {
      await first(tx)
      written()
      await isReleased
    })
    await isWritten
    const act = second()
    await waitsOrIsOver(act)
    release()
    await Promise.all([holding, act])
  }

  /** What the clock does when the counting of a case ends, or a person when they reckon again. */
  const stands = async (tx: Tx, id: string): Promise<void> => {
    const row = await lockCase(tx, id)
    if (row === null) throw new Error('no such case')
    const { refund } = await lookAtCase(tx, desk.app.ctx(), row)
    const now = desk.app.clock.now()
    const { amountFen } = refund
    await saveCase(
      tx,
      changed(row, now, {
        state: 'final',
        amountFen,
        refund: JSON.stringify(refund),
        finalAt: now,
        nextLookAt: null,
      }),
    )
  }

  test('a stop that is reckoned again while the cold home’s case ends leaves it its hours', async () => {
    const cases = await both()
    const { id: caseId, version } = cases.stop
    await meanwhile(
      (tx) => stands(tx, cases.cold.id),
      () => returnCase(desk.finance(), { caseId, version, answer: '停到了28日上午', recount: true }),
    )
    expect((await stopsOf(cases.cold.id)).at(-1)).toMatchObject({ fromAt: at('2026-11-26 10:00') })
    expect(await twice(cases)).toEqual([])
  })

  test('a cold home’s case that ends while the stop is reckoned again leaves it its hours', async () => {
    const cases = await both()
    // The season ends, and with it the counting.
    desk.until('2027-04-10 09:00')
    await meanwhile(
      (tx) => stands(tx, cases.stop.id),
      () => tendCases(desk.app.ctx()),
    )
    const [cold] = await desk.reader.query<{ state: string }>('SELECT state FROM heat_case WHERE id = ?', [
      cases.cold.id,
    ])
    expect(cold?.state).toBe('final')
    expect((await stopsOf(cases.stop.id)).at(-1)).toMatchObject({ fromAt: at('2026-11-26 10:00') })
    expect(await twice(cases)).toEqual([])
  })
})
