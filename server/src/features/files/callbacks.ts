import type { Context } from 'koa'
import { AppError } from '../../core/errors'
import { readQuery } from '../../core/http/body'
import type { Ctx } from '../../platforms/context'
import type { RawRoute } from '../../platforms/feature'
import { receivePush } from './receive-push'

/** The one address of WeChat's message push, for every account. */
export const pushCallbacks: readonly RawRoute[] = [
  { name: 'push.wechat.echo', method: 'GET', path: '/wx/push', kind: 'callback', handle: echo },
  { name: 'push.wechat', method: 'POST', path: '/wx/push', kind: 'callback', handle: receive },
]

async function echo(koa: Context, ctx: Ctx): Promise<void> {
  say(koa, pushOf(ctx).readEcho(readQuery(koa)))
}

/** Success is answered after the commit only, so that what failed is sent again. */
async function receive(koa: Context, ctx: Ctx, rawBody: Buffer): Promise<void> {
  const message = pushOf(ctx).readMessage(readQuery(koa), rawBody)
  const outcome = await receivePush(ctx, message)
  ctx.metrics.callbacks.inc({ channel: 'wechat-push', outcome })
  say(koa, 'success')
}

function pushOf(ctx: Ctx) {
  const { messagePush } = ctx.platforms
  if (!messagePush) throw new AppError('not_found')
  return messagePush
}

/** Plain text that no browser takes for a page, because part of it came with the request. */
function say(koa: Context, text: string): void {
  koa.status = 200
  koa.set('Cache-Control', 'no-store')
  koa.set('X-Content-Type-Options', 'nosniff')
  koa.type = 'text/plain; charset=utf-8'
  koa.body = text
}
