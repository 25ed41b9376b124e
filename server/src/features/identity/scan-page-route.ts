import type { RawRoute } from '../../platforms/feature'

/**
 * Where the codes on a PC's screen lead: `/s/<token>` to sign it in, `/s/b-<bill>` and `/s/bills` to pay on the telephone.
 * As with printed codes the wallets' own scanners never come here: by a rule of their consoles for `/s/` they open the
 * mini-program. Every other browser is sent to the H5's page, the token behind the #, and nothing is looked up.
 */
export const scanPageRoute: RawRoute = {
  name: 's',
  method: 'GET',
  path: '/s/:token',
  kind: 'page',
  handle: async (koa, ctx) => {
    const token = koa.path.slice('/s/'.length)
    koa.set('Cache-Control', 'no-store')
    const file = ctx.config.codes.wechatCheckFile
    if (token === file?.name) {
      koa.type = 'text/plain'
      koa.body = file.text
      return
    }
    await ctx.limiter.take(`scans:${ctx.ip}`, ctx.config.codes.perIp)
    koa.redirect(`/#/hall/scan/index?t=${/^[A-Za-z0-9_-]{1,64}$/.test(token) ? token : 'x'}`)
  },
}
