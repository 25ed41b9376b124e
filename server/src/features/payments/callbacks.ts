import type { Context } from 'koa'
import { AppError, isAppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { RawRoute } from '../../platforms/feature'
import { keepUnreadable, receiveNotice } from './receive-notice'

/** One callback address per merchant and wallet; refunds of WeChat come to an address of their own. */
export const paymentCallbacks: RawRoute[] = [
  callback('wechat', '/callbacks/wechat/:merchantKey'),
  callback('wechat', '/callbacks/wechat/:merchantKey/refund'),
  callback('alipay', '/callbacks/alipay/:merchantKey'),
  callback('alipay', '/callbacks/alipay/:merchantKey/refund'),
]

function callback(channel: 'wechat' | 'alipay', path: string): RawRoute {
  return {
    name: `callbacks.${channel}${path.endsWith('/refund') ? '.refund' : ''}`,
    method: 'POST',
    path,
    kind: 'callback',
    handle: (koa, ctx, rawBody) => answer(koa, ctx, channel, rawBody),
  }
}

/** Success is answered only after the commit; anything thrown is a 4xx or 5xx, so that the platform tries again. */
async function answer(koa: Context, ctx: Ctx, channel: 'wechat' | 'alipay', rawBody: Buffer): Promise<void> {
  const platform = ctx.platforms.payments[channel]
  const outcome = await read(ctx, channel, koa, rawBody)
  ctx.metrics.callbacks.inc({ channel, outcome })
  const { status, contentType, body } = platform.ack(outcome !== 'orphan')
  koa.status = status
  koa.type = contentType
  koa.body = body
  if (body === '') koa.status = status
}

async function read(ctx: Ctx, channel: 'wechat' | 'alipay', koa: Context, rawBody: Buffer): Promise<string> {
  try {
    const notice = await ctx.platforms.payments[channel].readNotice(koa.req.headers, rawBody)
    return await receiveNotice(ctx, { channel, notice, raw: rawBody.toString('utf8') })
  } catch (error) {
    if (isAppError(error, 'undecryptable_notice')) await keepUnreadable(ctx, channel, rawBody)
    const isProbe = String(koa.req.headers['wechatpay-signature'] ?? '').startsWith('WECHATPAY/SIGNTEST/')
    const outcome = isProbe ? 'probe' : isAppError(error) ? error.code : 'failed'
    ctx.metrics.callbacks.inc({ channel, outcome })
    throw error instanceof Error ? error : new AppError('internal', { cause: error })
  }
}
