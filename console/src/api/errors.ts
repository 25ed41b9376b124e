import type { ErrorBody } from './types'

/** Codes we make ourselves, beside the server's. */
type LocalCode = 'offline' | 'timeout' | 'garbled'

/** Anything that goes wrong on the way to the server and back. `message` is the server's sentence, or empty. */
export class ApiError extends Error {
  readonly code: string
  readonly status: number
  readonly requestId: string | undefined
  readonly retryAfterSeconds: number | undefined
  readonly fields: readonly { path: string; message: string }[]

  constructor(code: string, status: number, body: Partial<ErrorBody['error']> = {}) {
    super(body.message ?? '')
    this.name = 'ApiError'
    this.code = code
    this.status = status
    this.requestId = body.requestId
    this.retryAfterSeconds = body.retryAfterSeconds
    this.fields = body.fields ?? []
  }
}

export const localError = (code: LocalCode): ApiError => new ApiError(code, 0)

/** Turns an answer that is not a success into our error. A body that is not ours becomes `garbled`. */
export function errorFromBody(status: number, body: unknown): ApiError {
  const error = (body as Partial<ErrorBody> | null | undefined)?.error
  if (!error || typeof error.code !== 'string' || typeof error.message !== 'string')
    return localError('garbled')
  return new ApiError(error.code, status, error)
}

const unsureCodes: readonly string[] = ['offline', 'timeout', 'garbled', 'internal', 'busy']
const unsureAlso: readonly string[] = ['database_unavailable', 'platform_unavailable', 'request_timeout']

/** True when we cannot know whether the server did what we asked, so the same act must be repeated as it is. */
export const isUnsure = (error: unknown): boolean =>
  error instanceof ApiError && (unsureCodes.includes(error.code) || unsureAlso.includes(error.code))

export const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof ApiError && codes.includes(error.code)

/** Somebody else changed the same thing in between. */
export const isConflict = (error: unknown): boolean =>
  hasCode(
    error,
    'request_changed',
    'catalogue_changed',
    'version_conflict',
    'notice_changed',
    'article_changed',
    'conversation_changed',
    'call_changed',
  )
