import type { TestWorld } from './test-world'

/** A browser as far as a login needs one: it follows nothing by itself and keeps cookies by their path. */
export interface TestBrowser {
  get(path: string): Promise<{ status: number; location: string; body: string; headers: Headers }>
  cookie(path: string): string
}

export function openBrowser(world: Pick<TestWorld, 'app'>): TestBrowser {
  const jar = new Map<string, { value: string; path: string }>()
  const cookie = (path: string): string =>
    [...jar]
      .filter(([, kept]) => path.startsWith(kept.path))
      .map(([name, kept]) => `${name}=${kept.value}`)
      .join('; ')
  return {
    cookie,
    get: async (path) => {
      const response = await fetch(`${world.app.url}${path}`, {
        redirect: 'manual',
        headers: { cookie: cookie(path) },
      })
      for (const line of response.headers.getSetCookie()) {
        const [, name, value, at] = /^([^=]+)=([^;]*); Path=([^;]+)/.exec(line) ?? []
        if (name && value && at) jar.set(name, { value, path: at })
      }
      return {
        status: response.status,
        location: response.headers.get('location') ?? '',
        body: await response.text(),
        headers: response.headers,
      }
    },
  }
}

type Wallet = 'wechat' | 'alipay'

/** Begins a login and answers the state that the wallet would hand back. */
export async function beginLogin(
  browser: TestBrowser,
  wallet: Wallet,
  returnPath = '/pages/me/index',
): Promise<string> {
  const started = await browser.get(`/auth/${wallet}/start?return=${encodeURIComponent(returnPath)}`)
  return new URL(started.location).searchParams.get('state') ?? ''
}

/** The wallet sends the browser back. */
export function comeBack(browser: TestBrowser, wallet: Wallet, query: { code?: string; state?: string }) {
  const named = new URLSearchParams()
  if (query.code !== undefined) named.set(wallet === 'wechat' ? 'code' : 'auth_code', query.code)
  if (query.state !== undefined) named.set('state', query.state)
  return browser.get(`/auth/${wallet}/callback?${named.toString()}`)
}
