import {
  cookieForPhone,
  cookiesForUpstream,
  isCashierPage,
  type Places,
  readCookie,
  relaxPolicy,
  rewriteCashier,
  rewriteLocation,
} from './rewrite'

const PLACES: Places = {
  phone: 'http://127.0.0.1:4001',
  portal: 'http://127.0.0.1:3000',
  sandbox: 'http://127.0.0.1:4000',
}

describe('addresses', () => {
  test.each([
    ['http://127.0.0.1:3000/bills?id=1#x', 'http://127.0.0.1:4001/bills?id=1#x'],
    ['http://localhost:3000/bills', 'http://127.0.0.1:4001/bills'],
    [
      'http://localhost:4000/wechat-open/connect/oauth2/authorize?appid=wx1',
      'http://127.0.0.1:4001/wechat-open/connect/oauth2/authorize?appid=wx1',
    ],
    ['http://127.0.0.1:4000/alipay/cashier/1', 'http://127.0.0.1:4001/alipay/cashier/1'],
  ])('%s stays inside the phone', (from, to) => {
    expect(rewriteLocation(from, PLACES)).toBe(to)
  })

  test.each([
    'https://example.com/a',
    '/bills',
    'http://127.0.0.1:4000/panel',
    'http://127.0.0.1:9999/alipay/x',
  ])('%s is left as it is', (address) => {
    expect(rewriteLocation(address, PLACES)).toBe(address)
  })

  test("the cashier's links to the portal lead back into the phone, also with escaped slashes", () => {
    const html =
      '<a href="http://127.0.0.1:3000/paid">x</a><script>"http:\\/\\/localhost:3000\\/paid"</script>'
    expect(rewriteCashier(html, PLACES)).toBe(
      '<a href="http://127.0.0.1:4001/paid">x</a><script>"http:\\/\\/127.0.0.1:4001\\/paid"</script>',
    )
  })

  test('an authorization page keeps its redirect_uri, which the platform compares with its console', () => {
    expect(isCashierPage('/alipay/oauth2/publicAppAuthorize.htm')).toBe(false)
    expect(isCashierPage('/alipay/cashier/1')).toBe(true)
  })
})

describe('cookies', () => {
  const jar = 'wechat.session=a; alipay.session=b; theme=dark; wechat.sandbox_person=zhangyu'

  test('each phone sends only its own, under their true names', () => {
    expect(cookiesForUpstream(jar, 'wechat')).toBe('theme=dark; session=a; sandbox_person=zhangyu')
    expect(cookiesForUpstream(jar, 'alipay')).toBe('theme=dark; session=b')
    expect(readCookie(jar, 'alipay', 'sandbox_person')).toBeUndefined()
  })

  test("a phone's own cookie wins over one without an owner", () => {
    expect(cookiesForUpstream('session=old; wechat.session=new', 'wechat')).toBe('session=new')
  })

  test('a cookie of a portal that runs on https is kept on http', () => {
    expect(
      cookieForPhone('__Host-s=1=2; Path=/; Secure; HttpOnly; SameSite=None; Domain=a.cn', 'wechat'),
    ).toBe('wechat.__Host-s=1=2; Path=/; HttpOnly; SameSite=Lax')
  })
})

test('a content policy keeps everything but the frame and the bridge', () => {
  const policy =
    "default-src 'self'; script-src 'none'; frame-ancestors 'none'; upgrade-insecure-requests; img-src data:"
  expect(relaxPolicy(policy, ['http://127.0.0.1:4000'])).toBe(
    "default-src 'self'; script-src 'self'; img-src data:; frame-ancestors 'self' http://127.0.0.1:4000",
  )
})
