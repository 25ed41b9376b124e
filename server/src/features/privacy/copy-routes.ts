import { AppError } from '../../core/errors'
import type { RawRoute } from '../../platforms/feature'
import { openSealed } from '../files'
import { checkCopyUrl, COPY_PATH } from './copy-link'
import { filesOfCopy, findCopy } from './store'

/** A file of `privacy.takeCopy`, for whoever has its address of a few minutes. */
export const copyRoute: RawRoute = {
  name: 'privacy.copy-file',
  method: 'GET',
  path: `${COPY_PATH}/:file`,
  kind: 'page',
  handle: async (koa, ctx) => {
    const [, copyId = '', format] =
      /^([0-9A-HJKMNP-TV-Z]{26})\.(json|csv)$/.exec(koa.path.split('/').at(-1) ?? '') ?? []
    if (format !== 'json' && format !== 'csv') throw new AppError('not_found')
    checkCopyUrl(ctx, { copyId, format }, koa.query)
    const copy = await findCopy(ctx.db.reader, copyId)
    const file = (await filesOfCopy(ctx.db.reader, copyId)).find((one) => one.format === format)
    if (copy?.state !== 'ready' || file === undefined || Number(copy.expiresAt) <= ctx.clock.now())
      throw new AppError('copy_gone')
    const stream = await openSealed(ctx, file)
    koa.set('Cache-Control', 'private, no-store')
    koa.set('Content-Disposition', `attachment; filename="my-data.${format}"`)
    koa.set('X-Content-Type-Options', 'nosniff')
    koa.set('Content-Security-Policy', "sandbox; default-src 'none'")
    koa.type = format === 'json' ? 'application/json; charset=utf-8' : 'text/csv; charset=utf-8'
    koa.body = stream
    // Koa forgets the length when it is given a stream.
    koa.length = file.bytes
  },
}
