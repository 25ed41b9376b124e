import { Router } from '@koa/router'
import type Koa from 'koa'
import type { Context } from 'koa'
import type { CoreCtx } from '../context'
import { AppError } from '../errors'
import type { RawRoute } from '../feature'
import type { EdgeOptions } from './edge-options'
import { readBytes } from './body'
import { clientAddress } from './client-address'
import { inTime } from './in-time'
import { takeAddressLimit } from './limits'
import { peopleOf } from './people'

type RawRouteOptions<C extends CoreCtx> = Pick<
  EdgeOptions<C>,
  'core' | 'rawRoutes' | 'contextFor' | 'authenticate' | 'staff'
>

/**
 * Callbacks get their bytes untouched and are never limited; browser pages are limited by address. Each kind has
 * places of its own, and a request takes one only when it is here whole: neither pages nor senders who dawdle over
 * their bodies can push out a callback that brings money.
 */
export function rawRoutes<C extends CoreCtx>(options: RawRouteOptions<C>): Koa.Middleware {
  const { http } = options.core.config
  const router = new Router({ strict: true, sensitive: true })
  const underWay: Record<RawRoute<C>['kind'], number> = { callback: 0, page: 0, person: 0 }
  for (const route of options.rawRoutes) {
    router.register(route.path, [route.method], async (koa: Context) => {
      koa.state['route'] = route.name
      koa.state['background'] = route.background === true
      const ip = clientAddress(koa.ip)
      if (route.kind !== 'callback') await takeAddressLimit(options.core, koa, ip)
      const ctx = await peopleOf(options, koa, { auth: route.kind === 'person' ? 'person' : 'public', ip })
      const mostBytes = route.bodyLimitBytes ?? http.callbackLimitBytes
      const bytes = route.method === 'GET' ? Buffer.alloc(0) : await readBytes(koa, mostBytes)
      if (underWay[route.kind] >= http.callbackConcurrencyMax)
        throw new AppError('busy', { retryAfterSeconds: 1 })
      underWay[route.kind]++
      try {
        await inTime(options.core, route.handle(koa, ctx, bytes))
      } finally {
        underWay[route.kind]--
      }
    })
  }
  const dispatch = router.routes()
  const allowed = router.allowedMethods({
    throw: true,
    methodNotAllowed: () => new AppError('method_not_allowed'),
  })
  return async (koa, next) => dispatch(koa as never, () => allowed(koa as never, next))
}
