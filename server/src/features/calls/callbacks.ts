import { AppError } from '../../core/errors'
import type { RawRoute } from '../../platforms/feature'
import { receiveCall } from './receive-call'
import { readSwitchEvent } from './switch-event'

/** What the switch of a company tells us of its calls; see docs/operations.md for whoever sets one up. */
export const switchCallback: RawRoute = {
  name: 'calls.switch',
  method: 'POST',
  path: '/callbacks/switch/:companyId',
  kind: 'callback',
  handle: async (koa, ctx, body) => {
    const companyId = /([a-z][a-z0-9-]{0,31})$/.exec(koa.path)?.[1] ?? ''
    const known = ctx.config.calls.switches
    const secret = Object.hasOwn(known, companyId) ? known[companyId]?.secret : undefined
    if (secret === undefined) throw new AppError('not_found')
    const event = readSwitchEvent(
      secret,
      { timestamp: koa.get('x-yihu-timestamp'), signature: koa.get('x-yihu-signature'), body },
      { now: ctx.clock.now(), windowSeconds: ctx.config.calls.clockWindowSeconds },
    )
    ctx.metrics.callbacks.inc({ channel: 'switch', outcome: await receiveCall(ctx, companyId, event) })
    koa.status = 204
  },
}
