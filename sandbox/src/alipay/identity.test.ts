import { createDecipheriv } from 'node:crypto'
import { CERT_APP, KEY_APP, startRig, testKeys, type Rig } from './testing'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
})
afterEach(async () => rig.close())

async function code(appId: string, personId = 'zhangyu'): Promise<string> {
  return (await rig.control<{ code: string }>('/alipay/auth-code', { appId, personId })).code
}

/** error_response makes the SDK throw when it validates, so identity is asked without. */
async function token(params: Record<string, string>, appId = KEY_APP): Promise<Record<string, unknown>> {
  return { ...(await rig.sdk(appId).exec('alipay.system.oauth.token', params)) }
}

const exchange = (authCode: string, appId = KEY_APP): Promise<Record<string, unknown>> =>
  token({ grant_type: 'authorization_code', code: authCode }, appId)

describe('login codes', () => {
  test('a new application gets an open_id and no user_id, an old one the reverse', async () => {
    const fresh = await exchange(await code(KEY_APP))
    expect(fresh['openId']).toBe(rig.kernel.people.alipayOpenId('zhangyu', KEY_APP))
    expect(fresh).toMatchObject({ expiresIn: 1_296_000, reExpiresIn: 2_592_000 })
    expect(fresh).not.toHaveProperty('userId')
    expect(fresh).not.toHaveProperty('code')
    const old = await exchange(await code(CERT_APP), CERT_APP)
    expect(old['userId']).toBe(rig.kernel.people.get('zhangyu')?.alipayUserId)
    expect(old).not.toHaveProperty('openId')
  })

  test('the SDK accepts the signature of an answer that has no code of its own', async () => {
    const params = { grant_type: 'authorization_code', code: await code(CERT_APP) }
    const result = await rig.sdk(CERT_APP).exec('alipay.system.oauth.token', params, { validateSign: true })
    expect(result['userId']).toBe(rig.kernel.people.get('zhangyu')?.alipayUserId)
  })

  test('a code works once, for five minutes, for its own application', async () => {
    const once = await code(KEY_APP)
    expect(await exchange(once)).toHaveProperty('accessToken')
    expect(await exchange(once)).toMatchObject({ code: '40002', subCode: 'isv.code-invalid' })
    expect(await exchange(await code(CERT_APP))).toMatchObject({ subCode: 'isv.code-invalid' })
    const late = await code(KEY_APP)
    await rig.kernel.clock.advance(5 * 60_000 + 1)
    expect(await exchange(late)).toMatchObject({ subCode: 'isv.code-invalid' })
    expect(await token({ grant_type: 'password', code: 'x' })).toMatchObject({
      subCode: 'isv.grant-type-invalid',
    })
  })

  test('a refresh token gives a new pair and then is used up', async () => {
    const first = await exchange(await code(KEY_APP))
    const refresh = { grant_type: 'refresh_token', refresh_token: String(first['refreshToken']) }
    expect(await token(refresh)).toMatchObject({ openId: first['openId'] })
    expect(await token(refresh)).toMatchObject({ subCode: 'isv.refreshed-token-invalid' })
  })

  test('the browser is sent back to the portal with a code, its scope and its state', async () => {
    const redirect = `${rig.merchant.origin}/login/alipay`
    const page = (query: Record<string, string>, cookie = 'sandbox_person=zhangyu'): Promise<Response> =>
      fetch(`${rig.origin}/alipay/oauth2/publicAppAuthorize.htm?${new URLSearchParams(query).toString()}`, {
        redirect: 'manual',
        headers: { cookie },
      })
    const query = { app_id: KEY_APP, scope: 'auth_base', redirect_uri: redirect, state: 'a1=b' }
    const response = await page(query)
    expect(response.status).toBe(302)
    const back = new URL(response.headers.get('location') ?? '')
    expect(`${back.origin}${back.pathname}`).toBe(redirect)
    expect(Object.fromEntries(back.searchParams)).toMatchObject({
      app_id: KEY_APP,
      scope: 'auth_base',
      state: 'a1=b',
    })
    expect(await exchange(back.searchParams.get('auth_code') ?? '')).toHaveProperty('openId')
    expect((await page({ ...query, redirect_uri: 'https://evil.example.com/' })).status).toBe(200)
    expect(await (await page({ ...query, scope: 'auth_user' })).text()).toContain('同意')
    expect(await (await page(query, '')).text()).toContain('请选择是谁')
  })
})

describe('the phone number', () => {
  const ask = async (personId: string): Promise<Record<string, string>> => {
    const { response } = await rig.control<{ response: string }>('/alipay/phone', {
      appId: KEY_APP,
      personId,
    })
    return JSON.parse(response) as Record<string, string>
  }
  const decrypt = (response: string): unknown => {
    const key = testKeys().server.alipay.find((one) => one.appId === KEY_APP)?.aesKey ?? ''
    const decipher = createDecipheriv('aes-128-cbc', Buffer.from(key, 'base64'), Buffer.alloc(16))
    return JSON.parse(Buffer.concat([decipher.update(response, 'base64'), decipher.final()]).toString('utf8'))
  }

  test('it is encrypted and signed over the quoted base64, as the SDK checks it', async () => {
    const answer = await ask('zhangyu')
    const response = answer['response'] ?? ''
    expect(answer).toMatchObject({ sign_type: 'RSA2', encrypt_type: 'AES', charset: 'UTF-8' })
    expect(rig.sdk(KEY_APP).rsaCheck(`"${response}"`, answer['sign'] ?? '')).toBe(true)
    expect(rig.sdk(KEY_APP).rsaCheck(response, answer['sign'] ?? '')).toBe(false)
    expect(decrypt(response)).toEqual({ code: '10000', msg: 'Success', mobile: '13800138001' })
  })

  test('a person without a number has an empty one; sign may be absent; an error comes in plain', async () => {
    expect(decrypt((await ask('wangxiaoming'))['response'] ?? '')).toMatchObject({ mobile: '' })
    rig.kernel.faults.set({ name: 'alipay.phone.no-sign', times: 1 })
    expect(await ask('zhangyu')).not.toHaveProperty('sign')
    rig.kernel.faults.set({ name: 'alipay.phone.plain-error', times: 1 })
    expect((await ask('zhangyu'))['response']).toMatch(/^\{"code":"40003"/)
  })
})
