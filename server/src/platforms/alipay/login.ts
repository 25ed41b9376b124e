import { z } from 'zod'
import { AppError } from '../../core/errors'
import type { LoginChannel, WebLoginChannel } from '../login-channel'
import type { AlipayApp } from './app'
import { callGateway, type Gateway, refusal, unavailable } from './gateway'

const method = 'alipay.system.oauth.token'

const token = z.object({
  access_token: z.string().min(1),
  open_id: z.string().min(1).max(128).optional(),
  user_id: z.string().min(1).max(128).optional(),
})

/** The code itself is spent, foreign or unknown; every other refusal is ours to mend. */
const SPENT_CODE = new Set(['isv.code-invalid', 'isv.unmatched-app-id'])

/** Login by authorization code, from the mini-program and from the web page alike (alipay.md 2.1). */
export function createAlipayLogin(gateway: Gateway, app: AlipayApp): LoginChannel {
  return {
    async exchange(code) {
      const topLevel = { grant_type: 'authorization_code', code }
      const answer = await callGateway(gateway, app, method, { topLevel })
      if (answer.kind === 'refused') {
        if (!SPENT_CODE.has(answer.subCode)) throw refusal(method, answer)
        throw new AppError('login_code_invalid', { detail: `${method}: ${answer.subCode}` })
      }
      const parsed = token.safeParse(answer.json)
      if (!parsed.success) throw unavailable(method, 'answer without a token')
      const { open_id: openId, user_id: userId } = parsed.data
      const base = { provider: 'alipay', appId: app.appId, unionId: null } as const
      // New applications name people by open_id, old ones by user_id. Some send both while they change over, and then
      // a resident who is known by the old name must be found by it.
      const alias = userId === undefined ? {} : { alias: { idType: 'user_id', subject: userId } as const }
      if (openId !== undefined) return { ...base, idType: 'open_id', subject: openId, ...alias }
      if (userId !== undefined) return { ...base, idType: 'user_id', subject: userId }
      throw unavailable(method, 'answer without an id')
    },
  }
}

export function createAlipayWebLogin(
  gateway: Gateway,
  app: AlipayApp,
  authorizeUrl: string,
): WebLoginChannel {
  return {
    ...createAlipayLogin(gateway, app),
    authorizeUrl({ redirectUrl, state }) {
      const query = new URLSearchParams({
        app_id: app.appId,
        scope: 'auth_base',
        redirect_uri: redirectUrl,
        state,
      })
      return `${authorizeUrl}?${query.toString()}`
    },
  }
}
