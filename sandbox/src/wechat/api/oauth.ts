import type { Kernel, Table } from '../../kernel/kernel'
import { findAccount, signInAccount } from './accounts'
import { redeemCode } from './codes'
import { ApiError } from './errors'
import type { ApiAct } from './exchange'

interface WebToken {
  accessToken: string
  refreshToken: string
  appid: string
  personId: string
  scope: string
  expiresMs: number
  refreshExpiresMs: number
}

const ACCESS_LIFE_MS = 7_200_000
const REFRESH_LIFE_MS = 30 * 86_400_000

/** By access token; the web token is not the API's access_token, and the two are never mixed. */
function webTokens(kernel: Kernel): Table<WebToken> {
  return kernel.store.table<WebToken>('wechat.web-tokens')
}

function answer(kernel: Kernel, token: WebToken): Record<string, unknown> {
  const person = kernel.people.get(token.personId)
  return {
    access_token: token.accessToken,
    expires_in: Math.floor((token.expiresMs - kernel.clock.now()) / 1000),
    refresh_token: token.refreshToken,
    openid: kernel.people.openid(token.personId, token.appid),
    scope: token.scope,
    ...(person?.snapshot ? { is_snapshotuser: 1 } : {}),
    ...(token.scope === 'snsapi_userinfo' && person?.unionid ? { unionid: person.unionid } : {}),
  }
}

/** GET /sns/oauth2/access_token (wechat.md 2.6): one use, five minutes. */
export const webAccessToken: ApiAct = ({ kernel, query }) => {
  const account = signInAccount(kernel, query.get('appid') ?? '', query.get('secret') ?? '')
  if (query.get('grant_type') !== 'authorization_code') throw new ApiError(40002)
  const text = query.get('code')
  if (!text) throw new ApiError(41008)
  const redeemed = redeemCode(kernel, 'oauth', account.appid, text)
  if ('refused' in redeemed) throw new ApiError(redeemed.refused === 'used' ? 40163 : 40029)
  const now = kernel.clock.now()
  const token: WebToken = {
    accessToken: `${kernel.random.int(10, 99)}_${kernel.random.word(86)}`,
    refreshToken: `${kernel.random.int(10, 99)}_${kernel.random.word(86)}`,
    appid: account.appid,
    personId: redeemed.code.personId,
    scope: redeemed.code.scope,
    expiresMs: now + ACCESS_LIFE_MS,
    refreshExpiresMs: now + REFRESH_LIFE_MS,
  }
  webTokens(kernel).put(token.accessToken, token)
  return answer(kernel, token)
}

/** GET /sns/oauth2/refresh_token: 30 days. */
export const webRefreshToken: ApiAct = ({ kernel, query }) => {
  const appid = query.get('appid') ?? ''
  if (!findAccount(kernel, appid)) throw new ApiError(appid === '' ? 41002 : 40013)
  if (query.get('grant_type') !== 'refresh_token') throw new ApiError(40002)
  const given = query.get('refresh_token')
  const token = webTokens(kernel).find((one) => one.refreshToken === given && one.appid === appid)
  if (!token || kernel.clock.now() >= token.refreshExpiresMs) throw new ApiError(40030)
  webTokens(kernel).delete(token.accessToken)
  const renewed: WebToken = {
    ...token,
    accessToken: `${kernel.random.int(10, 99)}_${kernel.random.word(86)}`,
    expiresMs: kernel.clock.now() + ACCESS_LIFE_MS,
  }
  webTokens(kernel).put(renewed.accessToken, renewed)
  return answer(kernel, renewed)
}

function living(kernel: Kernel, query: URLSearchParams): WebToken {
  const given = query.get('access_token')
  if (!given) throw new ApiError(41001)
  const token = webTokens(kernel).get(given)
  if (!token) throw new ApiError(40001)
  if (kernel.clock.now() >= token.expiresMs) throw new ApiError(42001)
  if (query.get('openid') !== kernel.people.openid(token.personId, token.appid)) throw new ApiError(40003)
  return token
}

/** GET /sns/userinfo: only with snsapi_userinfo. */
export const webUserInfo: ApiAct = ({ kernel, query }) => {
  const token = living(kernel, query)
  if (token.scope !== 'snsapi_userinfo') throw new ApiError(48001)
  const person = kernel.people.get(token.personId)
  return {
    openid: query.get('openid'),
    nickname: person?.name ?? '微信用户',
    sex: 0,
    language: '',
    city: '',
    province: '',
    country: '',
    headimgurl: 'https://thirdwx.qlogo.cn/mmopen/vi_32/sandbox/132',
    privilege: [],
    ...(person?.unionid ? { unionid: person.unionid } : {}),
  }
}

/** GET /sns/auth */
export const webAuth: ApiAct = ({ kernel, query }) => {
  living(kernel, query)
  return { errcode: 0, errmsg: 'ok' }
}
