import { type IncomingMessage, type Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type Koa from 'koa'
import { WebSocketServer } from 'ws'
import { monotonicMs } from '../clock'
import type { Core, CoreCtx } from '../context'
import { AppError } from '../errors'
import { clientAddress } from './client-address'
import { toAppError } from './respond'
import { type OpenPeer, openPeer, type Peer, type SocketSession } from './socket-peer'

/** A place where clients open sockets. */
export interface SocketRoute<C extends CoreCtx> {
  readonly name: string
  readonly path: string
  /** Whose ticket this is, as a context of theirs, and what opens their socket; null refuses. A ticket is good once. */
  readonly admit: (stranger: C, ticket: string) => Promise<Admitted<C> | null>
}

export interface Admitted<C extends CoreCtx> {
  readonly ctx: C
  readonly open: (peer: Peer) => SocketSession
}

interface SocketOptions<C extends CoreCtx> {
  readonly core: Core
  readonly app: Koa
  readonly routes: readonly SocketRoute<C>[]
  readonly contextFor: (stranger: {
    readonly requestId: string
    readonly ip: string
    readonly resident: null
    readonly staff: null
  }) => C
}

/** A client that is asked to go has so long to answer before its connection is cut. */
const GOODBYE_MS = 1000
const RESTART = 1012

interface Counted {
  readonly peers: Set<OpenPeer>
  readonly byAddress: Map<string, number>
  readonly byPerson: Map<string, number>
}

/**
 * Takes the upgrades of this server. Each is refused with a plain answer unless it comes from our own pages (or from a
 * client that is no browser and names no origin, as mini-programs do), has a ticket that was not used yet, and there is
 * room. Frames are text, small and not compressed.
 */
export function acceptSockets<C extends CoreCtx>(server: Server, options: SocketOptions<C>): void {
  const { core } = options
  const accepting = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    clientTracking: false,
    maxPayload: core.config.sockets.frameBytes,
  })
  const counted: Counted = { peers: new Set(), byAddress: new Map(), byPerson: new Map() }
  server.on('upgrade', (request, socket, head) => {
    // Until the library has it, nobody else listens, and an unheard error would end the process.
    const ignore = (): void => void socket.destroy()
    socket.on('error', ignore)
    admit(options, counted, request)
      .then(({ ctx, open, address }) => {
        socket.off('error', ignore)
        accepting.handleUpgrade(request, socket, head, (ws) => {
          const release = count(counted, address, personKey(ctx))
          const peer = openPeer(core, ws, open, release)
          counted.peers.add(peer)
          ws.once('close', () => counted.peers.delete(peer))
        })
      })
      .catch((error: unknown) => refuse(core, socket, error))
  })
  const everyMs = Math.min(1000, core.config.sockets.beatMs / 4)
  let sweptAt = monotonicMs()
  const sweeping = setInterval(() => {
    // When we ourselves were held up, what clients said meanwhile still waits to be read.
    const isLate = monotonicMs() - sweptAt > everyMs * 2
    sweptAt = monotonicMs()
    if (!isLate) for (const peer of counted.peers) peer.sweep()
  }, everyMs)
  sweeping.unref()
  core.stopping.addEventListener('abort', () => {
    clearInterval(sweeping)
    for (const peer of counted.peers) peer.close(RESTART, 'restart')
    setTimeout(() => {
      for (const peer of counted.peers) peer.cut()
    }, GOODBYE_MS).unref()
  })
}

/** Errors: not_found, socket_refused, rate_limited, busy, ticket_invalid. */
async function admit<C extends CoreCtx>(
  options: SocketOptions<C>,
  counted: Counted,
  request: IncomingMessage,
): Promise<Admitted<C> & { readonly address: string }> {
  const { core } = options
  // Koa knows how far proxies are believed; the answer is never sent.
  const koa = options.app.createContext(request, new ServerResponse(request))
  const route = options.routes.find(({ path }) => path === koa.path)
  if (!route) throw new AppError('not_found')
  if (core.stopping.aborted) throw new AppError('busy', { retryAfterSeconds: 1 })
  assertOurs(core, koa)
  const address = clientAddress(koa.ip)
  await core.localLimiter.take(`ip:${address}`, core.config.limits.perIp)
  assertRoom(core, counted, address)
  const stranger = options.contextFor({
    requestId: core.ids.next(),
    ip: address,
    resident: null,
    staff: null,
  })
  const ticket = koa.query['ticket']
  const admitted = typeof ticket === 'string' ? await route.admit(stranger, ticket) : null
  if (!admitted) throw new AppError('ticket_invalid')
  assertRoom(core, counted, address)
  if ((counted.byPerson.get(personKey(admitted.ctx)) ?? 0) >= core.config.sockets.perPerson)
    throw new AppError('busy', { message: '打开的页面太多了，请关掉几个再试。', retryAfterSeconds: 10 })
  return { ...admitted, address }
}

function assertRoom(core: Core, counted: Counted, address: string): void {
  const { perProcess, perAddress } = core.config.sockets
  if (counted.peers.size >= perProcess || (counted.byAddress.get(address) ?? 0) >= perAddress)
    throw new AppError('busy', { retryAfterSeconds: 10 })
}

/**
 * A browser says from which page it connects, and no page can make it lie; mini-programs and tools say nothing, and
 * cannot be made to bring somebody's ticket. Where the portal is reached over https, a plain connection is refused.
 */
function assertOurs(core: Core, koa: Koa.Context): void {
  const { publicUrl, allowedOrigins, trustedProxyHops } = core.config.http
  const origin = koa.get('origin')
  const ours = new URL(publicUrl).origin
  if (origin !== '' && origin !== ours && !allowedOrigins.includes(origin))
    throw new AppError('socket_refused', { detail: 'foreign origin' })
  const spoken = trustedProxyHops > 0 ? koa.get('x-forwarded-proto') : ''
  if (ours.startsWith('https:') && spoken !== '' && spoken !== 'https' && spoken !== 'wss')
    throw new AppError('socket_refused', { detail: 'plain connection' })
}

function personKey(ctx: CoreCtx): string {
  return ctx.resident ? `resident:${ctx.resident.id}` : `staff:${ctx.staff?.id ?? ''}`
}

/** Answers how to count it no more. */
function count(counted: Counted, address: string, person: string): () => void {
  const add = (map: Map<string, number>, key: string, by: number): void => {
    const now = (map.get(key) ?? 0) + by
    if (now <= 0) map.delete(key)
    else map.set(key, now)
  }
  add(counted.byAddress, address, 1)
  add(counted.byPerson, person, 1)
  return () => {
    add(counted.byAddress, address, -1)
    add(counted.byPerson, person, -1)
  }
}

function refuse(core: Core, socket: Duplex, thrown: unknown): void {
  const error = toAppError(thrown)
  const line = { errorCode: error.code, detail: error.detail }
  if (error.report) core.log.error({ ...line, err: error.cause ?? error }, 'sockets.failed')
  else core.log.info(line, 'sockets.refused')
  if (error.code === 'rate_limited') core.metrics.limitHits.inc({ limit: 'sockets' })
  if (socket.destroyed) return
  const body = JSON.stringify({ error: { code: error.code, message: error.message } })
  const retry = error.retryAfterSeconds === undefined ? '' : `Retry-After: ${error.retryAfterSeconds}\r\n`
  socket.end(
    `HTTP/1.1 ${error.status} Refused\r\nConnection: close\r\n${retry}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    () => socket.destroy(),
  )
}
