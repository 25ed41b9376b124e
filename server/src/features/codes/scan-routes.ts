import type { RawRoute } from '../../platforms/feature'
import { AppError } from '../../core/errors'

/**
 * Where printed codes lead. The wallets' own scanners never come here: by the platforms' rules for ordinary links they
 * open the mini-program with the link as its parameter. Every other browser is sent to the H5's page, the token behind
 * the #, where no server and no log sees it. Nothing is looked up, so right and wrong tokens go the same way.
 */
const scanRoute: RawRoute = {
  name: 'q',
  method: 'GET',
  path: '/q/:token',
  kind: 'page',
  handle: async (koa, ctx) => {
    const token = koa.path.slice('/q/'.length)
    koa.set('Cache-Control', 'no-store')
    const file = ctx.config.codes.wechatCheckFile
    if (token === file?.name) {
      koa.type = 'text/plain'
      koa.body = file.text
      return
    }
    await ctx.limiter.take(`codes:${ctx.ip}`, ctx.config.codes.perIp)
    // Relative, so that it stays on the host that was scanned. What does not look like a token is not passed on.
    koa.redirect(`/#/codes/home/index?t=${/^[A-Za-z0-9_-]{1,64}$/.test(token) ? token : 'x'}`)
  },
}

/** Alipay looks for its file at the root of the domain. */
const rootCheckFileRoute: RawRoute = {
  name: 'check-file',
  method: 'GET',
  path: '/:name.txt',
  kind: 'page',
  handle: async (koa, ctx) => {
    const file = ctx.config.codes.alipayCheckFile
    if (file === null || koa.path !== `/${file.name}`) throw new AppError('not_found')
    koa.set('Cache-Control', 'no-store')
    koa.type = 'text/plain'
    koa.body = file.text
  },
}

export const scanRoutes: readonly RawRoute[] = [scanRoute, rootCheckFileRoute]
