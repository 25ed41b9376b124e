import { eachEngine } from '../../testing/harness'
import { MessageDesk } from './test-message-desk'

eachEngine((engine) => {
  let desk: MessageDesk
  beforeAll(async () => {
    desk = await MessageDesk.open(engine, {
      messages: { batch: 30, leaseMs: 5000, perSecond: { 'wechat-mini': 20 } },
    })
  })
  afterAll(() => desk.app.close())

  test('a channel’s rate is kept, and what would begin too late for its lease goes back whole', async () => {
    await desk.bulk(await desk.residents(30))
    // A process that has used its places up to two seconds from now.
    const one = desk.process()
    for (let n = 0; n < 40; n++) void one.worker.pace.wait('wechat-mini', 10_000)
    const before = performance.now()
    await one.turn()
    const sent = desk.wechat.heard.length
    // Half of the lease is 2.5 s: places for some ten messages are left.
    expect(sent).toBeGreaterThanOrEqual(3)
    expect(sent).toBeLessThanOrEqual(12)
    expect(performance.now() - before).toBeGreaterThan(1500)
    expect(await desk.states()).toEqual({ sent, due: 30 - sent })
    expect(await desk.deliveries()).toHaveLength(sent)
    const back = (await desk.messages()).filter(({ state }) => state === 'due')
    expect(back.every((row) => row.token === null && Number(row.attempts) === 0)).toBe(true)
    desk.app.clock.advance(5000)
    await desk.process().turn()
    expect(await desk.states()).toEqual({ sent: 30 })
    await desk.assertAccounted()
  })
})
