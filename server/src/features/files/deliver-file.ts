import type { Readable } from 'node:stream'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { FileRow } from './entities'
import { readLink, type Variant } from './link'
import { belongsTo, isHidden } from './policy'
import { viewerOf } from './present'
import { findFile } from './store'
import { openBytes, storedVariant } from './stored-bytes'

/** What delivery needs of a Koa context; a route gives its own. */
export interface Delivery {
  status: number
  type: string
  length: number
  body: unknown
  get(name: string): string
  set(name: string, value: string): void
}

/**
 * Answers one file. The route that calls it has already asked, from the stored rows, whether this person may see what
 * the file is attached to; here the address itself is checked: its signature, its viewer and its time. A file that
 * the content check hides is there for its owner and for staff only. Errors: `not_found`, `file_link_expired`,
 * `range_not_satisfiable`.
 */
export async function deliverFile(
  koa: Delivery,
  ctx: Ctx,
  asked: {
    readonly fileId: string
    readonly query: Readonly<Record<string, unknown>>
    /** What the file must be attached to, when the route knows. */
    readonly claim?: string
    /** As it was given to presentFile; whoever is signed in otherwise. */
    readonly viewer?: string
  },
): Promise<void> {
  const viewer = asked.viewer ?? viewerOf(ctx)
  const variant = readLink(ctx, { fileId: asked.fileId, viewer, query: asked.query })
  const row = await findFile(ctx.db.reader, asked.fileId)
  if (!row) throw new AppError('not_found')
  if (asked.claim !== undefined && row.claim !== asked.claim) throw new AppError('not_found')
  if (row.state === 'expiring' || row.state === 'expired') throw new AppError('file_expired')
  if (row.state !== 'ready') throw new AppError('not_found')
  if (isHidden(row) && !(await maySeeHidden(ctx, row, asked.viewer))) throw new AppError('not_found')
  await sendFile(koa, ctx, { row, variant })
}

async function maySeeHidden(ctx: Ctx, row: FileRow, viewer: string | undefined): Promise<boolean> {
  if (viewer !== undefined) return false
  if (ctx.staff) return true
  return ctx.resident !== null && belongsTo(ctx.db.reader, row, { kind: 'resident', id: ctx.resident.id })
}

/** The headers of security.md section 5, and the bytes. */
export async function sendFile(
  koa: Delivery,
  ctx: Ctx,
  { row, variant }: { readonly row: FileRow; readonly variant: Variant },
): Promise<void> {
  const { bytes } = storedVariant(row, variant)
  const range = readRange(koa.get('range'), bytes)
  let stream: Readable
  if (range === 'outside') {
    koa.set('Content-Range', `bytes */${bytes}`)
    throw new AppError('range_not_satisfiable')
  } else if (range === null) {
    stream = await openBytes(ctx, row, variant)
    koa.status = 200
    koa.length = bytes
  } else {
    stream = await openBytes(ctx, row, variant, range)
    koa.status = 206
    koa.set('Content-Range', `bytes ${range.start}-${range.end}/${bytes}`)
    koa.length = range.end - range.start + 1
  }
  setHeaders(koa, row, variant)
  const { length } = koa
  koa.body = stream
  // Koa forgets the length when it is given a stream.
  koa.length = length
}

function setHeaders(koa: Delivery, row: FileRow, variant: Variant): void {
  const type = variant === 'thumb' ? 'image/jpeg' : (row.contentType ?? 'application/octet-stream')
  const extension = EXTENSIONS[type] ?? 'bin'
  // Only pictures that we encoded ourselves may be shown by a browser on its own.
  const disposition = type === 'image/jpeg' ? 'inline' : 'attachment'
  koa.set('Content-Type', type)
  koa.set('X-Content-Type-Options', 'nosniff')
  koa.set('Content-Disposition', `${disposition}; filename="${row.id}.${extension}"`)
  koa.set('Content-Security-Policy', "sandbox; default-src 'none'")
  koa.set('Cross-Origin-Resource-Policy', 'same-site')
  koa.set('Cache-Control', 'private, no-store')
  koa.set('Accept-Ranges', 'bytes')
}

/** The types that our encoder and containers make. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/aac': 'aac',
  'audio/wav': 'wav',
  'audio/webm': 'webm',
  'audio/ogg': 'ogg',
}

/** One range of bytes; several at once, or what nobody can read, get the whole file as the standard allows. */
export function readRange(
  header: string,
  bytes: number,
): { readonly start: number; readonly end: number } | 'outside' | null {
  const found = /^bytes=(\d{0,12})-(\d{0,12})$/.exec(header.trim())
  if (!found) return null
  const [, from = '', to = ''] = found
  if (from === '' && to === '') return null
  if (from === '') {
    const last = Number(to)
    return last === 0 ? 'outside' : { start: Math.max(0, bytes - last), end: bytes - 1 }
  }
  const start = Number(from)
  const end = to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)
  if (start >= bytes) return 'outside'
  return end < start ? null : { start, end }
}
