import { AppError } from '../../core/errors'
import { staffOf } from '../../platforms/context'
import type { RawRoute } from '../../platforms/feature'
import { openSealed } from '../files'
import { inScope, staffDoor } from '../staff'
import { findFile, findOrder } from './order-store'
import { checkPrintUrl, PRINTED_PATH } from './print-link'

/** A printed file of `codeDesk.takeFile`, for whoever asked for its address. */
export const printedFileRoute: RawRoute = {
  name: 'codeDesk.file',
  method: 'GET',
  path: `${PRINTED_PATH}/:file`,
  kind: 'person',
  handle: async (koa, ctx) => {
    const me = staffOf(ctx)
    if (!staffDoor.may('codeDesk.takeFile', me)) throw new AppError('forbidden')
    const [orderId = '', no = ''] = (koa.path.split('/').at(-1) ?? '').split('-')
    const fileNo = Number(no)
    if (!/^[0-9A-Z]{26}$/.test(orderId) || !/^\d{1,6}$/.test(no)) throw new AppError('not_found')
    checkPrintUrl(ctx, { orderId, fileNo, staffId: me.id }, koa.query)
    const order = await findOrder(ctx.db.reader, orderId)
    const file = order && inScope(me, order) ? await findFile(ctx.db.reader, orderId, fileNo) : null
    if (file === null) throw new AppError('not_found')
    const stream = await openSealed(ctx, file)
    koa.set('Cache-Control', 'private, no-store')
    koa.set('Content-Disposition', `attachment; filename="codes-${orderId.slice(-6)}-${fileNo}.pdf"`)
    koa.set('X-Content-Type-Options', 'nosniff')
    koa.set('Content-Security-Policy', "sandbox; default-src 'none'")
    koa.type = 'application/pdf'
    koa.body = stream
    // Koa forgets the length when it is given a stream.
    koa.length = file.bytes
  },
}
