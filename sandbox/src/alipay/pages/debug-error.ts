import type { RouterContext } from '@koa/router'
import iconv from 'iconv-lite'
import type { Refusal } from '../refusal'

/** The page a person sees when a page request is wrong: HTTP 200 in GBK; the merchant's server never hears of it. */
export function debugErrorPage(ctx: RouterContext, refusal: Refusal): void {
  const code = refusal.subCode.replace(/^(isv|aop|isp)\./, '')
  const reason = refusal.subMessage.replaceAll('<', '&lt;')
  const html = `<!DOCTYPE html><html><head><meta charset="GBK"><meta name="viewport" content="width=device-width,initial-scale=1"><title>支付宝</title></head><body style="font:16px/1.7 sans-serif;padding:32px 20px;color:#333;word-break:break-all"><p><b>调试错误，请回到请求来源地，重新发起请求。</b></p><p>错误代码 ${code} 错误原因: ${reason}</p></body></html>`
  ctx.status = 200
  ctx.set('content-type', 'text/html;charset=GBK')
  ctx.body = iconv.encode(html, 'gbk')
}
