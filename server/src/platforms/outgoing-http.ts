import { Agent, request } from 'undici'
import type { z } from 'zod'
import { AppError } from '../core/errors'

/** One answer, whole and unread. Header values are arrays when the platform sent the header more than once. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: Buffer
}

export interface OutgoingRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers?: Record<string, string>
  readonly body?: string
  /** How much of an answer is read before it counts as garbage. */
  readonly maxBodyBytes?: number
}

export interface OutgoingHttp {
  /** Throws OutgoingFailure when no whole answer came. Redirects are answers like any other, never followed. */
  send(outgoing: OutgoingRequest): Promise<HttpAnswer>
  close(): Promise<void>
}

/**
 * No whole answer came. `neverSent` tells that the other side cannot have seen the request, which is the only
 * case in which a message may safely be sent again.
 */
export class OutgoingFailure extends AppError {
  readonly neverSent: boolean

  constructor(detail: string, neverSent: boolean, cause?: unknown) {
    super('platform_unavailable', { detail, cause })
    this.neverSent = neverSent
  }
}

/** The platform said that it will not take the call now: HTTP 429 or 503. It has done nothing. */
export class PlatformBusy extends OutgoingFailure {
  constructor(detail: string) {
    super(detail, true)
  }
}

/** The failure for an answer whose HTTP status alone says that there is no answer in it. */
export function statusFailure(what: string, status: number): OutgoingFailure {
  const detail = `${what}: HTTP ${status}`
  return status === 429 || status === 503 ? new PlatformBusy(detail) : new OutgoingFailure(detail, false)
}

const DEFAULT_MAX_BODY_BYTES = 1024 * 1024
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Every call that platform folders make goes through here: bounded in time and bytes, and never redirected. */
export function createOutgoingHttp(options: {
  connectTimeoutMs: number
  totalTimeoutMs: number
}): OutgoingHttp {
  const agent = new Agent({
    connect: { timeout: options.connectTimeoutMs },
    headersTimeout: options.totalTimeoutMs,
    bodyTimeout: options.totalTimeoutMs,
  })
  return {
    send: (outgoing) => exchange(agent, options.totalTimeoutMs, outgoing),
    // Not destroy(): urllib, which alipay-sdk brings, trips over one error that ends several sockets.
    close: () => agent.close(),
  }
}

async function exchange(
  agent: Agent,
  totalTimeoutMs: number,
  outgoing: OutgoingRequest,
): Promise<HttpAnswer> {
  const place = withoutQuery(outgoing.url)
  try {
    const answer = await request(outgoing.url, {
      method: outgoing.method,
      // Compressed answers would have to be unpacked before their bytes can be counted or verified.
      headers: { ...outgoing.headers, 'accept-encoding': 'identity' },
      body: outgoing.body ?? null,
      dispatcher: agent,
      signal: AbortSignal.timeout(totalTimeoutMs),
    })
    const body = await readCapped(answer.body, outgoing.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES, place)
    return { status: answer.statusCode, headers: answer.headers, body }
  } catch (error) {
    if (error instanceof OutgoingFailure) throw error
    const code = errorCode(error)
    throw new OutgoingFailure(`${place}: ${code}`, NEVER_SENT.has(code), error)
  }
}

async function readCapped(body: AsyncIterable<Buffer>, maxBytes: number, place: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  // Leaving the loop destroys the stream, so an endless answer costs no more than its first `maxBytes`.
  for await (const chunk of body) {
    length += chunk.length
    if (length > maxBytes) throw new OutgoingFailure(`${place}: answer over ${maxBytes} bytes`, false)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}

/** Query strings carry tokens and secrets, so they stay out of every message. */
function withoutQuery(url: string): string {
  return url.split('?', 1)[0] ?? url
}

function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown error'
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'name' in error && typeof error.name === 'string' ? error.name : 'unknown error'
}

/** Reads an answer's JSON against what we expect of it; anything else counts as no answer at all. */
export function readJson<T extends z.ZodType>(answer: HttpAnswer, schema: T, what: string): z.output<T> {
  const parsed = schema.safeParse(parseJson(answer.body))
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new AppError('platform_unavailable', {
    detail: `${what}: HTTP ${answer.status}, unreadable answer ${field}`,
  })
}

/** Undefined when the bytes are not JSON in UTF-8. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}
