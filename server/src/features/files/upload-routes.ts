import type { Context } from 'koa'
import { AppError } from '../../core/errors'
import { id as idShape } from '../../core/http/shapes'
import type { Ctx } from '../../platforms/context'
import type { RawRoute } from '../../platforms/feature'
import { CHECK_VIEWER } from './ask-check'
import { deliverFile, sendFile } from './deliver-file'
import { readLink } from './link'
import { ownFile } from './policy'
import { findFile } from './store'
import { takePart } from './take-part'

/** The most that a part may have, whatever the configuration asks of clients. */
const PART_LIMIT_BYTES = 1_048_576

export const uploadRoutes: readonly RawRoute[] = [
  {
    name: 'files.upload',
    method: 'POST',
    path: '/upload/:fileId',
    kind: 'person',
    bodyLimitBytes: PART_LIMIT_BYTES,
    handle: upload,
  },
  { name: 'files.mine', method: 'GET', path: '/files/mine/:fileId', kind: 'person', handle: mine },
  { name: 'files.checked', method: 'GET', path: '/files/checked/:fileId', kind: 'page', handle: forCheck },
]

/** One part of a file: the offset in the query, the bytes as they are. What a client says of their type counts nothing. */
async function upload(koa: Context, ctx: Ctx, bytes: Buffer): Promise<void> {
  koa.set('Cache-Control', 'no-store')
  if (!koa.is('application/octet-stream'))
    throw new AppError('not_json', { message: '上传方式不对，请更新到最新版本后再试。' })
  const offset = koa.query['offset']
  if (typeof offset !== 'string' || !/^\d{1,9}$/.test(offset)) throw new AppError('invalid_input')
  if (bytes.length === 0 || bytes.length > ctx.config.files.partBytes) throw new AppError('body_too_large')
  const { gap, ...progress } = await takePart(ctx, { fileId: fileIdOf(koa), offset: Number(offset), bytes })
  koa.status = gap ? 409 : 200
  koa.type = 'application/json'
  if (!gap) {
    koa.body = progress
    return
  }
  const { code, message } = new AppError('upload_gap')
  koa.body = { error: { code, message, requestId: ctx.requestId }, ...progress }
}

/** A file of my own that is attached to nothing yet, for the form that I am still filling in. */
async function mine(koa: Context, ctx: Ctx): Promise<void> {
  const row = await ownFile(ctx.db.reader, ctx, fileIdOf(koa))
  await deliverFile(koa, ctx, { fileId: row.id, query: koa.query })
}

/** What WeChat fetches in order to check it; the address is of no use once the verdict is there. */
async function forCheck(koa: Context, ctx: Ctx): Promise<void> {
  const fileId = fileIdOf(koa)
  const variant = readLink(ctx, { fileId, viewer: CHECK_VIEWER, query: koa.query })
  const row = await findFile(ctx.db.reader, fileId)
  if (row?.state !== 'ready' || row.checkState !== 'pending') throw new AppError('not_found')
  await sendFile(koa, ctx, { row, variant })
}

function fileIdOf(koa: Context): string {
  const { fileId } = (koa as Context & { params: Record<string, string> }).params
  const parsed = idShape.safeParse(fileId)
  if (!parsed.success) throw new AppError('not_found')
  return parsed.data
}
