import { PassThrough } from 'node:stream'
import type { Context } from 'koa'
import { z } from 'zod'
import { invalidInput } from '../../core/http/respond'
import * as shape from '../../core/http/shapes'
import { isAppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { RawRoute } from '../../platforms/feature'
import { deliverFile } from '../files'
import { WATCHES_MAX } from './hub-member'
import { POLL_PATH } from './make-ticket'
import { beginPoll } from './poll'
import { readChatFile } from './read-chat-file'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const WAIT_MAX_SECONDS = 20

/** `watch=<conversation>:<last number>:<version>,…`, `list=<at>` of staff, `wait=<seconds>`. */
const pollQuery = z.strictObject({
  watch: z
    .string()
    .max(4000)
    .default('')
    .transform((watch) => (watch === '' ? [] : watch.split(',')))
    .pipe(
      z
        .array(
          z
            .string()
            .regex(/^[^:]+:\d{1,9}:\d{1,9}$/)
            .transform((one) => {
              const [conversationId = '', after, version] = one.split(':')
              return { conversationId, after: Number(after), version: Number(version) }
            })
            .pipe(z.object({ conversationId: shape.id, after: z.int(), version: z.int() })),
        )
        .max(WATCHES_MAX),
    ),
  list: z.coerce.number().int().min(0).optional(),
  wait: z.coerce.number().int().min(0).max(WAIT_MAX_SECONDS).default(WAIT_MAX_SECONDS),
})

const pollRoute: RawRoute = {
  name: 'chat.poll',
  method: 'GET',
  path: POLL_PATH,
  kind: 'person',
  background: true,
  handle: async (koa, ctx) => {
    const parsed = pollQuery.safeParse({ ...koa.query })
    if (!parsed.success) throw invalidInput(parsed.error)
    const { watch, list, wait } = parsed.data
    // A worker's wallet is a resident here.
    const asker: Ctx = ctx.resident ? { ...ctx, staff: null } : ctx
    const poll = await beginPoll(asker, { watches: watch, listSince: list ?? null, waitMs: wait * 1000 })
    const gone = new AbortController()
    koa.req.once('close', () => gone.abort())
    // The handler's time is short and the wait is long, so the answer is a stream that is empty for a while.
    const answer = new PassThrough()
    koa.set('Cache-Control', 'no-store')
    koa.type = 'application/json'
    koa.body = answer
    void poll.take(gone.signal).then((taken) => answer.end(JSON.stringify(taken)))
  },
}

const params = (koa: Context): Record<string, unknown> => koa['params'] as Record<string, unknown>

/** Pictures and voice notes of a conversation. Who may see them is asked now, whatever an address says. */
const fileRoute: RawRoute = {
  name: 'chat.file',
  method: 'GET',
  path: '/attachments/chats/:conversationId/:fileId',
  kind: 'person',
  handle: async (koa, ctx) => {
    const { conversationId, fileId } = params(koa)
    const ids = { conversationId: text(conversationId), fileId: text(fileId) }
    // A field worker is a resident as well, and the address was made for one of the two.
    const viewers =
      ctx.resident && ctx.staff
        ? [
            { ...ctx, staff: null },
            { ...ctx, resident: null },
          ]
        : [ctx]
    for (const [index, viewer] of viewers.entries()) {
      try {
        await readChatFile(viewer, ids)
        return await deliverFile(koa, viewer, { fileId: ids.fileId, query: koa.query })
      } catch (error) {
        if (index === viewers.length - 1 || !isAppError(error)) throw error
      }
    }
  },
}

export const chatRawRoutes: RawRoute[] = [pollRoute, fileRoute]
