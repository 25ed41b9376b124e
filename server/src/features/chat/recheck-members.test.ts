import { inTransaction } from '../../core/db/database'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import type { Member } from './hub-member'
import { isStillThere, recheckMembers } from './recheck-members'
import { TestChat } from './test-chat'

eachEngine((engine) => {
  let app: TestApp
  let chat: TestChat
  beforeAll(async () => {
    app = await startApp({ engine })
    chat = new TestChat(app)
  })
  afterAll(() => app.close())

  const member = (ctx: Member['ctx'], gone: string[]): Member => ({
    ctx,
    looker: { side: 'resident', ids: [] },
    watches: new Map(),
    list: false,
    pendingList: new Map(),
    give: () => true,
    end: (reason) => void gone.push(reason),
  })
  const signedIn = async (): Promise<Member['ctx']> => {
    const { id } = await chat.resident()
    const [session] = await app
      .ctx()
      .db.reader.query<{ id: string }>('SELECT id FROM resident_session WHERE residentId = ?', [id])
    const ctx = app.asResident(id)
    return { ...ctx, resident: { id, sessionId: session?.id ?? '', channel: 'wechat-mini' } }
  }
  const end = (sessionId: string) =>
    inTransaction(app.ctx(), (tx) =>
      tx.execute('UPDATE resident_session SET endedAt = ? WHERE id = ?', [app.clock.now(), sessionId]),
    )

  test('whose session ended is let go, on each of their devices; the others stay', async () => {
    const [zhang, li] = [await signedIn(), await signedIn()]
    const [ofZhang, ofLi]: [string[], string[]] = [[], []]
    const members = new Set([member(zhang, ofZhang), member(zhang, ofZhang), member(li, ofLi)])
    await recheckMembers(app.ctx(), members)
    expect([ofZhang, ofLi]).toEqual([[], []])
    expect(await isStillThere(zhang)).toBe(true)
    await end(zhang.resident?.sessionId ?? '')
    await recheckMembers(app.ctx(), members)
    expect([ofZhang.length, ofLi.length]).toEqual([2, 0])
    expect(await isStillThere(zhang)).toBe(false)
  })
})
