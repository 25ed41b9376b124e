import { Agent, type Dispatcher } from 'undici'
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
  readonly body?: string | Buffer
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

/**
 * One call by undici's own dispatch, which costs a third less than its streams: answers here are small and wanted whole.
 */
function exchange(agent: Agent, totalTimeoutMs: number, outgoing: OutgoingRequest): Promise<HttpAnswer> {
  const { origin, path, place } = whereTo(outgoing.url)
  return new Promise((resolve, reject) => {
    const collector = new AnswerCollector({
      place,
      maxBytes: outgoing.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
      totalTimeoutMs,
      resolve,
      reject,
    })
    agent.dispatch(
      {
        origin,
        path,
        method: outgoing.method,
        // Compressed answers would have to be unpacked before their bytes can be counted or verified.
        headers: { ...outgoing.headers, 'accept-encoding': 'identity' },
        body: outgoing.body ?? null,
      },
      collector,
    )
  })
}

interface Collecting {
  readonly place: string
  readonly maxBytes: number
  readonly totalTimeoutMs: number
  readonly resolve: (answer: HttpAnswer) => void
  readonly reject: (failure: OutgoingFailure) => void
}

/** Gathers one answer, gives up on one that is too large or too slow, and settles once. */
class AnswerCollector implements Dispatcher.DispatchHandler {
  private readonly timer: NodeJS.Timeout
  private controller: Dispatcher.DispatchController | null = null
  private settled = false
  private status = 0
  private headers: HttpAnswer['headers'] = {}
  private readonly chunks: Buffer[] = []
  private length = 0

  constructor(private readonly call: Collecting) {
    this.timer = setTimeout(() => this.giveUp('timeout'), call.totalTimeoutMs)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller
    // Its time was up while it waited for a connection: now it must not go out any more.
    if (this.settled) controller.abort(new Error('given up'))
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: HttpAnswer['headers'],
  ): void {
    this.status = statusCode
    this.headers = headers
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.length += chunk.length
    // An endless answer costs no more than its first `maxBytes`.
    if (this.length > this.call.maxBytes) this.giveUp(`answer over ${this.call.maxBytes} bytes`)
    else this.chunks.push(chunk)
  }

  onResponseEnd(): void {
    if (!this.settle()) return
    const body = this.chunks.length === 1 ? this.chunks[0] : undefined
    this.call.resolve({
      status: this.status,
      headers: this.headers,
      body: body ?? Buffer.concat(this.chunks, this.length),
    })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const code = errorCode(error)
    this.fail(code, NEVER_SENT.has(code), error)
  }

  private giveUp(why: string): void {
    // What no connection was found for has not left.
    this.fail(why, this.controller === null)
    this.controller?.abort(new Error(why))
  }

  private fail(why: string, neverSent: boolean, cause?: unknown): void {
    if (this.settle()) this.call.reject(new OutgoingFailure(`${this.call.place}: ${why}`, neverSent, cause))
  }

  private settle(): boolean {
    if (this.settled) return false
    this.settled = true
    clearTimeout(this.timer)
    return true
  }
}

interface Whither {
  readonly url: string
  readonly origin: string
  readonly path: string
  /** Query strings carry tokens and secrets, so they stay out of every message. */
  readonly place: string
}

let last: Whither | null = null

/** Thousands of messages a second go to one address, which is taken apart once. */
function whereTo(url: string): Whither {
  if (last?.url === url) return last
  const { origin, pathname, search } = new URL(url)
  last = { url, origin, path: `${pathname}${search}`, place: url.split('?', 1)[0] ?? url }
  return last
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

const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** Undefined when the bytes are not JSON in UTF-8. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(UTF8.decode(bytes))
  } catch {
    return undefined
  }
}
