import {
  createServer,
  request,
  Agent,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { pipeline } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Kernel } from '../kernel/kernel'
import { BridgeInjector } from './inject'
import { OFFLINE_PAGE, UNREACHABLE_PAGE } from './own-pages'
import { answerOwn, holder } from './own-routes'
import {
  cookieForPhone,
  cookiesForUpstream,
  isCashierPage,
  isWalletPath,
  type Places,
  readCookie,
  relaxPolicy,
  rewriteCashier,
  rewriteLocation,
  spellings,
  type PhoneName,
  type Wallet,
  walletOf,
} from './rewrite'

/** One phone's way to the portal: its own origin, cookies and user agent, as a wallet's web view has them. */
export interface PhoneServer {
  readonly name: PhoneName
  readonly port: number
  close(): Promise<void>
}

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'

/** The user agents of the two wallets on an iPhone. */
export const USER_AGENTS: Record<Wallet, string> = {
  wechat: `${IPHONE} Mobile/15E148 MicroMessenger/8.0.50(0x18003231) NetType/WIFI Language/zh_CN`,
  alipay: `${IPHONE} Mobile/15E148 AliApp(AP/10.5.90) AlipayClient/10.5.90 Language/zh-Hans`,
}

const HOP_HEADERS = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
  'host',
])
const CASHIER_PAGE_BYTES = 4_194_304

interface Phone {
  name: PhoneName
  kernel: Kernel
  sandboxPort: number
  agent: Agent
}

/** Where this request's browser stands, and where the two servers behind the phone are. */
function placesOf(phone: Phone, incoming: IncomingMessage): Places {
  return {
    phone: `http://${incoming.headers.host ?? '127.0.0.1'}`,
    portal: new URL(phone.kernel.config.portalOrigin).origin,
    sandbox: `http://127.0.0.1:${phone.sandboxPort}`,
  }
}

/** The jar for that server. Who holds the phone is the wallet's knowledge: its own pages get it, the portal never. */
function upstreamCookies(phone: Phone, incoming: IncomingMessage, places: Places, target: string): string {
  const own = (cookiesForUpstream(incoming.headers.cookie, phone.name) ?? '')
    .split('; ')
    .filter((pair) => pair !== '' && !/^(sandbox_person|phone_offline)=/.test(pair))
  const context = { phone: phone.name, kernel: phone.kernel, places }
  const person = target === places.sandbox ? holder(context, incoming.headers.cookie) : undefined
  return [...own, ...(person ? [`sandbox_person=${encodeURIComponent(person.id)}`] : [])].join('; ')
}

function upstreamHeaders(
  phone: Phone,
  incoming: IncomingMessage,
  target: string,
): Record<string, string | string[]> {
  const places = placesOf(phone, incoming)
  const headers: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value === undefined || HOP_HEADERS.has(name) || name.startsWith('sec-ch-')) continue
    headers[name] = value
  }
  headers['user-agent'] = USER_AGENTS[walletOf(phone.name)]
  headers['host'] = new URL(target).host
  const cookies = upstreamCookies(phone, incoming, places, target)
  delete headers['cookie']
  if (cookies !== '') headers['cookie'] = cookies
  const from = `http://${incoming.headers.host ?? ''}`
  for (const name of ['origin', 'referer']) {
    const value = headers[name]
    if (typeof value === 'string' && value.startsWith(from)) headers[name] = target + value.slice(from.length)
  }
  // A page that must be changed on its way is asked for unpacked; everything else may come as it likes.
  if (wantsPage(incoming)) headers['accept-encoding'] = 'identity'
  return headers
}

function wantsPage(incoming: IncomingMessage): boolean {
  return (incoming.headers.accept ?? '').includes('text/html')
}

