import { buildHousehold } from '../../testing/factories'
import { eachEngine } from '../../testing/harness'
import { inTransaction } from '../../core/db/database'
import type { CreditRow, RestRow } from './entities'
import { resumeRest } from './resume-rest'
import { listMessages } from './list-messages'
import { presentMessage } from './present'
import { MessageDesk } from './test-message-desk'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const QUOTA = { state: 'later', platformCode: '45009', advice: 'rest-channel' } as const
const REFUSED = { state: 'refused', platformCode: '43101', advice: 'no-credit' } as const
const UNFIT = { state: 'failed', platformCode: '47003', advice: 'rest-template' } as const
const SILENT = { state: 'unknown', platformCode: null, platformMessageId: null, advice: null } as const

eachEngine((engine) => {
  let desk: MessageDesk
  beforeAll(async () => {
    desk = await MessageDesk.open(engine, {
      messages: { batch: 10, batches: 2, sendsAtOnce: 4, leaseMs: 30_000, keepQuietHours: true },
    })
  })
  afterAll(() => desk.app.close())
  beforeEach(async () => {
    await desk.forget()
    desk.app.clock.set(Date.UTC(2026, 10, 22, 2))
  })

  const rest = async (channel: string, templateId = '*'): Promise<RestRow | undefined> =>
    (
      await desk.rows<RestRow>('SELECT * FROM message_rest WHERE channel = ? AND templateId = ?', [
        channel,
        templateId,
      ])
    )[0]

  test('N03: at the quota the channel rests, one probe in ten minutes over all processes, and each keeps its place', async () => {
    const residents = await desk.residents(15)
    await desk.bulk(residents)
    desk.wechat.answers({ state: 'delivered' }, { state: 'delivered' })
    desk.wechat.always = QUOTA
    const [a, b] = [desk.process(), desk.process()]
    await Promise.all([a.turn(), b.turn()])
    const atQuota = desk.wechat.heard.length
    // Whatever was under way when the first refusal came, and nothing after it.
    expect(atQuota).toBeLessThanOrEqual(2 + 2 * 2 * 4)
    expect(await rest('wechat-mini')).toMatchObject({ reason: '45009' })
    expect((await desk.messages()).filter((row) => row.waitsFor === 'wechat-mini')).toHaveLength(13)
    desk.app.clock.advance(9 * MINUTE)
    await Promise.all([a.turn(), b.turn()])
    expect(desk.wechat.heard).toHaveLength(atQuota)
    for (let probe = 1; probe <= 2; probe++) {
      desk.app.clock.advance(10 * MINUTE)
      await Promise.all([a.turn(), b.turn()])
      await Promise.all([a.turn(), b.turn()])
      expect(desk.wechat.heard).toHaveLength(atQuota + probe)
    }
    const waiting = (await desk.messages()).filter((row) => row.state === 'due')
    desk.wechat.always = { state: 'delivered' }
    desk.wechat.heard.length = 0
    desk.app.clock.advance(10 * MINUTE)
    await a.turn()
    expect(await desk.states()).toEqual({ sent: 15 })
    expect(desk.wechat.heard[0]?.id).toBe(waiting[0]?.id)
    expect(await rest('wechat-mini')).toMatchObject({ restsUntil: null, failures: 0 })
    await desk.assertAccounted()
  })

  test('N03: an urgent message does not wait for a channel that rests', async () => {
    const [first = '', second = ''] = await desk.residents(2)
    desk.wechat.always = QUOTA
    await desk.tell(first)
    await desk.app.runJobs()
    await desk.tell(second)
    await desk.app.runJobs()
    expect([desk.wechat.heard.length, desk.oa.heard.length]).toEqual([1, 2])
    await desk.assertAccounted()
  })

  test('N04: who has not subscribed is not asked again, our count follows, and the next channel is tried', async () => {
    const [resident = ''] = await desk.residents(1)
    desk.wechat.answers(REFUSED)
    await desk.tell(resident)
    await desk.app.runJobs()
    expect(await desk.rows<CreditRow>('SELECT * FROM message_credit')).toMatchObject([
      { residentId: resident, credits: 0, templateId: 'YihuMiniOutageEmergency0001' },
    ])
    await desk.tell(resident)
    await desk.app.runJobs()
    expect([desk.wechat.heard.length, desk.oa.heard.length]).toEqual([1, 2])
    await desk.assertAccounted()
  })

  test('N05: twenty unfit messages of one template in a row make it rest until a person lets it go on', async () => {
    const residents = await desk.residents(1)
    const [resident = ''] = residents
    desk.wechat.always = UNFIT
    for (let n = 0; n < 25; n++) {
      await desk.tell(resident)
      await desk.app.runJobs()
    }
    expect(desk.wechat.heard).toHaveLength(20)
    expect(desk.oa.heard).toHaveLength(25)
    expect(await rest('wechat-mini', 'YihuMiniOutageEmergency0001')).toMatchObject({ reason: 'unfit:47003' })
    desk.app.clock.advance(24 * HOUR)
    await desk.tell(resident)
    await desk.app.runJobs()
    expect(desk.wechat.heard).toHaveLength(20)
    const staff = desk.app.asStaff('01J00000000000000000000001')
    await resumeRest(staff, { channel: 'wechat-mini', templateId: 'YihuMiniOutageEmergency0001' })
    desk.wechat.always = { state: 'delivered' }
    await desk.tell(resident)
    await desk.app.runJobs()
    expect(desk.wechat.heard).toHaveLength(21)
    await expect(resumeRest(staff, { channel: 'sms', templateId: '*' })).rejects.toMatchObject({
      code: 'not_found',
    })
    await desk.assertAccounted()
  })

  test('N06: each kind of answer has its own end', async () => {
    const [resident = ''] = await desk.residents(1)
    const ends: unknown[] = []
    for (const answer of [
      { state: 'failed', platformCode: '40003', advice: 'unreachable' },
      { state: 'failed', platformCode: '45168', advice: 'page-staff' },
      { state: 'later', platformCode: '43108', advice: 'serialise' },
      { state: 'later', platformCode: '-1', advice: 'page-staff' },
    ] as const) {
      desk.wechat.answers(answer)
      await desk.tell(resident)
      await desk.app.runJobs()
      desk.app.clock.advance(10 * MINUTE)
      await desk.app.runJobs()
      const rows = await desk.deliveries()
      const last = (await desk.messages()).at(-1)
      ends.push(rows.filter((row) => row.messageId === last?.id).map((row) => `${row.channel} ${row.state}`))
    }
    expect(ends).toEqual([
      ['wechat-mini failed', 'wechat-oa delivered'],
      ['wechat-mini failed', 'wechat-oa delivered'],
      ['wechat-mini delivered'],
      ['wechat-mini delivered'],
    ])
    await desk.assertAccounted()
  })

  test('N06: a channel that always says "later" is given up after eight tries, and the next one has it', async () => {
    const [resident = ''] = await desk.residents(1)
    desk.wechat.always = { state: 'later', platformCode: '-1', advice: 'page-staff' }
    await desk.tell(resident)
    for (let n = 0; n < 12; n++) {
      await desk.app.runJobs()
      desk.app.clock.advance(30 * MINUTE)
    }
    expect([desk.wechat.heard.length, desk.oa.heard.length]).toEqual([8, 1])
    await desk.assertAccounted()
  })

  test('N07: no answer after sending is unknown, and is never sent again by itself', async () => {
    const [resident = ''] = await desk.residents(1)
    desk.wechat.answers(SILENT)
    await desk.tell(resident)
    await desk.app.runJobs()
    desk.app.clock.advance(5 * HOUR)
    await desk.app.runJobs()
    expect(desk.wechat.heard).toHaveLength(1)
    expect(desk.oa.heard).toEqual([])
    expect(await desk.states()).toEqual({ unknown: 1 })
    await desk.assertAccounted()
  })

  test('N10: a worker that is killed in the middle leaves at most what it had in its hands unknown; the rest goes on', async () => {
    await desk.bulk(await desk.residents(25))
    const killed = desk.process()
    desk.wechat.gate = new Promise(() => undefined)
    void killed.turn()
    await until(() => desk.wechat.heard.length === 4)
    killed.stop()
    desk.wechat.gate = Promise.resolve()
    const other = desk.process()
    await other.turn()
    desk.app.clock.advance(30_000)
    await other.turn()
    const states = await desk.states()
    expect((states['sent'] ?? 0) + (states['unknown'] ?? 0)).toBe(25)
    expect(states['unknown']).toBeLessThanOrEqual(20)
    expect(states['unknown']).toBeGreaterThanOrEqual(4)
    await desk.assertAccounted()
  })

  test('N11: a worker that stood still past its lease changes nothing and begins no send', async () => {
    await desk.bulk(await desk.residents(10))
    const slow = desk.process()
    let letGo = (): void => undefined
    desk.wechat.gate = new Promise((resolve) => {
      letGo = resolve
    })
    const turn = slow.turn()
    await until(() => desk.wechat.heard.length === 4)
    desk.app.clock.advance(40_000)
    desk.wechat.gate = Promise.resolve()
    await desk.process().turn()
    expect(await desk.states()).toEqual({ unknown: 10 })
    const before = JSON.stringify([await desk.messages(), await desk.deliveries()])
    letGo()
    await turn
    expect(desk.wechat.heard).toHaveLength(4)
    expect(JSON.stringify([await desk.messages(), await desk.deliveries()])).toBe(before)
    await desk.assertAccounted()
  })

  test('N14: who is not bound any more when their turn comes gets nothing, and their inbox does not show it', async () => {
    const [stays = '', leaves = '', ended = ''] = await desk.residents(3)
    const { householdId } = await desk.bulk([stays, leaves, ended])
    await desk.run(
      `UPDATE binding SET activeSlot = NULL, unboundAt = 1 WHERE residentId = '${leaves}' AND householdId = '${householdId}'`,
      `UPDATE resident SET endedAt = 1 WHERE id = '${ended}'`,
    )
    await desk.app.runJobs()
    expect(desk.wechat.heard.map(({ to }) => to)).toEqual([`wechat-mini-${stays}`])
    expect(desk.wechat.heard[0]?.fields['thing1']).toBe('松海园 41-6-404')
    expect(await desk.states()).toEqual({ sent: 1, dropped: 2 })
    const inbox = async (id: string): Promise<number> =>
      (await listMessages(desk.app.asResident(id), { limit: 10 })).rows.length
    expect([await inbox(stays), await inbox(leaves)]).toEqual([1, 0])
    await desk.assertAccounted()
  })

  test('N14: somebody who was merged meanwhile is told once, at the account they have now', async () => {
    const [old = '', living = ''] = await desk.residents(2)
    await desk.bulk([old])
    await desk.run(`UPDATE resident SET mergedInto = '${living}', endedAt = 1 WHERE id = '${old}'`)
    await desk.app.runJobs()
    expect(desk.wechat.heard.map(({ to }) => to)).toEqual([`wechat-mini-${living}`])
    await desk.assertAccounted()
  })

  test('N15: a platform that does not answer is left alone, longer each time, and old news expires unsent', async () => {
    const residents = await desk.residents(20)
    await desk.bulk(residents)
    desk.wechat.always = { ...SILENT, state: 'later' }
    const one = desk.process()
    await one.turn()
    const first = desk.wechat.heard.length
    expect(first).toBeLessThanOrEqual(8 + 3)
    const probes: number[] = []
    for (let second = 0; second < 600; second += 10) {
      desk.app.clock.advance(10_000)
      await one.turn()
      probes.push(desk.wechat.heard.length - first)
    }
    // Ten minutes: after 30 s, 60 s, 120 s, 240 s; each one message.
    expect(probes.at(-1)).toBeGreaterThanOrEqual(3)
    expect(probes.at(-1)).toBeLessThanOrEqual(5)
    desk.app.clock.advance(25 * HOUR)
    await one.turn()
    expect(await desk.states()).toEqual({ expired: 20 })
    expect(desk.oa.heard).toEqual([])
    await desk.assertAccounted()
  })

  test('N17: in the night a planned notice waits for the morning, an urgent one does not', async () => {
    const night = Date.UTC(2026, 10, 23, 14, 30)
    desk.app.clock.set(night)
    const [planned = '', urgent = ''] = await desk.residents(2)
    await desk.bulk([planned])
    await desk.tell(urgent)
    await desk.app.runJobs()
    expect(desk.wechat.heard.map(({ to }) => to)).toEqual([`wechat-mini-${urgent}`])
    desk.app.clock.set(Date.UTC(2026, 10, 23, 23, 59, 59))
    await desk.app.runJobs()
    expect(desk.wechat.heard).toHaveLength(1)
    desk.app.clock.set(Date.UTC(2026, 10, 24, 0, 0))
    await desk.app.runJobs()
    expect(desk.wechat.heard).toHaveLength(2)
    await desk.assertAccounted()
  })

  test('N22: after an hour without a worker, and with a clock that went back, each is sent once or expires', async () => {
    const [lives = '', expires = '', later = ''] = await desk.residents(3)
    await desk.bulk([lives])
    await desk.bulk([expires], { expiresAt: desk.app.clock.now() + HOUR / 2 })
    desk.app.clock.advance(HOUR)
    await desk.app.runJobs()
    expect(await desk.states()).toEqual({ sent: 1, expired: 1 })
    await desk.bulk([later])
    desk.app.clock.advance(-HOUR)
    await desk.app.runJobs()
    expect(desk.wechat.heard).toHaveLength(1)
    desk.app.clock.advance(HOUR + 1000)
    await desk.app.runJobs()
    await desk.app.runJobs()
    expect(desk.wechat.heard.map(({ to }) => to)).toEqual([`wechat-mini-${lives}`, `wechat-mini-${later}`])
    await desk.assertAccounted()
  })

  test('I9: with every kind of answer and two processes at once each message is accepted once, ends, and is counted', async () => {
    const residents = await desk.residents(40)
    await desk.bulk(residents)
    for (const resident of residents.slice(0, 10)) await desk.tell(resident)
    const kinds = [
      { state: 'delivered' },
      REFUSED,
      SILENT,
      { state: 'later', platformCode: '-1' },
      UNFIT,
    ] as const
    desk.wechat.answers(...Array.from({ length: 60 }, (_, n) => kinds[(n * 7) % 5] ?? kinds[0]))
    const processes = [desk.process(), desk.process()]
    for (let turn = 0; turn < 6; turn++) {
      await Promise.all(processes.map((one) => one.turn()))
      desk.app.clock.advance(20 * MINUTE)
    }
    expect(await desk.messages()).toHaveLength(50)
    await desk.assertAccounted()
  })

  test('a row of a kind that is gone, or sealed under a key that is gone, keeps no other from being sent', async () => {
    const [gone = '', sealed = '', fine = ''] = await desk.residents(3)
    for (const id of [gone, sealed, fine]) await desk.tell(id, { template: 'outage-planned' })
    await desk.run(
      `UPDATE message SET template = 'older' WHERE residentId = '${gone}'`,
      `UPDATE resident_identity SET subjectSealed = 'x' WHERE residentId = '${sealed}'`,
    )
    await desk.app.runJobs()
    expect(await desk.states()).toEqual({ failed: 2, sent: 1 })
    const { rows } = await listMessages(desk.app.asResident(gone), { limit: 5 })
    expect(rows.map(presentMessage)).toMatchObject([{ title: '计划停供通知', fields: [] }])
    await desk.assertAccounted()
  })

  test('the queue is found by its indexes', async () => {
    const explain = async (sql: string): Promise<string> =>
      JSON.stringify(await desk.rows(`EXPLAIN ${engine === 'sqlite' ? 'QUERY PLAN ' : ''}${sql}`))
    const due = await explain(
      'SELECT id FROM message WHERE urgency = 1 AND dueAt <= 5 ORDER BY dueAt, id LIMIT 200',
    )
    expect(due).toContain('message_due')
    expect(due).not.toMatch(/filesort|TEMP B-TREE/)
    const waits = await explain(
      "SELECT id FROM message WHERE waitsFor = 'sms' ORDER BY urgency, id LIMIT 200",
    )
    expect(waits).toContain('message_waits')
    expect(waits).not.toMatch(/filesort|TEMP B-TREE/)
  })

  test('a household’s own address stands in its message even where two homes are told', async () => {
    const [resident = ''] = await desk.residents(1)
    const home = await buildHousehold(desk.app, { members: [resident] })
    await inTransaction(desk.app.ctx(), (tx) =>
      tx.execute("UPDATE household SET shortAddress = '枫林苑 3-2-101' WHERE id = ?", [home.id]),
    )
    await desk.tell(resident, { householdId: home.id })
    await desk.app.runJobs()
    expect(desk.wechat.heard[0]?.fields['thing1']).toBe('枫林苑 3-2-101')
  })
})

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}
