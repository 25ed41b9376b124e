import { inTransaction } from '../../core/db/database'
import { endSessionsOf } from '../identity/session-store'
import { send } from '../../testing/at-work'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { refusedWith, type Someone, TestChat, TestSocket } from './test-chat'

const SOCKETS = {
  perAddress: 1000,
  recheckMs: 100,
  lookMs: 60,
  frameBurst: 40,
  framesPerSecond: 20,
}

eachEngine((engine) => {
  let app: TestApp
  let chat: TestChat
  let zhang: Someone
  beforeAll(async () => {
    app = await startApp({ engine, config: { sockets: SOCKETS } })
    chat = new TestChat(app)
    zhang = await chat.resident()
  })
  afterAll(() => app.close())

  describe('who is let in (ASVS 4.4)', () => {
    test('4.4.3: a socket without a ticket, or with one that nobody made, is refused', async () => {
      const url = chat.url('').replace('?ticket=', '')
      expect(await refusedWith(url)).toBe(401)
      expect(await refusedWith(chat.url('f'.repeat(48)))).toBe(401)
      expect(await refusedWith(chat.url("' OR 1=1 --"))).toBe(401)
    })

    test('4.4.3: a ticket opens one socket, also when two come at once', async () => {
      const url = chat.url(await chat.ticket(zhang))
      const tries = await Promise.allSettled([TestSocket.open(url), TestSocket.open(url)])
      expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      expect(await refusedWith(url)).toBe(401)
      for (const each of tries) if (each.status === 'fulfilled') each.value.leave()
    })

    test('4.4.3: a ticket is good for sixty seconds', async () => {
      const url = chat.url(await chat.ticket(zhang))
      app.clock.advance(60_001)
      expect(await refusedWith(url)).toBe(401)
    })

    test('4.4.4: a ticket of a session that ended meanwhile opens nothing', async () => {
      const li = await chat.resident()
      const url = chat.url(await chat.ticket(li))
      await inTransaction(app.ctx(), (tx) => endSessionsOf(tx, li.id, app.clock.now()))
      expect(await refusedWith(url)).toBe(401)
    })

    test('4.4.2: a page of another site is refused, our own and a mini-program, which names none, are not', async () => {
      const origins = ['https://evil.test', 'http://portal.test.evil.test', 'null', 'http://portal.test:81']
      for (const origin of origins) {
        const url = chat.url(await chat.ticket(zhang))
        expect([origin, await refusedWith(url, { origin })]).toEqual([origin, 403])
      }
      const ours = await chat.socket(zhang, { origin: 'http://portal.test' })
      ours.leave()
      const mini = await chat.socket(zhang)
      mini.leave()
    })

    test('a path that is no socket is refused, and nobody gets a ticket without a session', async () => {
      expect(await refusedWith(chat.url(await chat.ticket(zhang)).replace('/chat/socket', '/chat'))).toBe(404)
      const answer = await send(
        app,
        { name: 'chat.ticket', method: 'POST' },
        { 'content-type': 'application/json' },
      )
      expect(answer.status).toBe(401)
    })

    test('4.4.1: behind https the ticket leads to wss, and a plain connection is refused', async () => {
      const publicUrl = 'https://yihu.test'
      const secure = await startApp({
        engine,
        config: { http: { publicUrl, trustedProxyHops: 1 }, sockets: SOCKETS },
      })
      try {
        const desk = new TestChat(secure)
        const resident = await desk.resident()
        const answer = await send(secure, { name: 'chat.ticket', method: 'POST' }, resident.headers)
        const made = (await answer.json()) as { url: string; ticket: string }
        expect(made.url).toBe(`wss://yihu.test/chat/socket?ticket=${made.ticket}`)
        const plain = { headers: { 'x-forwarded-proto': 'http' } }
        expect(await refusedWith(desk.url(made.ticket), plain)).toBe(403)
        const proxied = { headers: { 'x-forwarded-proto': 'https' } }
        const socket = await TestSocket.open(desk.url(made.ticket), proxied)
        socket.leave()
      } finally {
        await secure.close()
      }
    })

    test('a person has a few sockets and not more; one that leaves makes room', async () => {
      const many = await chat.resident()
      const open = []
      for (let at = 0; at < 8; at++) open.push(await chat.socket(many))
      expect(await refusedWith(chat.url(await chat.ticket(many)))).toBe(503)
      open[0]?.leave()
      let status: number | 'in' = 503
      while (status === 503) {
        const url = chat.url(await chat.ticket(many))
        status = await refusedWith(url).catch(() => 'in' as const)
      }
      expect(status).toBe('in')
      for (const socket of open) socket.leave()
    })
  })

  describe('a session that is over (ASVS 7.4, 8.3.2)', () => {
    test('7.4.1: signing out closes the socket by itself', async () => {
      const li = await chat.resident()
      const socket = await chat.socket(li)
      await send(app, { name: 'sessions.end', method: 'POST' }, li.headers, { clientId: chat.clientId() })
      expect(await socket.closing()).toMatchObject({ code: 1008 })
    })

    test('8.3.2: an agent whose role is taken away, or who is disabled, is closed and does nothing more', async () => {
      const row = await chat.conversation(zhang)
      for (const change of ['roles = \'["worker"]\'', "state = 'disabled'", 'companies = \'["gas"]\'']) {
        const agent = await chat.agent()
        const socket = await chat.socket(agent)
        socket.say({ op: 'watch', conversationId: row.id, after: 0 })
        await socket.next('deskConversation')
        await inTransaction(app.ctx(), (tx) =>
          tx.execute(`UPDATE staff_account SET ${change} WHERE id = ?`, [agent.id]),
        )
        expect([change, (await socket.closing()).code]).toEqual([change, 1008])
      }
    })
  })
})