function answerHeaders(
  phone: Phone,
  places: Places,
  answer: IncomingMessage,
): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value === undefined || HOP_HEADERS.has(name) || name === 'x-frame-options') continue
    headers[name] = value
  }
  if (answer.headers.location !== undefined) {
    headers['location'] = rewriteLocation(answer.headers.location, places)
  }
  const cookies = answer.headers['set-cookie']
  if (cookies) headers['set-cookie'] = cookies.map((cookie) => cookieForPhone(cookie, phone.name))
  const framedBy = [
    ...spellings(places.sandbox),
    `http://${new URL(places.phone).hostname}:${new URL(places.sandbox).port}`,
  ]
  for (const name of ['content-security-policy', 'content-security-policy-report-only']) {
    const policy = headers[name]
    if (typeof policy === 'string') headers[name] = relaxPolicy(policy, [...new Set(framedBy)])
  }
  return headers
}

function unpacked(answer: IncomingMessage): NodeJS.ReadableStream {
  const encoding = answer.headers['content-encoding']
  if (encoding === 'gzip') return answer.pipe(createGunzip())
  if (encoding === 'br') return answer.pipe(createBrotliDecompress())
  if (encoding === 'deflate') return answer.pipe(createInflate())
  return answer
}

async function readText(stream: NodeJS.ReadableStream, limitBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)
    size += bytes.length
    if (size > limitBytes) throw new Error('the page is larger than a phone reads')
    chunks.push(bytes)
  }
  // The cashier's error page comes in GBK; Latin-1 keeps every byte, and the addresses looked for are ASCII.
  return Buffer.concat(chunks).toString('latin1')
}

function passOn(
  phone: Phone,
  places: Places,
  incoming: IncomingMessage,
  answer: IncomingMessage,
  out: ServerResponse,
) {
  const headers = answerHeaders(phone, places, answer)
  const status = answer.statusCode ?? 502
  const isPage = /^text\/html\b/i.test(answer.headers['content-type'] ?? '')
  // Neither an empty answer nor the note beside a redirect is a page that anybody sees.
  const hasBody = incoming.method !== 'HEAD' && status !== 204 && (status < 300 || status > 399)
  if (!isPage || !hasBody) {
    out.writeHead(status, answer.statusMessage, headers)
    // Headers leave at once, so that an event stream opens before its first event.
    out.flushHeaders()
    pipeline(answer, out, () => undefined)
    return
  }
  delete headers['content-length']
  delete headers['content-encoding']
  const path = new URL(incoming.url ?? '/', places.phone).pathname
  if (!isCashierPage(path)) {
    out.writeHead(status, answer.statusMessage, headers)
    pipeline(unpacked(answer), new BridgeInjector(), out, () => undefined)
    return
  }
  const showCashier = async (): Promise<void> => {
    const html = await readText(unpacked(answer), CASHIER_PAGE_BYTES)
    out.writeHead(status, answer.statusMessage, headers)
    const injector = new BridgeInjector()
    injector.pipe(out)
    injector.end(Buffer.from(rewriteCashier(html, places), 'latin1'))
  }
  showCashier().catch(() => unreachable(incoming, out))
}

