import { DAY_MS } from '../../core/clock'
import { eachEngine } from '../../testing/harness'
import { forgetMessages } from './forget-messages'
import { MessageDesk } from './test-message-desk'

eachEngine((engine) => {
  let desk: MessageDesk
  beforeAll(async () => {
    desk = await MessageDesk.open(engine, { messages: { keepDays: 30 } })
  })
  afterAll(() => desk.app.close())

  test('what is older than it is kept goes with its attempts; what is newer, or still waits, stays; counts stay', async () => {
    const [resident = ''] = await desk.residents(1)
    for (let n = 0; n < 3; n++) await desk.tell(resident)
    await desk.app.runJobs()
    desk.app.clock.advance(31 * DAY_MS)
    await desk.tell(resident)
    const [first] = await desk.messages()
    await desk.run(`UPDATE message SET state = 'due', dueAt = 9000000000000 WHERE id = '${first?.id ?? ''}'`)
    await forgetMessages(desk.app.ctx(), new AbortController().signal)
    expect(await desk.states()).toEqual({ due: 2 })
    expect(await desk.deliveries()).toMatchObject([{ messageId: first?.id }])
    const tally = await desk.rows<{ n: number }>("SELECT n FROM message_tally WHERE channel = 'wechat-mini'")
    expect(tally.map(({ n }) => Number(n))).toEqual([3])
  })
})
