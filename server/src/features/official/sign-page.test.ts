import { eachEngine } from '../../testing/harness'
import { signPage } from './sign-page'
import { startAccount, type TestAccount } from './test-account'

eachEngine((engine) => {
  let account: TestAccount
  beforeAll(async () => {
    account = await startAccount(engine, {
      config: { http: { publicUrl: 'https://pay.example.com', allowedOrigins: ['http://127.0.0.1:4001'] } },
    })
  })
  afterAll(() => account.app.close())

  test.each(['https://pay.example.com/', 'https://pay.example.com/?from=menu', 'http://127.0.0.1:4001/'])(
    'our own page %s is signed for exactly what our pages use',
    async (url) => {
      expect(await signPage(account.app.ctx(), url)).toEqual({
        appId: account.app.config.platforms.wechat.oa.appId,
        timestamp: 1_795_312_800,
        nonceStr: 'n',
        signature: expect.stringMatching(/^[0-9a-f]{40}$/),
        jsApiList: ['scanQRCode', 'getLocation', 'openLocation'],
      })
    },
  )

  test.each([
    'https://evil.example/',
    'https://pay.example.com.evil.example/',
    'https://pay.example.com@evil.example/',
    'http://pay.example.com/',
    'https://pay.example.com:8443/',
  ])('%s is another site, and our ticket is not for it', async (url) => {
    await expect(signPage(account.app.ctx(), url)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('over HTTP nobody has to be signed in, and what is no address is refused', async () => {
    const ask = (url: string) =>
      fetch(`${account.app.url}/api/official.signPage?url=${encodeURIComponent(url)}`)
    expect((await ask('https://pay.example.com/')).status).toBe(200)
    expect((await ask('javascript:alert(1)')).status).toBe(422)
    expect((await ask('https://pay.example.com/down')).status).toBe(502)
  })
})
