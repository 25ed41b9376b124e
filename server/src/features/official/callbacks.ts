import type { Context } from 'koa'
import { AppError } from '../../core/errors'
import { readQuery } from '../../core/http/body'
import { PUSH_ACK, type PushAnswer } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import type { RawRoute } from '../../platforms/feature'
import { receivePush } from '../files'
import { replyText } from './compose-reply'
import { readEvent } from './read-event'
import { receiveEvent } from './receive-event'

/** The one address of WeChat's message push, for every account. */
export const pushCallbacks: readonly RawRoute[] = [
  { name: 'push.wechat.echo', method: 'GET', path: '/wx/push', kind: 'callback', handle: echo },
  { name: 'push.wechat', method: 'POST', path: '/wx/push', kind: 'callback', handle: receive },
]

async function echo(koa: Context, ctx: Ctx): Promise<void> {
  const body = pushOf(ctx).readEcho(readQuery(koa))
  say(koa, { contentType: 'text/plain; charset=utf-8', body })
}

/** Success is answered after the commit only, so that what failed is sent again. */
async function receive(koa: Context, ctx: Ctx, rawBody: Buffer): Promise<void> {
  const push = pushOf(ctx)
  const message = push.readMessage(readQuery(koa), rawBody)
  const count = (outcome: string): void => ctx.metrics.callbacks.inc({ channel: 'wechat-push', outcome })
  if (message.mediaVerdict !== null) {
    count(await receivePush(ctx, message))
    return say(koa, PUSH_ACK)
  }
  const event = readEvent(message, ctx.config.platforms.wechat.oa.appId)
  if (event === null) {
    count('ignored')
    return say(koa, PUSH_ACK)
  }
  const { outcome, reply } = await receiveEvent(ctx, event)
  count(outcome)
  say(koa, reply === null ? PUSH_ACK : push.answerText(message, replyText(reply)))
}

function pushOf(ctx: Ctx) {
  const { messagePush } = ctx.platforms
  if (!messagePush) throw new AppError('not_found')
  return messagePush
}

/** Never a page that a browser would run, because part of it may have come with the request. */
function say(koa: Context, { contentType, body }: PushAnswer): void {
  koa.status = 200
  koa.set('Cache-Control', 'no-store')
  koa.set('X-Content-Type-Options', 'nosniff')
  koa.type = contentType
  koa.body = body
}
