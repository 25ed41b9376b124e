import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { inTransaction } from '../../core/db/database'
import { TestChat } from './test-chat'

const SOCKETS = { perAddress: 1000, recheckMs: 5000, lookMs: 60, frameBurst: 1000, framesPerSecond: 1000 }
const CONVERSATIONS = 40
const DEVICES = 8

eachEngine((engine) => {
  let app: TestApp
  let chat: TestChat
  beforeAll(async () => {
    app = await startApp({ engine, config: { sockets: SOCKETS } })
    chat = new TestChat(app)
  })
  afterAll(() => app.close())

  test('hundreds of conversations that are asked for and change at one moment are read a few at a time, each of them', async () => {
    const wang = await chat.agent({ name: '王芳' })
    const ids: string[] = []
    for (let at = 0; at < CONVERSATIONS; at++)
      ids.push((await chat.conversation(await chat.resident(), wang)).id)
    const devices = await Promise.all(Array.from({ length: DEVICES }, () => chat.socket(wang)))
    const { reader } = app.ctx().db
    const query = reader.query.bind(reader)
    const reads = { now: 0, most: 0 }
    const spy = jest.spyOn(reader, 'query').mockImplementation(async (sql, params) => {
      reads.most = Math.max(reads.most, ++reads.now)
      try {
        return (await query(sql, params)) as never
      } finally {
        reads.now--
      }
    })
    try {
      for (const device of devices)
        for (const conversationId of ids) device.say({ op: 'watch', conversationId, after: 0 })
      await Promise.all(devices.map((device) => device.next('deskConversation', CONVERSATIONS - 1)))
      // Another process hands all of them to somebody else at once.
      await inTransaction(app.ctx(), (tx) =>
        tx.execute(
          "UPDATE conversation SET assigneeName = '李静', assigneeId = ?, version = version + 1, updatedAt = updatedAt + 1",
          [app.ctx().ids.next()],
        ),
      )
      await Promise.all(devices.map((device) => device.next('deskConversation', 2 * CONVERSATIONS - 1)))
    } finally {
      spy.mockRestore()
      for (const device of devices) device.leave()
    }
    expect(reads.most).toBeLessThanOrEqual(24)
  })
})
