import { Readable } from 'node:stream'
import { AppError } from '../../core/errors'
import { staffOf } from '../../platforms/context'
import type { RawRoute } from '../../platforms/feature'
import { staffDoor } from '../staff'
import { fetchExport } from './export-inbox'

/** The file of `desk.export`. The bytes follow after the handler has answered, so its time limit is not theirs. */
export const exportRoute: RawRoute = {
  name: 'desk.export-file',
  method: 'GET',
  path: '/console/export/:token',
  kind: 'person',
  handle: async (koa, ctx) => {
    if (!staffDoor.may('desk.export', staffOf(ctx))) throw new AppError('forbidden')
    const token = koa.path.split('/').at(-1) ?? ''
    if (!/^[0-9a-f]{64}$/.test(token)) throw new AppError('export_gone')
    const { fileName, pieces } = await fetchExport(ctx, token)
    koa.set('Cache-Control', 'no-store')
    koa.set('Content-Disposition', `attachment; filename="requests-${fileName}"`)
    koa.set('X-Content-Type-Options', 'nosniff')
    koa.type = 'text/csv; charset=utf-8'
    koa.body = Readable.from(pieces)
  },
}
