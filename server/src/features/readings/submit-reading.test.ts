import { inTransaction } from '../../core/db/database'
import { buildHousehold, buildResident } from '../../testing/factories'
import { buildAsk } from '../../testing/build-family'
import { eachEngine } from '../../testing/harness'
import { answerProxy } from '../family/answer-proxy'
import { endProxy } from '../family/end-proxy'
import { listProxies } from '../family/list-proxies'
import { CONSENT } from '../family/words'
import { getReading } from './get-reading'
import { listHistory } from './list-history'
import { listMine } from './list-mine'
import { showMeter } from './show-meter'
import { Meters, OPEN, refusalOf } from './test-meters'

eachEngine((engine) => {
  let meters: Meters
  beforeEach(async () => {
    meters = await Meters.open(engine)
  })
  afterEach(() => meters.close())

  test('the page has what the meter needs: digits, the last reading with its day, and the window with its end', async () => {
    const { id, memberId } = await meters.home()
    const { meter } = await showMeter(meters.app.asResident(memberId), { householdId: id })
    expect(meter).toMatchObject({
      companyName: '鹏燃燃气',
      serial: 'GM2613529370',
      unit: 'm³',
      integerDigits: 5,
      decimals: 3,
      last: { value: '3036', on: '2026-10-17', by: 'read' },
      lastReal: null,
      usual: { from: '3036', to: '3092' },
      readsItself: false,
      photo: 'optional',
      window: { period: '2026-11', isOpen: true },
      reading: null,
      isTaken: false,
      isMember: true,
    })
  })

  test('a child who acts for a parent reports the reading, and the parent reads that they did', async () => {
    const { id, memberId } = await meters.home()
    const { agentId, token } = await buildAsk(meters.app)
    expect(await refusalOf(meters.submit(agentId, { householdId: id, value: '3056' }))).toMatchObject({
      code: 'not_found',
    })
    const parent = meters.app.asResident(memberId)
    await answerProxy(parent, { token, agree: true, householdIds: [id], ...CONSENT })
    const { reading } = await meters.submit(agentId, { householdId: id, value: '3056' })
    expect(reading.state).toBe('adopted')
    const [proxy] = (await listProxies(parent)).proxies
    expect(proxy?.acts.map(({ words }) => words)).toEqual([expect.stringMatching(/^您的女儿于.*报了表读数$/)])
    await endProxy(parent, { proxyId: proxy?.id ?? '' })
    expect(await refusalOf(meters.submit(agentId, { householdId: id, value: '3057' }))).toMatchObject({
      code: 'not_found',
    })
  })

  test('what fits is adopted at once, promised to the billing system, and says so', async () => {
    const { id, memberId, accountNo } = await meters.home()
    const fileId = await meters.photo(memberId)
    const { reading } = await meters.submit(memberId, { householdId: id, value: '3056.250', fileId })
    expect(reading).toMatchObject({
      state: 'adopted',
      stateWords: '已采用',
      next: '正在报给公司，下一期账单按它计算。11月18日前可以重新报。',
      findings: [],
      used: '20.25',
      posting: 'waiting',
      photo: { fileId, kind: 'image' },
      bySelf: true,
    })
    await meters.drain()
    expect([...meters.utility.readings.values()]).toEqual([
      {
        serial: `M${reading.id}`,
        companyId: 'gas',
        accountNo,
        meterNo: 'GM2613529370',
        period: '2026-11',
        value: '3056.250',
        unit: 'm³',
        readAt: OPEN,
        source: 'resident',
        corrects: null,
        replaces: null,
      },
    ])
    const again = await getReading(meters.app.asResident(memberId), { readingId: reading.id })
    expect(again.reading).toMatchObject({ posting: 'done', next: expect.stringMatching(/^已报给公司/) })
  })

  test('what does not fit goes to a person, with a promise until when, and is promised to nobody', async () => {
    const { id, memberId } = await meters.home()
    const { reading } = await meters.submit(memberId, { householdId: id, value: '30560' })
    expect(reading).toMatchObject({
      state: 'doubtful',
      stateWords: '需核实',
      findings: ['比往常多很多'],
      posting: null,
      next: '工作人员会在11月12日 10:00前核实，结果会通知您。11月18日前可以重新报。',
    })
    await meters.drain()
    expect(meters.utility.posted).toEqual([])
  })

  test('backwards asks for a reason, and with one it goes to a person; nothing is blocked', async () => {
    const { id, memberId } = await meters.home()
    const input = { householdId: id, value: '12' }
    expect(await refusalOf(meters.submit(memberId, input))).toMatchObject({ code: 'reading_reason_needed' })
    expect(await meters.rows()).toEqual([])
    const { reading } = await meters.submit(memberId, {
      ...input,
      reason: 'meter_changed',
      words: '上周换的新表',
    })
    expect(reading).toMatchObject({ state: 'doubtful', reasonWords: '换过新表', words: '上周换的新表' })
  })

  test('a corrected one takes the place of the first, whose row stays, and names it to the billing system', async () => {
    const { id, memberId } = await meters.home()
    const first = await meters.submit(memberId, { householdId: id, value: '3056' })
    await meters.drain()
    const second = await meters.submit(memberId, { householdId: id, value: '3058' })
    await meters.drain()
    expect(await meters.rows()).toMatchObject([
      { id: first.reading.id, state: 'replaced', activeSlot: null, value: '3056' },
      { id: second.reading.id, state: 'adopted', activeSlot: 1, value: '3058' },
    ])
    expect([...meters.utility.readings.values()].map(({ value, replaces }) => [value, replaces])).toEqual([
      ['3056', null],
      ['3058', `M${first.reading.id}`],
    ])
    const { reported } = await listHistory(meters.app.asResident(memberId), { householdId: id })
    expect(reported.map(({ value, stateWords }) => [value, stateWords])).toEqual([
      ['3058', '已采用'],
      ['3056', '已替换'],
    ])
  })

  test('two at the same moment: one counts, the other is replaced, and both keep their order', async () => {
    const { id, memberId } = await meters.home()
    await Promise.all(
      ['3056', '3057', '3058', '3059'].map((value) => meters.submit(memberId, { householdId: id, value })),
    )
    const rows = await meters.rows()
    expect(rows.filter(({ activeSlot }) => activeSlot === 1)).toHaveLength(1)
    expect(rows.filter(({ state }) => state === 'replaced')).toHaveLength(3)
    await meters.drain()
    const posted = [...meters.utility.readings.values()]
    // Each names the one that counted before it: a chain without forks.
    expect(posted.map(({ replaces }) => replaces)).toEqual([
      null,
      ...posted.slice(0, 3).map(({ serial }) => serial),
    ])
  })

  test('a closed window says when it opens, to the minute at which it closes', async () => {
    const { id, memberId } = await meters.home()
    const input = { householdId: id, value: '3056' }
    meters.app.clock.set(Date.UTC(2026, 10, 18, 15, 59, 59))
    expect(await refusalOf(meters.submit(memberId, input))).toBe('done')
    meters.app.clock.set(Date.UTC(2026, 10, 18, 16))
    expect(await refusalOf(meters.submit(memberId, input))).toEqual({
      code: 'reading_closed',
      message: '现在不收读数，12月1日到12月18日可以报。',
    })
    expect(
      (await showMeter(meters.app.asResident(memberId), { householdId: id })).meter.window,
    ).toMatchObject({
      isOpen: false,
      period: '2026-12',
    })
  })

  test('the digits are the meter’s own', async () => {
    const { id, memberId } = await meters.home()
    for (const value of ['123456', '3056.2505'])
      expect(await refusalOf(meters.submit(memberId, { householdId: id, value }))).toMatchObject({
        code: 'invalid_input',
      })
    expect(await refusalOf(meters.submit(memberId, { householdId: id, value: '03056.250' }))).toBe('done')
  })

  test('a photo is asked for where the company wants one, and one photo belongs to one reading', async () => {
    await meters.close()
    meters = await Meters.open(engine, { photo: 'required' })
    const { id, memberId } = await meters.home()
    const input = { householdId: id, value: '3056' }
    expect(await refusalOf(meters.submit(memberId, input))).toMatchObject({ code: 'invalid_input' })
    const fileId = await meters.photo(memberId)
    await meters.submit(memberId, { ...input, fileId })
    expect(await refusalOf(meters.submit(memberId, { ...input, fileId }))).toMatchObject({
      code: 'not_found',
    })
    // What was refused at its last step left nothing behind, and promised nothing.
    expect(await meters.rows('SELECT id FROM meter_reading')).toHaveLength(1)
    expect(await meters.rows('SELECT id FROM writeback')).toHaveLength(1)
    const foreign = await meters.photo((await buildResident(meters.app)).id)
    expect(await refusalOf(meters.submit(memberId, { ...input, fileId: foreign }))).toMatchObject({
      code: 'not_found',
    })
  })

  test('whoever visits by the code reports, sees no history, and replaces nothing that a member said', async () => {
    const { id, memberId } = await meters.home()
    const visitorId = await meters.visitor(id)
    const visiting = meters.app.asResident(visitorId)
    const { meter } = await showMeter(visiting, { householdId: id })
    expect(meter).toMatchObject({ serial: '********9370', usual: null, isMember: false, estimated: null })
    expect(meter.shortAddress).not.toMatch(/0011|9栋0/)
    expect(await refusalOf(listHistory(visiting, { householdId: id }))).toMatchObject({ code: 'not_found' })
    const { reading } = await meters.submit(visitorId, { householdId: id, value: '3055' })
    expect(reading).toMatchObject({ state: 'adopted', used: null, correction: null, findings: [] })
    // Their own they may correct.
    expect(await refusalOf(meters.submit(visitorId, { householdId: id, value: '3056' }))).toBe('done')
    const other = await meters.visitor(id)
    expect(await refusalOf(meters.submit(other, { householdId: id, value: '3050' }))).toMatchObject({
      code: 'reading_taken',
    })
    expect((await showMeter(meters.app.asResident(other), { householdId: id })).meter).toMatchObject({
      reading: null,
      isTaken: true,
    })
    await meters.submit(memberId, { householdId: id, value: '3057' })
    expect(await refusalOf(meters.submit(visitorId, { householdId: id, value: '3050' }))).toMatchObject({
      code: 'reading_taken',
    })
    // The one that counts is the member's; what a visitor learns of it is that it is there.
    expect((await showMeter(visiting, { householdId: id })).meter).toMatchObject({
      reading: null,
      isTaken: true,
    })
    await meters.drain()
    expect([...meters.utility.readings.values()].map(({ source }) => source)).toEqual([
      'visitor',
      'visitor',
      'resident',
    ])
  })

  test('neither strangers nor who moved out see or report anything', async () => {
    const { id, memberId } = await meters.home()
    const { reading } = await meters.submit(memberId, { householdId: id, value: '3056' })
    const { id: stranger } = await buildResident(meters.app)
    const asStranger = meters.app.asResident(stranger)
    for (const work of [
      showMeter(asStranger, { householdId: id }),
      meters.submit(stranger, { householdId: id, value: '3056' }),
      getReading(asStranger, { readingId: reading.id }),
      listHistory(asStranger, { householdId: id }),
    ])
      expect(await refusalOf(work)).toMatchObject({ code: 'not_found' })
    await inTransaction(meters.app.ctx(), (tx) =>
      tx.execute('UPDATE binding SET unboundAt = ?, activeSlot = NULL WHERE residentId = ?', [
        OPEN,
        memberId,
      ]),
    )
    expect(
      await refusalOf(getReading(meters.app.asResident(memberId), { readingId: reading.id })),
    ).toMatchObject({ code: 'not_found' })
  })

  test('home says what this month still wants', async () => {
    const { id, memberId } = await meters.home()
    const mine = async () => (await listMine(meters.app.asResident(memberId))).items
    expect(await mine()).toMatchObject([{ householdId: id, state: 'missing', estimatedBillId: null }])
    await meters.submit(memberId, { householdId: id, value: '3056' })
    expect(await mine()).toMatchObject([{ state: 'adopted', window: { isOpen: true } }])
  })

  test('a household without any bill has no meter yet, and a meter that reads itself is not asked', async () => {
    await meters.close()
    meters = await Meters.open(engine, { readBy: 'itself' })
    const { id, memberId } = await meters.home()
    expect(await refusalOf(meters.submit(memberId, { householdId: id, value: '3056' }))).toMatchObject({
      code: 'reading_not_asked',
    })
    expect((await showMeter(meters.app.asResident(memberId), { householdId: id })).meter.readsItself).toBe(
      true,
    )
    const bare = await buildHousehold(meters.app, { companyId: 'gas', members: [memberId] })
    expect(
      await refusalOf(showMeter(meters.app.asResident(memberId), { householdId: bare.id })),
    ).toMatchObject({
      code: 'reading_no_meter',
    })
  })
})
