import type { Kernel } from '../../kernel/kernel'
import { ApiError } from './errors'

/** One call to api.weixin.qq.com. */
export interface ApiCall {
  kernel: Kernel
  query: URLSearchParams
  rawBody: Buffer
}

/** A file instead of JSON. */
export interface FileAnswer {
  contentType: string
  bytes: Buffer
}

/** Answers a plain object, JSON text where a number is too large for JavaScript, or a file. */
export type ApiAct = (call: ApiCall) => Record<string, unknown> | string | FileAnswer

/** The body as a JSON object: 44002 when empty, 47001 when not JSON. */
export function jsonBody(call: ApiCall): Record<string, unknown> {
  if (call.rawBody.length === 0) throw new ApiError(44002)
  let parsed: unknown
  try {
    parsed = JSON.parse(call.rawBody.toString('utf8'))
  } catch {
    throw new ApiError(47001)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new ApiError(47001)
  return parsed as Record<string, unknown>
}

/** Counts a call under a name within a window of the sandbox's clock, and refuses when the limit is passed. */
export function countCall(
  kernel: Kernel,
  name: string,
  limit: { count: number; windowMs: number; errcode: 45009 | 45011 },
): void {
  // Days end at midnight in Shanghai, eight hours before UTC's.
  const window = Math.floor((kernel.clock.now() + 8 * 3_600_000) / limit.windowMs)
  const table = kernel.store.table<{ window: number; count: number }>('wechat.counters')
  const key = `${name}|${limit.windowMs}`
  const row = table.get(key)
  const count = row?.window === window ? row.count + 1 : 1
  if (count > limit.count) throw new ApiError(limit.errcode)
  table.put(key, { window, count })
}
