import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Kernel, Person } from '../kernel/kernel'
import { FIELD_WORKER } from '../kernel/people'
import { asset } from './assets'
import { enterPage } from './own-pages'
import { type PhoneName, type Places, readCookie, spellings, walletOf } from './rewrite'

/** What a request to the phone itself is answered from. */
export interface OwnContext {
  phone: PhoneName
  kernel: Kernel
  places: Places
}

/**
 * Who holds the phone: the cookie's person. As long as nobody has been chosen it is the first of the list, and on
 * the worker's phone the worker.
 */
export function holder(context: OwnContext, cookie: string | undefined): Person | undefined {
  const { people } = context.kernel
  const chosen = people.get(readCookie(cookie, context.phone, 'sandbox_person') ?? '')
  const worker = context.phone === 'worker' ? people.get(FIELD_WORKER) : undefined
  return chosen ?? worker ?? people.list()[0]
}

function send(
  out: ServerResponse,
  type: string,
  body: string,
  headers: Record<string, string | string[]> = {},
): void {
  out.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', ...headers })
  out.end(body)
}

async function bridge(context: OwnContext, incoming: IncomingMessage, out: ServerResponse): Promise<void> {
  const { phone, places } = context
  const wallet = walletOf(phone)
  const person = holder(context, incoming.headers.cookie)
  const config = {
    wallet,
    personId: person?.id ?? '',
    personName: person?.name ?? '',
    offline: readCookie(incoming.headers.cookie, phone, 'phone_offline') === '1',
    portalOrigins: spellings(places.portal),
    sandboxOrigins: spellings(places.sandbox),
    hostOrigin: `http://${new URL(places.phone).hostname}:${new URL(places.sandbox).port}`,
  }
  const code = await asset(wallet === 'wechat' ? 'bridge-wechat.js' : 'bridge-alipay.js')
  const text = JSON.stringify(config).replaceAll('<', '\\u003c')
  send(out, 'text/javascript', `window.yihuPhoneConfig=${text};\n${code}`)
}

/** Cookies of this phone's jar that end with the person who leaves. */
function expired(cookie: string | undefined, phone: PhoneName): string[] {
  const names = (cookie ?? '').split(';').map((pair) => pair.trim().split('=')[0] ?? '')
  return names
    .filter((name) => name.startsWith(`${phone}.`) && !/\.(sandbox_person|phone_offline)$/.test(name))
    .map((name) => `${name}=; Path=/; Max-Age=0`)
}

/** Where to go on: a path of this phone and nothing else. */
function nextOf(url: URL): string {
  const asked = url.searchParams.get('next') ?? '/'
  return /^\/(?![/\\])/.test(asked) ? asked : '/'
}

function enter(context: OwnContext, url: URL, incoming: IncomingMessage, out: ServerResponse): void {
  const person = context.kernel.people.get(url.searchParams.get('person') ?? '')
  if (!person) {
    out.writeHead(404, { 'content-type': 'application/json; charset=utf-8' })
    out.end(JSON.stringify({ error: { code: 'no_such_person', message: '没有这个人' } }))
    return
  }
  const chosen = `${context.phone}.sandbox_person=${encodeURIComponent(person.id)}; Path=/; SameSite=Lax`
  send(out, 'text/html', enterPage(nextOf(url)), {
    'set-cookie': [chosen, ...expired(incoming.headers.cookie, context.phone)],
  })
}

/** Answers what the phone knows by itself: /__phone/bridge.js, /__phone/who, /__phone/enter and /__phone/open. */
export async function answerOwn(
  context: OwnContext,
  incoming: IncomingMessage,
  out: ServerResponse,
): Promise<void> {
  const url = new URL(incoming.url ?? '/', context.places.phone)
  if (url.pathname === '/__phone/bridge.js') {
    await bridge(context, incoming, out)
    return
  }
  if (url.pathname === '/__phone/who') {
    const person = holder(context, incoming.headers.cookie)
    send(
      out,
      'application/json',
      JSON.stringify({ personId: person?.id ?? null, name: person?.name ?? null }),
    )
    return
  }
  if (url.pathname === '/__phone/enter') {
    enter(context, url, incoming, out)
    return
  }
  if (url.pathname === '/__phone/open') {
    out.writeHead(302, { location: nextOf(url), 'cache-control': 'no-store' })
    out.end()
    return
  }
  out.writeHead(404, { 'content-type': 'application/json; charset=utf-8' })
  out.end(JSON.stringify({ error: { code: 'not_found', message: '手机上没有这个地址' } }))
}
