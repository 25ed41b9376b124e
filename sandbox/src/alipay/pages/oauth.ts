import type { RouterContext } from '@koa/router'
import type { Kernel } from '../../kernel/kernel'
import { findApp } from '../apps'
import { issueAuthCode } from '../methods/oauth-token'
import { Refusal } from '../refusal'
import { debugErrorPage } from './debug-error'
import { escapeHtml, phonePage } from './layout'
import { askWhoPage, phoneHolder } from './person'

const SCOPES = ['auth_base', 'auth_user']

function text(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : ''
}

function allowedRedirect(kernel: Kernel, redirectUri: string): URL | undefined {
  if (!URL.canParse(redirectUri)) return undefined
  const url = new URL(redirectUri)
  return url.origin === new URL(kernel.config.portalOrigin).origin ? url : undefined
}

function consentPage(appName: string, agreeUrl: string): string {
  return phonePage(
    '授权登录',
    `<header>授权登录</header><main><div class="card"><p class="payee">${escapeHtml(appName)} 申请获取</p><p>你的支付宝会员基础信息（昵称、头像）</p></div><a class="main" style="display:flex;align-items:center;justify-content:center;text-decoration:none" href="${escapeHtml(agreeUrl)}">同意</a><button class="quiet" onclick="history.back()">取消</button></main>`,
  )
}

/**
 * GET /alipay/oauth2/publicAppAuthorize.htm: sends the browser back to the portal with auth_code, app_id, scope and
 * state. auth_base is silent, auth_user asks first. The address must belong to the portal, as the console demands.
 */
export function authorizePage(kernel: Kernel, ctx: RouterContext): void {
  const app = findApp(kernel, text(ctx.query['app_id']))
  const scope = text(ctx.query['scope'])
  const redirect = allowedRedirect(kernel, text(ctx.query['redirect_uri']))
  if (!app) {
    debugErrorPage(ctx, new Refusal('40002', 'isv.invalid-app-id', '无效的AppID参数'))
    return
  }
  if (!SCOPES.includes(scope) || !redirect) {
    const words = redirect ? 'scope 参数错误' : 'redirect_uri 与应用配置的授权回调地址不一致'
    debugErrorPage(ctx, new Refusal('40002', 'isv.invalid-parameter', words))
    return
  }
  const person = phoneHolder(kernel, ctx)
  if (!person) {
    ctx.body = askWhoPage(kernel)
    return
  }
  if (scope === 'auth_user' && ctx.query['agreed'] !== '1') {
    ctx.body = consentPage(app.name ?? '商家应用', `${ctx.originalUrl}&agreed=1`)
    return
  }
  const code = issueAuthCode(kernel, { appId: app.appId, personId: person.id, scope })
  redirect.searchParams.set('app_id', app.appId)
  redirect.searchParams.set('source', 'alipay_wallet')
  redirect.searchParams.set('scope', scope)
  redirect.searchParams.set('auth_code', code)
  const state = text(ctx.query['state'])
  if (state !== '') redirect.searchParams.set('state', state)
  ctx.redirect(redirect.toString())
}
