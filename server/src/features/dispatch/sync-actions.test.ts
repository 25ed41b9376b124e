import { eachEngine } from '../../testing/harness'
import type { RequestRow } from '../requests/entities'
import { assignRequest } from './assign-request'
import { readToday } from './read-today'
import { FieldDesk, MINUTE, type TestWorker } from './test-field-desk'

const HERE = { latE6: 39_034_500, lngE6: 121_771_000, accuracyM: 12 }

eachEngine((engine) => {
  let field: FieldDesk
  let worker: TestWorker
  beforeEach(async () => {
    field = await FieldDesk.open(engine)
    worker = await field.worker()
  })
  afterEach(() => field.close())

  const now = () => field.desk.app.clock.now()
  const pass = (ms: number) => field.desk.app.clock.advance(ms)
  const request = (id: string) => field.desk.request(id)
  const facts = async (id: string, kind: string) => {
    const step = (await field.desk.steps(id)).findLast((line) => line.kind === kind)
    return JSON.parse(step?.facts ?? 'null') as Record<string, unknown> | null
  }
  /** A whole visit as a telephone without a network kept it, from setting out to done. */
  const visit = async (order: RequestRow) => {
    const before = await field.photo(worker)
    const after = await field.photo(worker)
    const signed = await field.photo(worker)
    const at = now()
    return [
      field.action(order.id, { kind: 'set-out' }, at),
      field.action(order.id, { kind: 'arrive', place: HERE }, at + 10 * MINUTE),
      field.action(order.id, { kind: 'photo', fileId: before, role: 'before' }, at + 12 * MINUTE),
      field.action(order.id, { kind: 'reading', room: '主卧', tenths: 175 }, at + 15 * MINUTE),
      field.action(order.id, { kind: 'part', name: '球阀', count: 1, priceFen: 3500 }, at + 20 * MINUTE),
      field.action(order.id, { kind: 'photo', fileId: after, role: 'after' }, at + 30 * MINUTE),
      field.action(order.id, { kind: 'signature', fileId: signed, signer: '王女士' }, at + 31 * MINUTE),
      field.action(order.id, { kind: 'resolve', words: '换了球阀，不漏了' }, at + 32 * MINUTE),
    ]
  }
  const leak = async () => {
    const { id: residentId } = await field.desk.resident()
    const household = await field.desk.household([residentId])
    const order = await field.taken(worker, { typeId: 'leak', householdId: household.id, residentId })
    return { residentId, order }
  }

  test('a day without a network, sent in order, is a whole visit with its evidence and its times', async () => {
    const { order } = await leak()
    const actions = await visit(order)
    pass(50 * MINUTE)
    const results = await field.send(worker, actions)
    expect(results.map(({ outcome }) => outcome)).toEqual(actions.map(() => 'done'))
    const done = await request(order.id)
    expect(done).toMatchObject({ state: 'resolved', resolvedAt: now(), assigneeId: worker.id })
    const { arrive } = await field.desk.clocks(order.id)
    expect(arrive).toMatchObject({ state: 'met', metAt: actions[1]?.at })
    expect(await facts(order.id, 'move:arrive')).toMatchObject({
      reportedAt: actions[1]?.at,
      reportedOffline: true,
      timeRefused: null,
      accuracyM: 12,
    })
    const titles = (await field.desk.steps(order.id)).map(({ title }) => title)
    expect(titles).toEqual(
      expect.arrayContaining([
        '孙师傅已到达',
        '测温：主卧 17.5℃',
        '用料：球阀 1 件，35.00 元/件',
        '住户已签字',
      ]),
    )
    expect(JSON.stringify(await field.desk.steps(order.id))).not.toContain('王女士')
    expect(JSON.stringify(await facts(order.id, 'move:arrive'))).not.toContain(String(HERE.latE6))
  })

  test('the same queue sent twice, and twice at once, does everything once', async () => {
    const { order } = await leak()
    const actions = await visit(order)
    pass(50 * MINUTE)
    const both = await Promise.all([field.send(worker, actions), field.send(worker, actions)])
    for (const [index] of actions.entries()) {
      const outcomes = both.map((results) => results[index]?.outcome)
      expect(outcomes).toContain('done')
      expect(outcomes.every((outcome) => outcome === 'done' || outcome === 'done-before')).toBe(true)
    }
    const steps = await field.desk.steps(order.id)
    const version = (await request(order.id)).version
    const third = await field.send(worker, actions)
    expect(third.map(({ outcome }) => outcome)).toEqual(actions.map(() => 'done-before'))
    expect(await field.desk.steps(order.id)).toEqual(steps)
    expect((await request(order.id)).version).toBe(version)
    expect(await field.desk.rows('SELECT * FROM field_action')).toHaveLength(actions.length + 1)
    expect(await field.desk.rows('SELECT * FROM request_file')).toHaveLength(3)
  })

  test('one that is refused stops those of its order behind it, and no other order', async () => {
    const { order } = await leak()
    const other = await field.taken(worker)
    const results = await field.send(worker, [
      field.action(order.id, { kind: 'set-out' }),
      field.action(order.id, { kind: 'resolve', words: '好了' }),
      field.action(order.id, { kind: 'note', words: '写在后面' }),
      field.action(other.id, { kind: 'set-out' }),
    ])
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'refused', 'skipped', 'done'])
    expect(results[1]?.why).toContain('还缺处理后的照片、住户签字、测温记录')
    expect((await request(order.id)).state).toBe('on-the-way')
    expect((await request(other.id)).state).toBe('on-the-way')
  })

  test('what was refused may be sent again under the same id once the cause is gone', async () => {
    const order = await field.taken(worker, { typeId: 'other' })
    const file = await field.photo(worker)
    await field.change("UPDATE stored_file SET state = 'processing' WHERE id = ?", [file])
    const photo = field.action(order.id, { kind: 'photo', fileId: file, role: 'before' })
    expect(await field.send(worker, [photo])).toMatchObject([{ outcome: 'refused' }])
    await field.change("UPDATE stored_file SET state = 'ready' WHERE id = ?", [file])
    expect(await field.send(worker, [photo])).toMatchObject([{ outcome: 'done' }])
  })

  test('one id never stands for two things', async () => {
    const order = await field.taken(worker)
    const note = field.action(order.id, { kind: 'note', words: '第一句' })
    await field.send(worker, [note])
    const changed = { ...note, action: { kind: 'note' as const, words: '另一句' } }
    expect(await field.send(worker, [changed])).toMatchObject([{ outcome: 'refused' }])
  })

  test('a telephone that is set wrongly changes no promise: ahead, too old, or before the step before', async () => {
    const leaks = [await leak(), await leak(), await leak()]
    const [ahead, old, before] = leaks.map(({ order }) => order.id)
    for (const { order } of leaks) await field.must(worker, order.id, { kind: 'set-out' })
    const setOutAt = now()
    pass(90 * MINUTE)
    const arrive = { kind: 'arrive', place: null } as const
    await field.send(worker, [
      field.action(ahead ?? '', arrive, now() + 60 * MINUTE),
      field.action(old ?? '', arrive, now() - 13 * 60 * MINUTE),
      field.action(before ?? '', arrive, setOutAt - 5 * MINUTE),
    ])
    for (const [id, why] of [
      [ahead, 'in-the-future'],
      [old, 'too-old'],
      [before, 'before-the-step-before'],
    ]) {
      const { arrive: clock } = await field.desk.clocks(id ?? '')
      expect(clock).toMatchObject({ state: 'missed', metAt: now() })
      expect(await facts(id ?? '', 'move:arrive')).toMatchObject({ timeRefused: why })
    }
  })

  test('an arrival in time that is told late takes back what the sweep called missed', async () => {
    const { order } = await leak()
    const out = field.action(order.id, { kind: 'set-out' })
    const there = field.action(order.id, { kind: 'arrive', place: HERE }, now() + 20 * MINUTE)
    pass(90 * MINUTE)
    await field.desk.app.runJobs()
    await field.send(worker, [out, there])
    const { arrive } = await field.desk.clocks(order.id)
    expect(arrive).toMatchObject({ state: 'met', metAt: there.at, breachedAt: null })
  })

  test('times in a queue may be out of order; its order is what counts', async () => {
    const { order } = await leak()
    const at = now()
    pass(60 * MINUTE)
    const results = await field.send(worker, [
      field.action(order.id, { kind: 'set-out' }, at + 30 * MINUTE),
      field.action(order.id, { kind: 'arrive', place: HERE }, at + 10 * MINUTE),
    ])
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done'])
    expect(await facts(order.id, 'move:arrive')).toMatchObject({ timeRefused: 'before-the-step-before' })
    expect((await request(order.id)).state).toBe('on-site')
  })

  test('another worker’s order, file or id is found by nobody', async () => {
    const stranger = await field.worker('外人')
    const { order } = await leak()
    const theirs = await field.photo(stranger)
    expect(await field.tries(stranger, order.id, { kind: 'note', words: '偷看' })).toContain('不在您手上')
    expect(await field.tries(stranger, field.desk.app.ctx().ids.next(), { kind: 'take' })).toBeTruthy()
    expect(await field.tries(worker, order.id, { kind: 'photo', fileId: theirs, role: 'after' })).toContain(
      '找不到了',
    )
    expect(JSON.stringify(await readToday(field.as(stranger), {}))).not.toContain(order.id)
    expect(await field.desk.rows('SELECT * FROM field_action WHERE workerId = ?', [stranger.id])).toEqual([])
  })

  test('name, telephone and address are open while the order is theirs, and never in the pool', async () => {
    const person = { contactName: '张玉芳', contactPhone: '13912345678', addressText: '松海园41号楼6单元404' }
    const order = await field.taken(worker, person)
    await field.offered(null, person)
    const today = await readToday(field.as(worker), { latE6: HERE.latE6, lngE6: HERE.lngE6 })
    expect(today.orders).toMatchObject([
      { requestId: order.id, contactName: '张玉芳', contactPhone: '13912345678' },
    ])
    expect(today.orders[0]?.address).toContain('404')
    expect(today.pool).toMatchObject([{ contactName: null, contactPhone: null, files: [] }])
    expect(JSON.stringify(today.pool)).not.toMatch(/404|张玉芳|13912345678/)
    expect(today.mates).toEqual([{ staffId: field.lead.id, name: '李班长' }])
    await field.must(worker, order.id, { kind: 'pass-on', toStaffId: field.lead.id, reason: '顺路' })
    expect((await readToday(field.as(worker), {})).orders).toEqual([])
    expect((await readToday(field.as(field.lead), {})).orders).toMatchObject([{ contactName: '张玉芳' }])
  })

  test('a given-back order goes to the lead with its reason; after setting out it is not given back', async () => {
    const order = await field.taken(worker)
    await field.must(worker, order.id, { kind: 'give-back', reason: '没有配件' })
    expect(await request(order.id)).toMatchObject({ state: 'dispatched', assigneeId: field.lead.id })
    expect((await field.desk.told(field.lead.walletId)).join()).toContain('没有配件')
    const line = (await field.desk.steps(order.id)).find(({ kind }) => kind === 'given-back')
    expect(line).toMatchObject({ words: '没有配件', internal: 1, byName: '孙建国' })
    await field.must(field.lead, order.id, { kind: 'give-back', reason: '班里没有人' })
    expect(await request(order.id)).toMatchObject({ state: 'returned', assigneeId: null })
    const other = await field.taken(worker)
    await field.must(worker, other.id, { kind: 'set-out' })
    expect(await field.tries(worker, other.id, { kind: 'give-back', reason: '不想去' })).toContain('不能退')
  })

  test('a mate who gets an order must take it in time, too', async () => {
    const mate = await field.worker('乙')
    const order = await field.taken(worker)
    await field.must(worker, order.id, { kind: 'pass-on', toStaffId: mate.id, reason: '离得近' })
    expect(await request(order.id)).toMatchObject({ assigneeId: mate.id, answerBy: now() + 2 * MINUTE })
    const again = await field.taken(worker)
    const nobody = field.desk.app.ctx().ids.next()
    expect(
      await field.tries(worker, again.id, { kind: 'pass-on', toStaffId: nobody, reason: '顺路去' }),
    ).toContain('不在这个班组')
  })

  test('an order on hold pauses its promise, and goes on where it was', async () => {
    const { order } = await leak()
    await field.must(worker, order.id, { kind: 'set-out' })
    const hold = { kind: 'hold', reason: 'customer', words: '家里没人' } as const
    expect(await field.tries(worker, order.id, { ...hold, until: now() - 1 })).toContain('已经过了')
    await field.must(worker, order.id, { ...hold, until: now() + 60 * MINUTE })
    const { arrive: paused } = await field.desk.clocks(order.id)
    expect(paused).toMatchObject({ state: 'paused' })
    await field.must(worker, order.id, { kind: 'resume' })
    expect((await request(order.id)).state).toBe('on-the-way')
  })

  test('the telephone sees what is recorded, what is missing, and whether the resident has paid', async () => {
    const { order } = await leak()
    const mine = async () => (await readToday(field.as(worker), {})).orders[0]
    expect(await mine()).toMatchObject({
      evidence: ['after-photo', 'signature', 'reading'],
      missing: ['after-photo', 'signature', 'reading'],
      charge: null,
    })
    const [, , photo, reading, part, after] = await visit(order)
    await field.must(worker, order.id, { kind: 'charge', amountFen: 3500, what: '球阀' })
    await field.send(
      worker,
      [photo, reading, part, after].flatMap((action) => action ?? []),
    )
    const shown = await mine()
    expect(shown).toMatchObject({
      missing: ['signature'],
      readings: [{ room: '主卧', tenths: 175 }],
      parts: [{ name: '球阀', count: 1, priceFen: 3500 }],
      charge: { what: '上门服务：球阀', amountFen: 3500, paid: false },
    })
    expect(shown?.files.map(({ role }) => role)).toEqual(['before', 'after'])
  })

  test('what was shown for earlier work counts for none after it was opened again', async () => {
    const { order } = await leak()
    await field.send(worker, await visit(order))
    field.desk.app.clock.advance(MINUTE)
    await field.desk.move(order.id, 'reopen', { words: '又漏了' })
    const { version } = await request(order.id)
    const again = { requestId: order.id, version, teamId: field.teamId, staffId: worker.id }
    await assignRequest(field.dispatcher(), again)
    const [mine] = (await readToday(field.as(worker), {})).orders
    expect(mine).toMatchObject({ missing: ['after-photo', 'signature', 'reading'], readings: [], parts: [] })
    expect(await field.tries(worker, order.id, { kind: 'resolve', words: '又好了' })).toContain('还缺')
  })

  test('a check-in far from the order is kept and told to the desk, not to the resident', async () => {
    const at = { latE6: HERE.latE6, lngE6: HERE.lngE6, words: '' }
    const order = await field.taken(worker, { place: at })
    const far = { ...HERE, latE6: HERE.latE6 + 30_000 }
    await field.must(worker, order.id, { kind: 'arrive', place: far })
    const line = (await field.desk.steps(order.id)).find(({ kind }) => kind === 'far-arrival')
    expect(line).toMatchObject({ internal: 1, words: '离报修地点约3.3公里' })
    const near = await field.taken(worker, { place: at })
    await field.must(worker, near.id, { kind: 'arrive', place: HERE })
    expect((await field.desk.steps(near.id)).some(({ kind }) => kind === 'far-arrival')).toBe(false)
  })

  test('the checklist is ticked line by line, and has no line that it has not', async () => {
    const order = await field.taken(worker)
    expect(await field.tries(worker, order.id, { kind: 'check', index: 11, done: true })).toContain('检查项')
  })
})
