import type { Kernel, Person } from '../../kernel/kernel'
import { findAccount } from '../api/accounts'
import { issueOauthCode } from '../api/codes'

/** What a site asks of the web authorization page. */
export interface AuthorizeRequest {
  appid: string
  redirectUri: string
  responseType: string
  scope: string
  state: string
}

const SCOPES = ['snsapi_base', 'snsapi_userinfo']

/** Why WeChat shows an error page instead, or null (wechat.md 2.6: domain, scope, state). */
export function refuseAuthorize(
  kernel: Kernel,
  request: AuthorizeRequest,
): { code: number; text: string } | null {
  const account = findAccount(kernel, request.appid)
  if (account?.kind !== 'oa') return { code: 40013, text: 'appid 参数错误' }
  if (!URL.canParse(request.redirectUri)) return { code: 10003, text: 'redirect_uri 域名与后台配置不一致' }
  const { host, hostname } = new URL(request.redirectUri)
  const { oauthDomains } = kernel.config.wechat.oa
  if (!oauthDomains.includes(host) && !oauthDomains.includes(hostname)) {
    return { code: 10003, text: 'redirect_uri 域名与后台配置不一致' }
  }
  if (request.responseType !== 'code') return { code: 40016, text: 'response_type 参数错误' }
  if (!SCOPES.includes(request.scope)) return { code: 10005, text: 'scope 参数错误或没有 scope 权限' }
  if (!/^[a-zA-Z0-9]{0,128}$/.test(request.state)) return { code: 40097, text: 'state 参数错误' }
  return null
}

/** The address the browser is sent to, with a fresh one-use code. */
export function grant(kernel: Kernel, person: Person, request: AuthorizeRequest): string {
  const target = new URL(request.redirectUri)
  target.searchParams.set('code', issueOauthCode(kernel, person, request.appid, request.scope))
  target.searchParams.set('state', request.state)
  return target.href
}