function unreachable(incoming: IncomingMessage, out: ServerResponse): void {
  if (out.headersSent) {
    out.destroy()
    return
  }
  if (wantsPage(incoming)) {
    out.writeHead(502, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    out.end(UNREACHABLE_PAGE)
    return
  }
  out.writeHead(502, { 'content-type': 'application/json; charset=utf-8' })
  out.end(JSON.stringify({ error: { code: 'portal_unreachable', message: '门户没有应答，请稍后再试' } }))
}

function isOffline(phone: Phone, incoming: IncomingMessage): boolean {
  return readCookie(incoming.headers.cookie, phone.name, 'phone_offline') === '1'
}

/** Without a network a page load shows the wallet's own page, and every other request just breaks. */
function refuseOffline(incoming: IncomingMessage, out: ServerResponse): void {
  if (!wantsPage(incoming)) {
    incoming.socket.destroy()
    return
  }
  out.writeHead(503, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  out.end(OFFLINE_PAGE)
}

function handle(phone: Phone, incoming: IncomingMessage, out: ServerResponse): void {
  const places = placesOf(phone, incoming)
  const address = incoming.url ?? '/'
  if (address.startsWith('/__phone/') && !address.startsWith('/__phone/control/')) {
    answerOwn({ phone: phone.name, kernel: phone.kernel, places }, incoming, out).catch((error: unknown) => {
      phone.kernel.log('phone.failed', { phone: phone.name, error: String(error) })
      unreachable(incoming, out)
    })
    return
  }
  const isControl = address.startsWith('/__phone/control/')
  if (!isControl && isOffline(phone, incoming)) {
    refuseOffline(incoming, out)
    return
  }
  const path = isControl ? address.slice('/__phone'.length) : address
  const target = isControl || isWalletPath(path) ? places.sandbox : places.portal
  forward(phone, places, target + path, { incoming, out, target })
}

/**
 * Asks the server behind the phone. A kept connection that the server closed in the same moment is no fault of the
 * page's: what only reads is asked again on a new one, as browsers do.
 */
function forward(
  phone: Phone,
  places: Places,
  url: string,
  { incoming, out, target }: { incoming: IncomingMessage; out: ServerResponse; target: string },
): void {
  const upstream = request(url, {
    method: incoming.method,
    headers: upstreamHeaders(phone, incoming, target),
    agent: phone.agent,
  })
  upstream.on('response', (answer) => passOn(phone, places, incoming, answer, out))
  upstream.on('error', (error: NodeJS.ErrnoException) => {
    const mayAskAgain = incoming.method === 'GET' && !out.headersSent && !out.destroyed
    if (mayAskAgain && upstream.reusedSocket && error.code === 'ECONNRESET')
      forward(phone, places, url, { incoming, out, target })
    else unreachable(incoming, out)
  })
  out.on('close', () => upstream.destroy())
  // What only reads has no body; an ended stream could not be piped a second time.
  if (incoming.method === 'GET') upstream.end()
  else pipeline(incoming, upstream, () => undefined)
}

/** Passes a WebSocket on, byte for byte, once the portal has agreed to it. */
function handleUpgrade(phone: Phone, incoming: IncomingMessage, socket: Socket, head: Buffer): void {
  if (isOffline(phone, incoming)) {
    socket.destroy()
    return
  }
  const target = new URL(phone.kernel.config.portalOrigin).origin
  const headers = { ...upstreamHeaders(phone, incoming, target), connection: 'Upgrade', upgrade: 'websocket' }
  const upstream = request(target + (incoming.url ?? '/'), { headers })
  upstream.on('upgrade', (answer, portalSocket, first) => {
    const lines = answer.rawHeaders.flatMap((name, index, all) =>
      index % 2 === 0 ? [`${name}: ${all[index + 1]}`] : [],
    )
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`)
    socket.write(first)
    portalSocket.write(head)
    pipeline(socket, portalSocket, socket, () => {
      socket.destroy()
      portalSocket.destroy()
    })
  })
  upstream.on('response', () => socket.destroy())
  upstream.on('error', () => socket.destroy())
  upstream.end()
}

function closeServer(server: Server, agent: Agent): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    // Event streams never end by themselves, and a phone that is switched off has no one to wait for.
    server.closeAllConnections()
    agent.destroy()
  })
}

/** Switches one phone on at `port` (0: any free one). Rejects with the system's error when the port is taken. */
export async function openPhone(options: {
  kernel: Kernel
  name: PhoneName
  port: number
  sandboxPort: number
}): Promise<PhoneServer> {
  const { kernel, name, port, sandboxPort } = options
  const agent = new Agent({ keepAlive: true })
  const phone: Phone = { name, kernel, agent, sandboxPort }
  const server = createServer({ keepAliveTimeout: 75_000 }, (incoming, out) => handle(phone, incoming, out))
  server.on('upgrade', (incoming, socket, head) => handleUpgrade(phone, incoming, socket as Socket, head))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, kernel.config.host, resolve)
  })
  const address = server.address() as AddressInfo
  return { name, port: address.port, close: () => closeServer(server, agent) }
}
