import { Router } from '@koa/router'
import type { Context } from 'koa'
import type { Kernel } from '../../kernel/kernel'
import { type AuthorizeRequest, grant, refuseAuthorize } from './authorize'
import { choosePersonPage, consentPage, deniedPage, errorPage } from './pages'

function html(ctx: Context, text: string): void {
  ctx.status = 200
  ctx.type = 'text/html; charset=utf-8'
  ctx.set('Cache-Control', 'no-store')
  ctx.body = text
}

function authorizePage(kernel: Kernel, ctx: Context): void {
  const query = new URLSearchParams(ctx.querystring)
  const request: AuthorizeRequest = {
    appid: query.get('appid') ?? '',
    redirectUri: query.get('redirect_uri') ?? '',
    responseType: query.get('response_type') ?? '',
    scope: query.get('scope') ?? '',
    state: query.get('state') ?? '',
  }
  const refusal = refuseAuthorize(kernel, request)
  if (refusal) return html(ctx, errorPage(refusal.code, refusal.text))
  const fields = Object.fromEntries([...query].filter(([key]) => key !== 'consent' && key !== 'person'))
  const personId = query.get('person') ?? decodeURIComponent(ctx.cookies.get('sandbox_person') ?? '')
  const person = kernel.people.get(personId)
  if (!person) return html(ctx, choosePersonPage(kernel.people.list(), fields))
  const consent = query.get('consent')
  // The plain scope never asks; it is silent and immediate.
  if (request.scope === 'snsapi_userinfo' && consent !== 'allow') {
    const again = { ...fields, person: person.id }
    return html(ctx, consent === 'deny' ? deniedPage() : consentPage(person.name, again))
  }
  ctx.redirect(grant(kernel, person, request))
}

/** The web authorization page, standing for https://open.weixin.qq.com. */
export function wechatOpenRoutes(kernel: Kernel): Router {
  const router = new Router()
  router.get('/connect/oauth2/authorize', (ctx) => authorizePage(kernel, ctx as unknown as Context))
  return router
}
