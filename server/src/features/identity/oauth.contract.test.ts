import { type SandboxBed, OA, startSandboxBed } from '../../platforms/testing/sandbox-bed'
import { startApp, type TestApp } from '../../testing/harness'
import { comeBack, openBrowser } from './test-browser'

/** The whole way of a browser inside WeChat: our page sends it to WeChat's, and it comes back signed in, or not. */
let bed: SandboxBed
let app: TestApp
beforeAll(async () => {
  bed = await startSandboxBed()
  app = await startApp({ engine: 'sqlite', platforms: { logins: bed.platforms.logins } })
  bed.kernel.config.wechat.oa.oauthDomains = [new URL(app.config.http.publicUrl).host]
})
afterAll(async () => {
  await app.close()
  await bed.close()
})

interface SignedIn {
  readonly id: string
  readonly identities: { readonly provider: string }[]
}

const post = async (name: string, body: object, cookie = ''): Promise<SignedIn> => {
  const answer = await fetch(`${app.url}/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-yihu-device': 'browser-0123456789', cookie },
    body: JSON.stringify(body),
  })
  return ((await answer.json()) as { me: SignedIn }).me
}

/** What WeChat's page shows, or where it sends the browser; `consent` is the tap on it. */
async function atWechat(address: string, personId: string, consent?: 'allow' | 'deny') {
  const url = new URL(address)
  url.searchParams.set('person', personId)
  if (consent !== undefined) url.searchParams.set('consent', consent)
  const answer = await fetch(url, { redirect: 'manual' })
  return { location: answer.headers.get('location'), text: await answer.text() }
}

async function throughWechat(personId: string, start: string, consent?: 'allow'): Promise<SignedIn> {
  const browser = openBrowser({ app })
  const { location: address } = await browser.get(start)
  const back = new URL((await atWechat(address, personId, consent)).location ?? 'http://nowhere.test')
  expect(`${back.origin}${back.pathname}`).toBe(`${app.config.http.publicUrl}/auth/wechat/callback`)
  const [code, state] = [back.searchParams.get('code') ?? '', back.searchParams.get('state') ?? '']
  const { location } = await comeBack(browser, 'wechat', { code, state })
  const ticket = location.split('ticket=')[1] ?? ''
  return post('sessions.redeem', { ticket }, browser.cookie('/api/sessions.redeem'))
}

const providers = ({ identities }: SignedIn): string[] => identities.map(({ provider }) => provider).sort()

test('a silent login asks nothing and knows the account; an explicit one, agreed to, finds the person of the mini-program', async () => {
  const { code } = await bed.control('/wechat/login-code', { personId: 'zhangyu' })
  const inMini = await post('sessions.login', { channel: 'wechat-mini', code })
  const silent = await throughWechat('zhangyu', '/auth/wechat/start?return=/pages/bind/index')
  expect(providers(silent)).toEqual(['wechat-oa'])
  expect(silent.id).not.toBe(inMini.id)
  const explicit = await throughWechat(
    'zhangyu',
    '/auth/wechat/start?scope=explicit&return=/pages/bind/index',
    'allow',
  )
  expect(explicit.id).toBe(inMini.id)
  expect(providers(explicit)).toEqual(['wechat-mini', 'wechat-oa'])
  // From now on the silent way leads to the same person.
  expect((await throughWechat('zhangyu', '/auth/wechat/start')).id).toBe(inMini.id)
})

test('the explicit login asks first, and nobody comes back who says no', async () => {
  const { location: address } = await openBrowser({ app }).get('/auth/wechat/start?scope=explicit')
  expect(new URL(address).searchParams.get('appid')).toBe(OA)
  const asked = await atWechat(address, 'liguilan')
  expect(asked.location).toBeNull()
  expect(asked.text).toContain('允许')
  expect((await atWechat(address, 'liguilan', 'deny')).location).toBeNull()
})
