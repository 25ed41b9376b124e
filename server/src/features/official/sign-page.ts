import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'

/** What the pages use of the JS-SDK, and nothing more: pictures come through the browser's own chooser. */
const JS_API_LIST = ['scanQRCode', 'getLocation', 'openLocation'] as const

/**
 * Signs one of our own pages for the JS-SDK. Another site's address is refused, or it could use our ticket. Errors:
 * forbidden, platform_unavailable.
 */
export async function signPage(
  ctx: Ctx,
  url: string,
): Promise<{
  appId: string
  timestamp: number
  nonceStr: string
  signature: string
  jsApiList: string[]
}> {
  const { publicUrl, allowedOrigins } = ctx.config.http
  const ours = [publicUrl, ...allowedOrigins].map((address) => new URL(address).origin)
  if (!ours.includes(new URL(url).origin))
    throw new AppError('forbidden', {
      message: '这个页面不是本平台的，不能使用微信功能。',
      detail: 'JS-SDK for a foreign origin',
    })
  return { ...(await ctx.platforms.officialAccount.signPage(url)), jsApiList: [...JS_API_LIST] }
}
