import { findMedia, keepMedia } from '../push/media'
import { ApiError } from './errors'
import type { ApiCall, FileAnswer } from './exchange'
import { accountOfToken } from './tokens'

const LARGEST_BYTES = 10 * 1024 * 1024

/** POST /cgi-bin/media/upload?type=image: one part named media (wechat.md 8). */
export function uploadMedia(call: ApiCall): Record<string, unknown> {
  const appid = accountOfToken(call)
  if (call.query.get('type') !== 'image') throw new ApiError(40004)
  const file = readPart(call.rawBody)
  if (!file) throw new ApiError(41005)
  const contentType = pictureType(file)
  if (contentType === null) throw new ApiError(40005)
  if (file.length > LARGEST_BYTES) throw new ApiError(40009)
  const { id, at } = keepMedia(call.kernel, appid, contentType, file)
  return { type: 'image', media_id: id, created_at: Math.floor(at / 1000) }
}

/** GET /cgi-bin/media/get: the bytes themselves; refusals are JSON as everywhere. */
export function getMedia(call: ApiCall): FileAnswer {
  const found = findMedia(call.kernel, accountOfToken(call), call.query.get('media_id') ?? '')
  if (!found) throw new ApiError(40007)
  return { contentType: found.contentType, bytes: Buffer.from(found.base64, 'base64') }
}

export function pictureType(bytes: Buffer): string | null {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg'
  return bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47])) ? 'image/png' : null
}

/** The bytes of the part named `media` with a filename; null when there is none. */
function readPart(body: Buffer): Buffer | null {
  const line = body.indexOf('\r\n')
  if (line < 3) return null
  const boundary = body.subarray(0, line)
  const head = body.indexOf('\r\n\r\n')
  const end = body.indexOf(Buffer.concat([Buffer.from('\r\n'), boundary]), head)
  if (head < 0 || end < 0) return null
  const headers = body.subarray(0, head).toString('utf8')
  if (!/name="media"/.test(headers) || !/filename="[^"]+"/.test(headers)) return null
  return body.subarray(head + 4, end)
}
