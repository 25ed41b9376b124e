import type { Context } from 'koa'
import { AppError } from '../../core/errors'
import { staffOf } from '../../platforms/context'
import type { RawRoute } from '../../platforms/feature'
import { deliverFile } from '../files'
import { staffDoor } from '../staff'
import { cannedFile } from './canned-store'
import { CANNED_PATH } from './list-canned'

/** The picture of a ready answer, for people at work who may use it. Errors: not_found. */
export const cannedRoute: RawRoute = {
  name: 'chat.cannedFile',
  method: 'GET',
  path: `${CANNED_PATH}/:fileId`,
  kind: 'person',
  handle: async (koa: Context, ctx) => {
    const staff = staffOf(ctx)
    const params = koa['params'] as Record<string, unknown>
    const fileId = typeof params['fileId'] === 'string' ? params['fileId'] : ''
    const canned = await cannedFile(ctx.db.reader, fileId)
    const mine =
      canned !== null && (canned.companyId === null || (staff.companies?.includes(canned.companyId) ?? true))
    if (!mine || !staffDoor.may('chatDesk.canned', staff)) throw new AppError('not_found')
    await deliverFile(koa, ctx, { fileId, query: koa.query, claim: `canned:${canned.id}` })
  },
}
