import type { RawRoute } from '../../platforms/feature'
import { followUrl } from './follow-url'

/**
 * `/r/<token>`, the address in the text message, which leads to the page of the request. It looks nothing up: the page
 * does, and says in words what is wrong with a link that was cut or is too old. Only what has the shape of a token is
 * handed on.
 */
export const followRoute: RawRoute = {
  name: 'desk.follow',
  method: 'GET',
  path: '/r/:token',
  kind: 'page',
  handle: async (koa, ctx) => {
    const token = koa.path.split('/').at(-1) ?? ''
    koa.set('Cache-Control', 'no-store')
    koa.set('Referrer-Policy', 'no-referrer')
    koa.status = 302
    koa.set('Location', followUrl(ctx, /^[0-9a-f]{32}$/.test(token) ? token : ''))
    koa.type = 'text/plain; charset=utf-8'
    koa.body = ''
  },
}
