import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { claimBatch } from './claim-batch'
import { measureQueue } from './measure-queue'
import { MessageDesk } from './test-message-desk'

eachEngine((engine) => {
  let desk: MessageDesk
  beforeAll(async () => {
    desk = await MessageDesk.open(engine)
  })
  afterAll(() => desk.app.close())

  const shown = async (): Promise<string[]> => {
    const ctx = desk.app.ctx()
    await measureQueue(ctx)
    const all = await ctx.metrics.registry.metrics()
    return all.split('\n').filter((line) => /^yihu_queue_\w+\{queue="messages:/.test(line))
  }

  test('messages that wait are seen by urgency, with the age of the first, and those that wait for a channel', async () => {
    const ctx = desk.app.ctx()
    const residents = await desk.residents(5)
    for (const residentId of residents) await desk.tell(residentId)
    const now = ctx.clock.now()
    const ids = (await desk.messages()).map(({ id }) => id)
    await inTransaction(ctx, async (tx) => {
      await tx.execute('UPDATE message SET urgency = 0, dueAt = ? WHERE id IN (?,?)', [
        now - 90_000,
        ids[0] ?? '',
        ids[1] ?? '',
      ])
      await tx.execute('UPDATE message SET urgency = 1, dueAt = ? WHERE id = ?', [now - 5_000, ids[2] ?? ''])
      await tx.execute('UPDATE message SET urgency = 1, dueAt = ? WHERE id = ?', [now + 5_000, ids[3] ?? ''])
      await tx.execute("UPDATE message SET urgency = 1, dueAt = ?, waitsFor = 'sms' WHERE id = ?", [
        now + 60_000,
        ids[4] ?? '',
      ])
    })
    expect(await shown()).toEqual([
      'yihu_queue_depth{queue="messages:urgent"} 2',
      'yihu_queue_depth{queue="messages:normal"} 1',
      'yihu_queue_depth{queue="messages:may-wait"} 0',
      'yihu_queue_depth{queue="messages:for-a-channel"} 1',
      'yihu_queue_oldest_seconds{queue="messages:urgent"} 90',
      'yihu_queue_oldest_seconds{queue="messages:normal"} 5',
      'yihu_queue_oldest_seconds{queue="messages:may-wait"} 0',
    ])
    // What somebody has taken waits no more.
    expect((await claimBatch(ctx))?.size).toBe(3)
    expect(await shown()).toEqual([
      'yihu_queue_depth{queue="messages:urgent"} 0',
      'yihu_queue_depth{queue="messages:normal"} 0',
      'yihu_queue_depth{queue="messages:may-wait"} 0',
      'yihu_queue_depth{queue="messages:for-a-channel"} 1',
      'yihu_queue_oldest_seconds{queue="messages:urgent"} 0',
      'yihu_queue_oldest_seconds{queue="messages:normal"} 0',
      'yihu_queue_oldest_seconds{queue="messages:may-wait"} 0',
    ])
  })
})
