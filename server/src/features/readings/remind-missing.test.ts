import { inTransaction } from '../../core/db/database'
import { buildResident } from '../../testing/factories'
import { eachEngine } from '../../testing/harness'
import { bind } from '../billing/billing.fixture'
import { type MeterRow, meterTable } from './entities'
import { gatherMeters } from './gather-meters'
import { remindMissing } from './remind-missing'
import { Meters } from './test-meters'

eachEngine((engine) => {
  let meters: Meters
  beforeEach(async () => {
    meters = await Meters.open(engine)
  })
  afterEach(() => meters.close())

  const reminded = async (): Promise<string[]> =>
    (
      await meters.rows<{ residentId: string }>(
        "SELECT residentId FROM message WHERE template = 'reading-missing' ORDER BY residentId",
      )
    ).map(({ residentId }) => residentId)
  const remind = (): Promise<void> => remindMissing(meters.app.ctx())
  const soonOver = (): void => meters.app.clock.set(Date.UTC(2026, 10, 15, 16))

  test('meters become known from bills, also of homes that nobody opened, once and in one walk', async () => {
    for (const accountNo of ['0008800031', '0008800032', '0008800033'])
      await meters.home({ accountNo, months: 2 })
    await Promise.all([1, 2, 3].map(() => gatherMeters(meters.app.ctx())))
    await gatherMeters(meters.app.ctx())
    const known = await meters.rows<{ accountNo: string; lastValue: string }>(
      'SELECT accountNo, lastValue FROM meter ORDER BY accountNo',
    )
    expect(known).toMatchObject([
      { accountNo: '0008800031', lastValue: '3036' },
      { accountNo: '0008800032', lastValue: '3036' },
      { accountNo: '0008800033', lastValue: '3036' },
    ])
    // A bill that comes later moves the meter on, and one of an earlier month does not move it back.
    await meters.import([meters.month('0008800031', 1)])
    await meters.import([meters.month('0008800032', -5)])
    await gatherMeters(meters.app.ctx())
    const after = await meters.rows<{ lastPeriod: string }>('SELECT lastPeriod FROM meter ORDER BY accountNo')
    expect(after.map(({ lastPeriod }) => lastPeriod)).toEqual(['2026-11', '2026-10', '2026-10'])
  })

  test('a new meter takes the place of the old one, and its past is not the old one’s', async () => {
    const { id, memberId } = await meters.home()
    await meters.import([
      meters.month('0008800011', 1, {
        表号: 'GM0000000001',
        上期抄见: '0',
        本期抄见: '25',
        '用气量(m³)': '25',
      }),
    ])
    meters.app.clock.set(Date.UTC(2026, 11, 10, 2))
    const { reading } = await meters.submit(memberId, { householdId: id, value: '45' })
    expect(reading).toMatchObject({ state: 'adopted', findings: ['以往的读数太少，没有可比较的用量'] })
    expect(await meters.rows('SELECT serial FROM meter')).toEqual([{ serial: 'GM0000000001' }])
  })

  test('who has not reported is reminded some days before the end, once a month, whoever runs how often', async () => {
    const silent = await meters.home({ accountNo: '0008800031', months: 2 })
    const family = (await buildResident(meters.app)).id
    await bind(meters.app, family, silent.accountNo)
    const done = await meters.home({ accountNo: '0008800032' })
    await meters.submit(done.memberId, { householdId: done.id, value: '3056' })
    await gatherMeters(meters.app.ctx())
    await remind()
    expect(await reminded()).toEqual([])
    soonOver()
    await Promise.all([remind(), remind(), remind()])
    await remind()
    expect(await reminded()).toEqual([silent.memberId, family].sort())
    const [bulk] = await meters.rows<{ facts: string }>('SELECT facts FROM message_bulk')
    expect(JSON.parse(bulk?.facts ?? '')).toMatchObject({ until: '11月18日前', period: '2026年11月' })
    meters.app.clock.set(Date.UTC(2026, 11, 15, 16))
    await remind()
    expect(await reminded()).toHaveLength(5)
  })

  test('whoever lives in two of these homes hears it once', async () => {
    const one = await meters.home({ accountNo: '0008800031', months: 1 })
    await meters.home({ accountNo: '0008800032', months: 1 })
    await bind(meters.app, one.memberId, '0008800032')
    await gatherMeters(meters.app.ctx())
    soonOver()
    await remind()
    expect((await reminded()).filter((id) => id === one.memberId)).toHaveLength(1)
  })

  test('a reading that was refused is missing again', async () => {
    const home = await meters.home()
    await meters.submit(home.memberId, { householdId: home.id, value: '4056' })
    await inTransaction(meters.app.ctx(), (tx) => tx.execute("UPDATE meter_reading SET state = 'rejected'"))
    soonOver()
    await remind()
    expect(await reminded()).toEqual([home.memberId])
  })

  test('a walk over many meters goes page by page, and on from where a stop left it', async () => {
    const home = await meters.home()
    await gatherMeters(meters.app.ctx())
    const ctx = meters.app.ctx()
    const [meter] = await meters.rows<MeterRow>('SELECT * FROM meter')
    if (!meter) throw new Error('there is no meter')
    const many = Array.from({ length: 1200 }, () => ({
      ...meter,
      id: ctx.ids.next(),
      householdId: ctx.ids.next(),
    }))
    await inTransaction(ctx, (tx) => tx.insert(meterTable, many))
    // Behind all the others, so that only the last page has somebody to tell.
    await inTransaction(ctx, (tx) =>
      tx.execute('UPDATE meter SET id = ? WHERE id = ?', [ctx.ids.next(), meter.id]),
    )
    soonOver()
    const pages: (string | undefined)[] = []
    for (let turn = 0; turn < 4; turn++) {
      // A process that is told to stop ends the page at hand.
      const stopping = { aborted: false } as { aborted: boolean }
      const signal = new Proxy(new AbortController().signal, {
        get: (target, name) => {
          if (name !== 'aborted') return Reflect.get(target, name) as unknown
          const was = stopping.aborted
          stopping.aborted = true
          return was
        },
      })
      await remindMissing(ctx, signal)
      pages.push((await meters.rows<{ state: string }>('SELECT state FROM reading_reminder'))[0]?.state)
    }
    expect(pages).toEqual(['running', 'running', 'done', 'done'])
    expect(await reminded()).toEqual([home.memberId])
  })
})
