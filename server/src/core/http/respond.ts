import type { Context } from 'koa'
import { z } from 'zod'
import type { Core } from '../context'
import { isUnreachable } from '../db/database'
import { AppError } from '../errors'

/** Turns whatever was thrown into the one error a client may see. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof z.ZodError) return invalidInput(error)
  if (isUnreachable(error)) return new AppError('database_unavailable', { cause: error })
  return new AppError('internal', { cause: error })
}

export function invalidInput(error: z.ZodError): AppError {
  const fields = error.issues.slice(0, 20).map((issue) => ({
    path: issue.path.join('.') || (issue.code === 'unrecognized_keys' ? issue.keys.join(',') : ''),
    // Only sentences we wrote are shown; zod's own are English and stay in the log.
    message: /[\u4e00-\u9fff]/.test(issue.message) ? issue.message : '请检查这一项',
  }))
  const first = fields.find((field) => field.message !== '请检查这一项')
  return new AppError('invalid_input', {
    fields,
    detail: error.issues
      .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
      .join('; ')
      .slice(0, 500),
    ...(first ? { message: `${first.message}。` } : {}),
  })
}

/** Writes the error body of the contract, and the log line that belongs to it. */
export function respondWithError(koa: Context, core: Core, requestId: string, thrown: unknown): void {
  const error = toAppError(thrown)
  koa.status = error.status
  koa.type = 'application/json'
  if (error.retryAfterSeconds !== undefined) koa.set('Retry-After', String(error.retryAfterSeconds))
  koa.body = {
    error: {
      code: error.code,
      message: error.message,
      requestId,
      ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
      ...(error.fields === undefined ? {} : { fields: error.fields }),
    },
  }
  if (error.code === 'rate_limited') core.metrics.limitHits.inc({ limit: error.detail ?? 'unknown' })
  // Named so because `code` is what SMS and login codes are called, and those are cut out of every line.
  const line = { requestId, errorCode: error.code, detail: error.detail, status: error.status }
  if (error.report) core.log.error({ ...line, err: error.cause ?? error }, 'http.failed')
  else core.log.info(line, 'http.refused')
}
