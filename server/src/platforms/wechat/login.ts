import { z } from 'zod'
import { AppError } from '../../core/errors'
import type { LoginChannel, WebLoginChannel } from '../login-channel'
import { readJson } from '../outgoing-http'
import { callWechat, codeError, type WechatApi } from './api'

interface Account {
  readonly appId: string
  readonly secret: string
}

const identity = z.object({
  openid: z.string().min(1).max(128),
  unionid: z.string().min(1).max(128).optional(),
})
const webIdentity = identity.extend({ is_snapshotuser: z.union([z.int(), z.string()]).optional() })

/** Login in the mini-program. The session_key in the answer is not even read: nothing here needs it. */
export function createWechatMiniLogin(api: WechatApi, account: Account): LoginChannel {
  const path = '/sns/jscode2session'
  return {
    async exchange(code) {
      const { appId, secret } = account
      const query = { appid: appId, secret, js_code: code, grant_type: 'authorization_code' }
      const reply = await callWechat(api, { path, query })
      if (reply.errcode !== 0) throw codeError(path, reply.errcode, 'login_code_invalid')
      const { openid, unionid } = readJson(reply.answer, identity, `wechat ${path}`)
      return { provider: 'wechat-mini', appId, idType: 'openid', subject: openid, unionId: unionid ?? null }
    },
  }
}

/** Web authorization of the official account, in WeChat's own browser (wechat.md 2.6). */
export function createWechatOaLogin(api: WechatApi, openBaseUrl: string, account: Account): WebLoginChannel {
  const path = '/sns/oauth2/access_token'
  return {
    authorizeUrl({ redirectUrl, state, explicit = false }) {
      // The order is the documented one; the platform is said to insist on it. The fragment is part of the protocol.
      const query = [
        `appid=${encodeURIComponent(account.appId)}`,
        `redirect_uri=${encodeURIComponent(redirectUrl)}`,
        'response_type=code',
        `scope=${explicit ? 'snsapi_userinfo' : 'snsapi_base'}`,
        `state=${encodeURIComponent(state)}`,
      ].join('&')
      return `${openBaseUrl}/connect/oauth2/authorize?${query}#wechat_redirect`
    },
    async exchange(code) {
      const { appId, secret } = account
      const query = { appid: appId, secret, code, grant_type: 'authorization_code' }
      const reply = await callWechat(api, { path, query })
      if (reply.errcode !== 0) throw codeError(path, reply.errcode, 'login_code_invalid')
      const read = readJson(reply.answer, webIdentity, `wechat ${path}`)
      // A visitor of a snapshot page has an invented openid that will never come back.
      if (String(read.is_snapshotuser ?? 0) === '1')
        throw new AppError('snapshot_user', { detail: `wechat ${path}` })
      return {
        provider: 'wechat-oa',
        appId,
        idType: 'openid',
        subject: read.openid,
        unionId: read.unionid ?? null,
      }
    },
  }
}
