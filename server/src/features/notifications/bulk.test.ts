import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { addToBulk } from './add-to-bulk'
import { bulkProgress } from './bulk-progress'
import { closeBulk } from './close-bulk'
import { listMessages } from './list-messages'
import { markMessagesRead } from './mark-messages-read'
import { openBulk } from './open-bulk'
import { presentMessage } from './present'
import { reachOf, textCostFen } from './reach-of'
import { stopBulk } from './stop-bulk'
import { MessageDesk } from './test-message-desk'
import { toldBy } from './told-by'

eachEngine((engine) => {
  let desk: MessageDesk
  beforeAll(async () => {
    desk = await MessageDesk.open(engine, { messages: { batch: 20, batches: 2, sendsAtOnce: 2 } })
  })
  afterAll(() => desk.app.close())
  beforeEach(() => desk.forget())

  const stop = (bulkId: string): Promise<boolean> =>
    inTransaction(desk.app.ctx(), (tx) => stopBulk(tx, desk.app.ctx(), bulkId))
  const progress = (bulkId: string) => bulkProgress(desk.app.ctx().db.reader, desk.app.ctx(), bulkId)

  test('many read the same words, each with their own address, and the bulk is done when all of them are', async () => {
    const residents = await desk.residents(45)
    const { bulkId } = await desk.bulk(residents)
    expect(await progress(bulkId)).toMatchObject({ state: 'sending', made: 45, waiting: 45 })
    await desk.app.runJobs()
    expect(await progress(bulkId)).toMatchObject({
      state: 'done',
      waiting: 0,
      final: { sent: 45 },
      channels: [{ channel: 'wechat-mini', sent: 45, paused: null }],
    })
    expect(desk.wechat.heard[0]?.fields).toMatchObject({ thing1: '松海园 41-6-404', thing2: '突发停暖' })
    const { rows } = await listMessages(desk.app.asResident(residents[0] ?? ''), { limit: 5 })
    expect(rows.map(presentMessage)).toMatchObject([
      {
        title: '松海园计划停暖',
        page: '/notices/detail/index?noticeId=1',
        fields: [
          { label: '住址', value: '松海园 41-6-404' },
          { label: '停供', value: '突发停暖' },
          ...Array.from({ length: 5 }, () => expect.anything() as unknown),
        ],
      },
    ])
    await desk.assertAccounted()
  })

  test('a page that is added again adds nobody twice, and a stopped bulk takes nobody', async () => {
    const ctx = desk.app.ctx()
    const residents = await desk.residents(3)
    const members = residents.map((residentId) => ({ residentId, householdId: null }))
    const bulkId = await inTransaction(ctx, (tx) =>
      openBulk(tx, ctx, {
        companyId: 'gas',
        template: 'announcement',
        title: '采暖季开始',
        facts: {},
        page: null,
        urgency: 2,
        expiresAt: ctx.clock.now() + 3_600_000,
      }),
    )
    const add = (count: number): Promise<number> =>
      inTransaction(ctx, (tx) =>
        addToBulk(tx, ctx, { bulkId, reason: 'notice:1:1', dueAt: ctx.clock.now() }, members.slice(0, count)),
      )
    expect([await add(2), await add(3), await add(3)]).toEqual([2, 1, 0])
    expect(await progress(bulkId)).toMatchObject({ state: 'spreading', made: 3 })
    await inTransaction(ctx, (tx) => closeBulk(tx, ctx, bulkId))
    expect(await stop(bulkId)).toBe(true)
    expect([await stop(bulkId), await add(3)]).toEqual([false, 0])
  })

  test('N08 I10: after a stop no process begins a send, what was not sent is taken back, and inboxes lose it at once', async () => {
    const residents = await desk.residents(120)
    const { bulkId } = await desk.bulk(residents)
    const processes = [desk.process(), desk.process()]
    let stoppedAt = Number.POSITIVE_INFINITY
    const begunAt: number[] = []
    desk.wechat.onSend = () => void begunAt.push(performance.now())
    const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 40))
    // Each send takes a while, so that the stop falls into the middle of the batches.
    Object.defineProperty(desk.wechat, 'gate', { get: pause, configurable: true })
    const turns = Promise.all(processes.map((one) => one.turn()))
    while (begunAt.length < 10) await pause()
    await stop(bulkId)
    stoppedAt = performance.now()
    const inbox = (id: string): Promise<number> =>
      listMessages(desk.app.asResident(id), { limit: 5 }).then(({ rows }) => rows.length)
    expect(await inbox(residents[119] ?? '')).toBe(0)
    await turns
    await Promise.all(processes.map((one) => one.turn()))
    Object.defineProperty(desk.wechat, 'gate', {
      value: Promise.resolve(),
      writable: true,
      configurable: true,
    })
    expect(Math.max(...begunAt) - stoppedAt).toBeLessThan(2000)
    const sent = desk.wechat.heard.length
    expect(sent).toBeLessThan(120)
    expect(await desk.states()).toEqual({ sent, cancelled: 120 - sent })
    expect(await progress(bulkId)).toMatchObject({
      state: 'stopped',
      waiting: 0,
      final: { sent, cancelled: 120 - sent },
    })
    expect((await desk.bulkRow(bulkId))?.endedAt).not.toBeNull()
    await desk.assertAccounted()
    const told: string[] = []
    for (let after: string | null = null; ; ) {
      const page = await toldBy(desk.app.ctx().db.reader, bulkId, after, 7)
      told.push(...page.residents.map(({ residentId }) => `wechat-mini-${residentId}`))
      after = page.next
      if (after === null) break
    }
    expect(told.toSorted()).toEqual(desk.wechat.heard.map(({ to }) => to).toSorted())
  })

  test('who read it in the inbox before it was stopped counts as told', async () => {
    const [reader = '', other = ''] = await desk.residents(2)
    const { bulkId } = await desk.bulk([reader, other])
    const ctx = desk.app.asResident(reader)
    const { rows } = await listMessages(ctx, { limit: 1 })
    await markMessagesRead(ctx, rows[0]?.row.id ?? '')
    await stop(bulkId)
    await desk.app.runJobs()
    const { residents } = await toldBy(desk.app.ctx().db.reader, bulkId, null, 10)
    expect(residents.map(({ residentId }) => residentId)).toEqual([reader])
    expect(desk.wechat.heard).toEqual([])
  })

  test('progress tells the speed and the end while somebody looks', async () => {
    const { bulkId } = await desk.bulk(await desk.residents(50), { urgency: 1 })
    await progress(bulkId)
    desk.wechat.answers(...Array.from({ length: 30 }, () => ({ state: 'delivered' }) as const))
    desk.wechat.always = { state: 'later', platformCode: '-1' }
    await desk.app.runJobs()
    desk.app.clock.advance(3000)
    expect(await progress(bulkId)).toMatchObject({
      waiting: 20,
      perSecond: 10,
      etaAt: desk.app.clock.now() + 2000,
    })
  })

  test('a preview knows the channel of each resident, and what a text message costs', async () => {
    const [wechat = '', phone = '', none = ''] = await desk.residents(3)
    await desk.run(`DELETE FROM resident_identity WHERE residentId IN ('${phone}', '${none}')`)
    await desk.phone(phone)
    const { reader } = desk.app.ctx().db
    const reach = await reachOf(reader, desk.app.ctx(), 'outage-planned', [wechat, phone, none])
    expect([...reach.values()]).toEqual(['wechat-mini', 'sms', 'inbox'])
    const facts = {
      household: '松海园 41-6-404',
      what: '停暖',
      reason: '检修',
      phone: '96123',
      startsAt: '11月29日',
      endsAt: '11月30日',
    }
    expect(textCostFen(desk.app.ctx(), 'outage-planned', facts)).toBe(5)
    expect(textCostFen(desk.app.ctx(), 'announcement', facts)).toBe(0)
  })
})
