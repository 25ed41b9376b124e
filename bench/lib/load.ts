import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../../scripts/run'
import { childProgram } from './child-program'

/** Requests as they go over the wire, each sent once, or in turn until `count` are answered. */
export interface Load {
  readonly port: number
  readonly connections: number
  readonly requests: readonly string[]
  readonly count: number
}

export interface LoadResult {
  readonly perSecond: number
  readonly seconds: number
  /** Status → how many. */
  readonly statuses: Readonly<Record<string, number>>
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

/** Puts the load on from a process of its own, so that the generator's work is not in the way of what it measures. */
export async function putLoadOn(load: Load): Promise<LoadResult> {
  const folder = mkdtempSync(join(tmpdir(), 'yihu-load-'))
  const file = join(folder, 'load.json')
  writeFileSync(file, JSON.stringify(load))
  try {
    const ran = await run(process.execPath, [await childProgram('load-generator'), file])
    if (ran.code !== 0) throw new Error(`the load generator failed:\n${ran.output}`)
    return JSON.parse(ran.output) as LoadResult
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One HTTP/1.1 request as text. */
export function requestText(
  method: 'GET' | 'POST',
  path: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): string {
  const lines = Object.entries({
    host: '127.0.0.1',
    ...headers,
    ...(method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {}),
  }).map(([name, value]) => `${name}: ${value}`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`
}
