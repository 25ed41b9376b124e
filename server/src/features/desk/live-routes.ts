import { PassThrough } from 'node:stream'
import { AppError } from '../../core/errors'
import { staffOf } from '../../platforms/context'
import type { RawRoute } from '../../platforms/feature'
import { followChanges, mayFollow } from './live'

/** A page that leaves so much unread is gone or asleep; it connects again when it wakes. */
const UNREAD_MAX_BYTES = 256 * 1024

/**
 * Server-sent events: what others change, for the console. The handler answers when the stream stands, so its time
 * limit is not the stream's; the stream ends when the page leaves, the session ends or the process stops.
 */
export const liveRoute: RawRoute = {
  name: 'desk.live',
  method: 'GET',
  path: '/console/live',
  kind: 'person',
  background: true,
  handle: async (koa, ctx) => {
    const staff = staffOf(ctx)
    if (!mayFollow(staff)) throw new AppError('forbidden')
    const stream = new PassThrough()
    const leave = await followChanges(ctx, staff, {
      write: (text) => {
        stream.write(text)
        return stream.writableLength + stream.readableLength < UNREAD_MAX_BYTES
      },
      end: () => void stream.end(),
    })
    stream.once('close', leave)
    koa.req.once('close', leave)
    koa.set('Cache-Control', 'no-store')
    // Proxies would otherwise collect what should arrive at once.
    koa.set('X-Accel-Buffering', 'no')
    koa.type = 'text/event-stream; charset=utf-8'
    koa.body = stream
  },
}
