import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import type { Peer } from './socket-peer'
import { acceptSockets } from './sockets'
import Koa from 'koa'
import type { Ctx } from '../../platforms/context'

const PIECE = 'x'.repeat(32_768)

/** What the transport does by itself, whatever feature sits behind it. */
eachEngine((engine) => {
  if (engine === 'mariadb')
    return test('the transport asks no database', () => expect(engine).toBe('mariadb'))
  let app: TestApp
  let server: Server
  let peers: Peer[] = []
  let drained = 0
  const stop = new AbortController()
  beforeAll(async () => {
    const sockets = { unreadBytesMax: 65_536, slowMs: 200, beatMs: 60_000, perAddress: 3 }
    app = await startApp({ engine, config: { sockets } })
    server = createServer()
    const ctx = app.ctx()
    acceptSockets<Ctx>(server, {
      core: { ...ctx, stopping: stop.signal },
      app: new Koa(),
      contextFor: () => ctx,
      routes: [
        {
          name: 'test',
          path: '/socket',
          admit: async (stranger) => ({
            ctx: stranger,
            open: (peer) => {
              peers.push(peer)
              return {
                frame: async () => undefined,
                errorFrame: ({ code }) => code,
                drained: () => void drained++,
                closed: () => undefined,
              }
            },
          }),
        },
      ],
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await app.close()
  })

  const connect = async (): Promise<{ ws: WebSocket; peer: Peer }> => {
    const before = peers.length
    const ws = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/socket?ticket=any`)
    await once(ws, 'open')
    const peer = peers[before]
    if (!peer) throw new Error('it was opened')
    return { ws, peer }
  }
  const fill = async (peer: Peer): Promise<number> => {
    let written = 0
    while (peer.send(PIECE)) {
      written++
      if (written % 50 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    return written
  }

  test('a client that stops reading is written to no more, and closed when it does not read again', async () => {
    const { ws, peer } = await connect()
    ws.pause()
    expect(await fill(peer)).toBeGreaterThan(1)
    expect(peer.send('more')).toBe(false)
    const closed = once(ws, 'close')
    // Its side hears of it when it reads again; ours has cut the connection by then.
    await untilRefused(peer)
    ws.resume()
    const [code] = (await closed) as [number]
    expect([1013, 1006]).toContain(code)
  })

  test('one that reads again in time is told that it drained, and is written to again', async () => {
    const { ws, peer } = await connect()
    const before = drained
    ws.pause()
    await fill(peer)
    ws.resume()
    while (drained === before) await new Promise((resolve) => setImmediate(resolve))
    expect(peer.send('again')).toBe(true)
    ws.terminate()
    await once(ws, 'close')
  })

  test('an address has so many sockets; a stop closes them with the word to come again, and lets nobody in', async () => {
    const open = [await connect(), await connect(), await connect()]
    const late = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/socket?ticket=any`)
    const [, refusal] = (await once(late, 'unexpected-response')) as [unknown, { statusCode: number }]
    expect(refusal.statusCode).toBe(503)
    late.on('error', () => undefined)
    late.terminate()
    const closing = open.map(({ ws }) => once(ws, 'close'))
    stop.abort()
    for (const closed of closing) expect((await closed)[0]).toBe(1012)
  })
})

/** Resolves when the server's side of the socket is gone. */
async function untilRefused(peer: Peer): Promise<void> {
  const { ws } = peer as unknown as { ws: WebSocket }
  if (ws.readyState !== ws.CLOSED) await once(ws, 'close')
}
