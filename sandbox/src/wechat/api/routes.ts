import { Router } from '@koa/router'
import type { Context } from 'koa'
import type { Kernel } from '../../kernel/kernel'
import { sendChatMessage } from './chat-message'
import { ApiError } from './errors'
import type { ApiAct, FileAnswer } from './exchange'
import { codeToSession, phoneNumber } from './login'
import { webAccessToken, webAuth, webRefreshToken, webUserInfo } from './oauth'
import { createMenu, getMenu } from './menu'
import { getMedia, uploadMedia } from './media'
import { MEDIA_FAULTS, mediaCheckAsync } from './media-check'
import { msgSecCheck } from './sec-check'
import { sendSubscribeMessage } from './subscribe'
import { sendTemplateMessage } from './template-message'
import { jsapiTicket } from './ticket'
import { classicToken, stableToken } from './tokens'

const GETS: Record<string, ApiAct> = {
  '/sns/jscode2session': codeToSession,
  '/sns/oauth2/access_token': webAccessToken,
  '/sns/oauth2/refresh_token': webRefreshToken,
  '/sns/userinfo': webUserInfo,
  '/sns/auth': webAuth,
  '/cgi-bin/token': classicToken,
  '/cgi-bin/ticket/getticket': jsapiTicket,
  '/cgi-bin/menu/get': getMenu,
  '/cgi-bin/media/get': getMedia,
}

const POSTS: Record<string, ApiAct> = {
  '/cgi-bin/stable_token': stableToken,
  '/cgi-bin/message/subscribe/send': sendSubscribeMessage,
  '/cgi-bin/message/template/send': sendTemplateMessage,
  '/cgi-bin/message/custom/send': sendChatMessage,
  '/cgi-bin/menu/create': createMenu,
  '/cgi-bin/media/upload': uploadMedia,
  '/wxa/business/getuserphonenumber': phoneNumber,
  '/wxa/msg_sec_check': msgSecCheck,
  '/wxa/media_check_async': mediaCheckAsync,
}

/** Names and Chinese titles of the faults of this folder. */
export const API_FAULTS: [string, string][] = [
  ['token.killed', 'access_token 被另一个进程刷新掉'],
  ['login.blocked', '登录被微信拦截（40226）'],
  ['subscribe.banned', '订阅消息能力被封（43107）'],
  ['subscribe.concurrent', '同一用户并发发送（43108）'],
  ['subscribe.sensitive', '订阅消息含敏感词（45168）'],
  ['subscribe.sent-failed', '订阅消息先收下、后来发失败（subscribe_msg_sent_event）'],
  ['template.blocked', '模板消息先收下、后来因用户拒收失败（TEMPLATESENDJOBFINISH）'],
  ['template.system-failed', '模板消息先收下、后来系统失败（TEMPLATESENDJOBFINISH）'],
  ['template.no-report', '模板消息收下以后没有结果推送'],
  ['api.errcode', '微信接口答一个错误码（params.errcode，params.path 限定路径）'],
  ['api.quota', '微信接口用完当天次数（45009；params.after 次以后，params.path 限定路径）'],
  ...MEDIA_FAULTS,
]

function plannedError(kernel: Kernel, path: string): ApiError | null {
  const rule = kernel.faults.active().find((one) => one.name === 'api.errcode')
  const only = rule?.params?.['path']
  if (!rule || (typeof only === 'string' && !path.includes(only))) return null
  return kernel.faults.take('api.errcode') ? new ApiError(Number(rule.params?.['errcode'] ?? -1)) : null
}

/** How many calls each quota fault has let through; a fault that is set anew begins anew. */
const letThrough = new WeakMap<object, number>()

function quotaError(kernel: Kernel, path: string): ApiError | null {
  const params = kernel.faults.active().find((one) => one.name === 'api.quota')?.params
  const only = params?.['path']
  if (!params || (typeof only === 'string' && !path.includes(only))) return null
  const used = letThrough.get(params) ?? 0
  letThrough.set(params, used + 1)
  return used >= Number(params['after'] ?? 0) ? new ApiError(45009) : null
}

function refusalBody(kernel: Kernel, path: string, error: ApiError): Record<string, unknown> {
  const rid = `${kernel.random.hex(8)}-${kernel.random.hex(8)}-${kernel.random.hex(8)}`
  // The separator differs between the two families of paths (wechat.md section 0).
  const separator = path.startsWith('/sns/') ? ', rid: ' : ' rid: '
  return { errcode: error.errcode, errmsg: `${error.message}${separator}${rid}` }
}

function run(kernel: Kernel, ctx: Context, act: ApiAct): ReturnType<ApiAct> {
  try {
    const planned = plannedError(kernel, ctx.path) ?? quotaError(kernel, ctx.path)
    if (planned) throw planned
    if (POSTS[ctx.path] && ctx.method !== 'POST') throw new ApiError(43002)
    const query = new URLSearchParams(ctx.querystring)
    return act({ kernel, query, rawBody: ctx.state['rawBody'] as Buffer })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    kernel.log('wechat-api.refused', { path: ctx.path, errcode: error.errcode })
    return refusalBody(kernel, ctx.path, error)
  }
}

const isFile = (answer: ReturnType<ApiAct>): answer is FileAnswer =>
  typeof answer === 'object' && Buffer.isBuffer(answer['bytes'])

/** The server-side API, standing for https://api.weixin.qq.com: HTTP 200 also for refusals. */
export function wechatApiRoutes(kernel: Kernel): Router {
  const router = new Router()
  router.all('/{*path}', (ctx) => {
    const act = GETS[ctx.path] ?? POSTS[ctx.path]
    if (!act) return
    const answer = run(kernel, ctx as unknown as Context, act)
    ctx.status = 200
    if (isFile(answer)) {
      ctx.type = answer.contentType
      ctx.body = answer.bytes
      return
    }
    ctx.type = 'application/json; charset=utf-8'
    ctx.body = typeof answer === 'string' ? answer : JSON.stringify(answer)
  })
  return router
}
