import type { Context } from 'koa'
import getRawBody from 'raw-body'
import { AppError } from '../errors'

/** Reads a request's bytes up to a cap. Compressed bodies are refused: nobody who talks to us needs them. */
export async function readBytes(koa: Context, limitBytes: number): Promise<Buffer> {
  const encoding = koa.get('content-encoding')
  if (encoding !== '' && encoding !== 'identity')
    throw new AppError('not_json', { detail: `content-encoding ${encoding}` })
  const declared = koa.request.length
  if (declared !== undefined && declared > limitBytes) throw new AppError('body_too_large')
  try {
    return await getRawBody(koa.req, {
      limit: limitBytes,
      ...(declared === undefined ? {} : { length: declared }),
    })
  } catch (error) {
    const type = typeof error === 'object' && error !== null && 'type' in error ? String(error.type) : ''
    if (type === 'entity.too.large') throw new AppError('body_too_large')
    if (type === 'request.aborted') throw new AppError('request_timeout', { detail: 'the client went away' })
    throw new AppError('malformed_body', { detail: type, cause: error })
  }
}

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/** Parses JSON and refuses keys that could reach a prototype. */
export function parseJson(bytes: Buffer): unknown {
  const text = new TextDecoder('utf-8', { fatal: true })
  try {
    return JSON.parse(text.decode(bytes), (key, value: unknown) => {
      if (FORBIDDEN_KEYS.has(key))
        throw new AppError('invalid_input', { fields: [{ path: key, message: '不能用这个名称' }] })
      return value
    })
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('malformed_body', { cause: error })
  }
}

/** The query as plain text values; a name given twice is refused, because readers disagree about which one counts. */
export function readQuery(koa: Context): Record<string, string> {
  const query: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(koa.querystring)) {
    if (name in query || FORBIDDEN_KEYS.has(name)) {
      throw new AppError('invalid_input', { fields: [{ path: name, message: '这一项重复了' }] })
    }
    query[name] = value
  }
  return query
}
