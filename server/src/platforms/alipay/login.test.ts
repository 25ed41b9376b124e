import { generateKeyPairSync, sign } from 'node:crypto'
import { fixedClock } from '../../core/clock'
import { testKey } from '../../testing/keys'
import { type AlipayApp, alipayApp } from './app'
import type { Gateway } from './gateway'
import { createAlipayLogin } from './login'

const alipay = generateKeyPairSync('rsa', { modulusLength: 2048 })
const app: AlipayApp = alipayApp(
  {
    mode: 'key',
    appId: '2021000000000001',
    privateKey: testKey().privateKeyPem,
    alipayPublicKey: alipay.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    aesKey: 'aYA0GP8JEW+D7/UFaskCWA==',
  },
  'http://127.0.0.1:9/gateway.do',
  fixedClock(0),
)

const exchange = (told: object) => {
  const node = JSON.stringify({ access_token: 'token', ...told })
  const signature = sign('RSA-SHA256', Buffer.from(node), alipay.privateKey).toString('base64')
  const body = Buffer.from(`{"alipay_system_oauth_token_response":${node},"sign":"${signature}"}`)
  const gateway = {
    gatewayUrl: 'http://127.0.0.1:9/gateway.do',
    http: { send: async () => ({ status: 200, headers: {}, body }) },
  } as unknown as Gateway
  return createAlipayLogin(gateway, app).exchange('code')
}

test('an application that changes over gives both names: the new one stands, the old one goes along', async () => {
  expect(await exchange({ open_id: 'open-1', user_id: '2088-1' })).toEqual({
    provider: 'alipay',
    appId: '2021000000000001',
    unionId: null,
    idType: 'open_id',
    subject: 'open-1',
    alias: { idType: 'user_id', subject: '2088-1' },
  })
})

test('one name alone has no other beside it', async () => {
  expect(await exchange({ open_id: 'open-1' })).not.toHaveProperty('alias')
  expect(await exchange({ user_id: '2088-1' })).toEqual(
    expect.objectContaining({ idType: 'user_id', subject: '2088-1' }),
  )
  expect(await exchange({ user_id: '2088-1' })).not.toHaveProperty('alias')
})

test('no name at all is no login', async () => {
  await expect(exchange({})).rejects.toMatchObject({ code: 'platform_unavailable' })
})
