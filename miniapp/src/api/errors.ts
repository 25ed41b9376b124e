import { mainEnglish } from '../language/english'
import { inEnglish } from '../language/spoken'
import { words } from '../words'
import type { ErrorBody } from './types'

/**
 * Codes we make ourselves, beside the server's. `waiting` is an act that is kept until the network is back, `not_paid`
 * a payment that is not.
 */
export type LocalCode = 'offline' | 'timeout' | 'garbled' | 'sign_in_needed' | 'waiting' | 'not_paid'

/** Anything that goes wrong on the way to the server and back, with a sentence fit to be shown. */
export class ApiError extends Error {
  readonly code: string
  readonly retryAfterSeconds: number | undefined
  readonly fields: readonly { path: string; message: string }[]

  constructor(code: string, message: string, more: Partial<ErrorBody['error']> = {}) {
    super(message)
    // Old JavaScript targets lose the prototype of a subclassed Error.
    Object.setPrototypeOf(this, ApiError.prototype)
    this.name = 'ApiError'
    this.code = code
    this.retryAfterSeconds = more.retryAfterSeconds
    this.fields = more.fields ?? []
  }
}

export const localError = (code: LocalCode): ApiError => new ApiError(code, words.errors[code])

/** True when the network, not the server, is why we have no answer. */
export const isOffline = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'offline' || error.code === 'timeout')

/** True for an act that is kept on this phone until the network is back. */
export const isWaiting = (error: unknown): boolean => error instanceof ApiError && error.code === 'waiting'

/** True when we cannot know whether the server did what we asked, so the same act must be repeated as it is. */
export const isUnsure = (error: unknown): boolean =>
  isOffline(error) ||
  (error instanceof ApiError &&
    [
      'garbled',
      'waiting',
      'not_paid',
      'internal',
      'busy',
      'database_unavailable',
      'platform_unavailable',
      'request_timeout',
    ].includes(error.code))

/** The sentence to show for whatever was thrown; never an English exception. */
export const messageOf = (error: unknown): string =>
  error instanceof ApiError ? error.message : words.errors.garbled

/** Turns an answer that is not a success into our error. A body that is not ours becomes `garbled`. */
export function errorFromBody(body: unknown): ApiError {
  const error = (body as Partial<ErrorBody> | null | undefined)?.error
  if (!error || typeof error.code !== 'string' || typeof error.message !== 'string')
    return localError('garbled')
  const english = inEnglish() ? mainEnglish()?.errorWords[error.code] : undefined
  return new ApiError(error.code, english ?? error.message, error)
}
