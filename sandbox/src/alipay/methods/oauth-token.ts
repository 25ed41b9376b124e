import type { Kernel, Table } from '../../kernel/kernel'
import type { Call, Method } from '../call'
import { nameOf } from '../apps'
import { Refusal } from '../refusal'
import { DAY_MS, MINUTE_MS, shanghaiTime } from '../time'

interface AuthCode {
  appId: string
  personId: string
  scope: string
  expiresMs: number
}

interface RefreshToken {
  appId: string
  personId: string
  expiresMs: number
  used: boolean
}

/** Documented as 3 minutes to 24 hours; we keep a code for 5 minutes. */
const CODE_LIFE_MS = 5 * MINUTE_MS
const TOKEN_LIFE_MS = 15 * DAY_MS
const REFRESH_LIFE_MS = 30 * DAY_MS

function codes(kernel: Kernel): Table<AuthCode> {
  return kernel.store.table<AuthCode>('alipay.auth-codes')
}

function refreshTokens(kernel: Kernel): Table<RefreshToken> {
  return kernel.store.table<RefreshToken>('alipay.refresh-tokens')
}

/** The code my.getAuthCode or the authorisation page hands out: one person, one application, one use. */
export function issueAuthCode(
  kernel: Kernel,
  grant: { appId: string; personId: string; scope: string },
): string {
  const code = kernel.random.hex(32)
  codes(kernel).put(code, { ...grant, expiresMs: kernel.clock.now() + CODE_LIFE_MS })
  return code
}

function takeCode({ kernel, app, params }: Call): string {
  const code = params['code'] ?? ''
  const grant = codes(kernel).get(code)
  if (!grant || grant.expiresMs < kernel.clock.now() || grant.appId !== app.appId) {
    throw new Refusal('40002', 'isv.code-invalid', '授权码code无效')
  }
  codes(kernel).delete(code)
  return grant.personId
}

function takeRefreshToken({ kernel, app, params }: Call): string {
  const token = params['refresh_token'] ?? ''
  const grant = refreshTokens(kernel).get(token)
  if (!grant || grant.appId !== app.appId) {
    throw new Refusal('40002', 'isv.refresh-token-invalid', '刷新令牌refresh_token无效')
  }
  if (grant.used) throw new Refusal('40002', 'isv.refreshed-token-invalid', '刷新令牌已被使用')
  if (grant.expiresMs < kernel.clock.now()) {
    throw new Refusal('40002', 'isv.refresh-token-time-out', '刷新令牌refresh_token过期')
  }
  refreshTokens(kernel).put(token, { ...grant, used: true })
  return grant.personId
}

/** alipay.system.oauth.token (alipay.md 2.1): a code or a refresh token becomes the person's id and fresh tokens. */
export const oauthToken: Method = {
  topLevel: ['grant_type', 'code', 'refresh_token'],
  bare: true,
  run: (call) => {
    const { kernel, app, params } = call
    const grantType = params['grant_type']
    if (grantType !== 'authorization_code' && grantType !== 'refresh_token') {
      throw new Refusal('40002', 'isv.grant-type-invalid', '授权类型grant_type无效')
    }
    const personId = grantType === 'authorization_code' ? takeCode(call) : takeRefreshToken(call)
    const refreshToken = `authusrB${kernel.random.hex(32)}X83`
    const nowMs = kernel.clock.now()
    refreshTokens(kernel).put(refreshToken, {
      appId: app.appId,
      personId,
      expiresMs: nowMs + REFRESH_LIFE_MS,
      used: false,
    })
    const id = nameOf(kernel, app, personId)
    return {
      access_token: `authusrB${kernel.random.hex(32)}X83`,
      ...(app.idMode === 'userid' ? { alipay_user_id: `2088${kernel.random.hex(28)}` } : {}),
      auth_start: shanghaiTime(nowMs),
      expires_in: TOKEN_LIFE_MS / 1_000,
      re_expires_in: REFRESH_LIFE_MS / 1_000,
      refresh_token: refreshToken,
      ...(app.idMode === 'userid' ? { user_id: id } : { open_id: id }),
    }
  },
}
