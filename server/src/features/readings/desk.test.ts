import { eachEngine } from '../../testing/harness'
import { send } from '../../testing/at-work'
import { decideReading } from './decide-reading'
import { getDeskReading } from './get-desk-reading'
import { getReading } from './get-reading'
import { listDeskReadings } from './list-desk-readings'
import { reportReadings } from './report-readings'
import type { DeskReading } from './schema'
import { Meters, refusalOf } from './test-meters'

const HOUR_MS = 3_600_000
const queue = { tab: 'doubtful', limit: 20 } as const

eachEngine((engine) => {
  let meters: Meters
  beforeEach(async () => {
    meters = await Meters.open(engine)
  })
  afterEach(() => meters.close())

  const doubtful = async (value = '4056', accountNo = '0008800011') => {
    const home = await meters.home({ accountNo })
    const fileId = await meters.photo(home.memberId)
    const { reading } = await meters.submit(home.memberId, { householdId: home.id, value, fileId })
    return { ...home, fileId, readingId: reading.id }
  }
  const first = async (): Promise<DeskReading> => {
    const [row] = (await listDeskReadings(meters.staff(), queue)).items
    if (!row) throw new Error('the queue is empty')
    return row
  }

  test('the queue has the one that is promised first in front, page by page, masked', async () => {
    await doubtful('4056', '0008800011')
    meters.app.clock.advance(HOUR_MS)
    await doubtful('5056', '0008800012')
    meters.app.clock.advance(HOUR_MS)
    await doubtful('6056', '0008800013')
    const page = await listDeskReadings(meters.staff(), { ...queue, limit: 2 })
    expect(page.items.map(({ value }) => value)).toEqual(['4056', '5056'])
    // No company was named, so it is said whose queue this is.
    expect(page.companyId).toBe('gas')
    expect(page.items[0]).toMatchObject({
      findings: ['high'],
      lastValue: '3036',
      household: { accountNoMasked: '000****011', nameMasked: '沈*宇' },
      hasPhoto: true,
    })
    const next = await listDeskReadings(meters.staff(), { ...queue, limit: 2, cursor: page.nextCursor ?? '' })
    expect(next.items.map(({ value }) => value)).toEqual(['6056'])
    expect(next.nextCursor).toBeNull()
  })

  test('one stands with its photo beside two years of history', async () => {
    const { readingId, fileId } = await doubtful()
    const seen = await getDeskReading(meters.staff(), { readingId })
    expect(seen).toMatchObject({ photo: { fileId }, integerDigits: 5, decimals: 3 })
    expect(seen.official.map(({ value, by }) => [value, by])).toEqual(
      [3036, 3011, 2986, 2961, 2936, 2911].map((value) => [String(value), 'read']),
    )
    expect(seen.reported).toMatchObject([{ id: readingId, value: '4056', state: 'doubtful' }])
  })

  test('accepted, it is promised to the billing system and the household hears it', async () => {
    const { readingId, memberId } = await doubtful()
    const { version } = await first()
    const { reading } = await decideReading(meters.staff(), { readingId, version, decision: 'accept' })
    expect(reading).toMatchObject({ state: 'adopted', decidedByName: '测试员工', posting: 'waiting' })
    await meters.drain()
    expect([...meters.utility.readings.values()]).toMatchObject([{ value: '4056', source: 'resident' }])
    const told = await meters.messages(memberId)
    expect(told).toMatchObject([{ template: 'reading-decided' }])
    expect(JSON.parse(told[0]?.facts ?? '')).toMatchObject({ result: '已采用', remark: '按您报的读数计算' })
    expect((await listDeskReadings(meters.staff(), queue)).items).toEqual([])
    const adopted = await listDeskReadings(meters.staff(), { ...queue, tab: 'adopted' })
    expect(adopted.items).toMatchObject([{ id: readingId }])
  })

  test('with the figure that the photo shows, that figure counts and says whose it is', async () => {
    const { readingId, memberId } = await doubtful('30560')
    const { version } = await first()
    const correct = { readingId, version, decision: 'correct' } as const
    expect(await refusalOf(decideReading(meters.staff(), { ...correct, value: '123456' }))).toMatchObject({
      code: 'invalid_input',
    })
    const { reading } = await decideReading(meters.staff(), { ...correct, value: '3056' })
    expect(reading).toMatchObject({ value: '30560', correctedValue: '3056', findings: [], state: 'adopted' })
    await meters.drain()
    expect([...meters.utility.readings.values()]).toMatchObject([{ value: '3056', source: 'staff' }])
    const [told] = await meters.messages(memberId)
    expect(JSON.parse(told?.facts ?? '')).toMatchObject({ remark: '按核实后的读数 3056 计算' })
  })

  test('refused with words, the household reads why and may report again', async () => {
    const { readingId, id, memberId } = await doubtful()
    const { version } = await first()
    const reject = { readingId, version, decision: 'reject' } as const
    expect(await refusalOf(decideReading(meters.staff(), reject))).toMatchObject({ code: 'invalid_input' })
    await decideReading(meters.staff(), { ...reject, words: '照片看不清，请重新拍' })
    const { reading } = await getReading(meters.app.asResident(memberId), { readingId })
    expect(reading).toMatchObject({
      stateWords: '未采用',
      decision: '照片看不清，请重新拍',
      next: '这个读数没有采用。11月18日前可以重新报。',
    })
    const again = await meters.submit(memberId, { householdId: id, value: '3056' })
    expect(again.reading.state).toBe('adopted')
    // Whoever visits by the code may, too: what was refused stands in nobody's way.
    await meters.drain()
    expect([...meters.utility.readings.values()]).toMatchObject([{ value: '3056', replaces: null }])
  })

  test('sent somebody: a request with the meter’s facts, once, and the reading waits for what they find', async () => {
    const { readingId, memberId } = await doubtful()
    const { version } = await first()
    const visit = { readingId, version, decision: 'visit', words: '请核对表号' } as const
    const { reading } = await decideReading(meters.staff(), visit)
    expect(reading).toMatchObject({ state: 'doubtful', request: { number: expect.stringMatching(/\d/) } })
    const requests = await meters.rows<{ typeId: string; words: string; residentId: string }>(
      'SELECT typeId, words, residentId FROM request',
    )
    expect(requests).toMatchObject([{ typeId: 'meter', residentId: memberId }])
    await decideReading(meters.staff(), { ...visit, version: reading.version })
    expect(await meters.rows('SELECT id FROM request')).toHaveLength(1)
    const { reading: seen } = await getReading(meters.app.asResident(memberId), { readingId })
    expect(seen.next).toMatch(/^已安排工作人员上门核实（.+），结果会通知您。$/)
    await decideReading(meters.staff(), { readingId, version: reading.version + 1, decision: 'accept' })
    expect(await meters.rows()).toMatchObject([{ state: 'adopted' }])
  })

  test('two who decide at once: one does, the other is told; nothing is promised twice', async () => {
    const { readingId } = await doubtful()
    const { version } = await first()
    const outcomes = await Promise.all(
      ['4056', '4057', '4058'].map((value) =>
        refusalOf(decideReading(meters.staff(), { readingId, version, decision: 'correct', value })),
      ),
    )
    expect(outcomes.filter((one) => one === 'done')).toHaveLength(1)
    expect(outcomes.filter((one) => one !== 'done' && one.code === 'reading_changed')).toHaveLength(2)
    await meters.drain()
    expect(meters.utility.readings.size).toBe(1)
  })

  test('who reports anew while somebody decides makes the decision too late', async () => {
    const { readingId, id, memberId } = await doubtful()
    const { version } = await first()
    await meters.submit(memberId, { householdId: id, value: '3056' })
    expect(
      await refusalOf(decideReading(meters.staff(), { readingId, version, decision: 'accept' })),
    ).toMatchObject({
      code: 'reading_changed',
    })
  })

  test('other companies and areas see none of it, and have nothing to decide', async () => {
    const { readingId } = await doubtful()
    const { version } = await first()
    const elsewhere = meters.staff({ areaPaths: ['01JNOWHERE0000000000000000/'] })
    expect((await listDeskReadings(elsewhere, queue)).items).toEqual([])
    expect((await reportReadings(elsewhere, {})).total).toMatchObject({ meters: 0, reported: 0 })
    for (const ctx of [elsewhere, meters.staff({ companies: ['heating'] })]) {
      expect(await refusalOf(getDeskReading(ctx, { readingId }))).toMatchObject({ code: 'not_found' })
      const decided = decideReading(ctx, { readingId, version, decision: 'accept' })
      expect(await refusalOf(decided)).toMatchObject({ code: 'not_found' })
    }
    const foreign = listDeskReadings(meters.staff({ companies: ['heating'] }), { ...queue, companyId: 'gas' })
    expect(await refusalOf(foreign)).toMatchObject({ code: 'not_found' })
  })

  test('the month’s figures: reported, by itself, doubtful, refused, missing, by community', async () => {
    const fine = await meters.home({ accountNo: '0008800021' })
    await meters.submit(fine.memberId, { householdId: fine.id, value: '3056' })
    const accepted = await doubtful('4056', '0008800022')
    await decideReading(meters.staff(), { readingId: accepted.readingId, version: 1, decision: 'accept' })
    const refused = await doubtful('4056', '0008800023')
    await decideReading(meters.staff(), {
      readingId: refused.readingId,
      version: 1,
      decision: 'reject',
      words: '看不清楚',
    })
    await doubtful('4056', '0008800024')
    const silent = await meters.home({ accountNo: '0008800025' })
    await meters.app.runJobs()
    const report = await reportReadings(meters.staff(), { companyId: 'gas' })
    const total = { meters: 5, reported: 3, byItself: 1, doubtful: 1, rejected: 1, missing: 2 }
    expect(report).toMatchObject({ period: '2026-11', total })
    expect(report.areas).toMatchObject([{ name: expect.stringContaining('香蜜湖花园'), counts: total }])
    expect((await reportReadings(meters.staff(), { period: '2026-10' })).total).toMatchObject({
      meters: 5,
      reported: 0,
      missing: 5,
    })
    expect(silent.id).not.toBe('')
  })

  test('the photo is given to the household and the desk of its scope, and to nobody else', async () => {
    const { readingId, fileId } = await doubtful()
    const agent = await meters.atWork(['agent'], { companies: ['gas'] })
    const stranger = await meters.atWork(['agent'], { companies: ['heating'] })
    const get = async (who: { headers: Readonly<Record<string, string>> }, name: string, input: object) =>
      (await send(meters.app, { name, method: 'GET' }, who.headers, { ...input })).json()
    const seen = (await get(agent, 'readingDesk.get', { readingId })) as { photo: { url: string } }
    expect(seen.photo.url).toContain(`/attachments/readings/${readingId}/${fileId}?`)
    const refused = await fetch(`${meters.app.url}${seen.photo.url}`, { headers: stranger.headers })
    expect(refused.status).toBe(404)
    const answered = (await get(stranger, 'readingDesk.get', { readingId })) as { error: { code: string } }
    expect(answered.error.code).toBe('not_found')
  })
})
