import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import type { Load, LoadResult } from './lib/load'

/**
 * A program of its own: keeps so many connections busy with one request each at a time. Written on bare sockets,
 * because on a small machine an HTTP client would take more of the processor than the server it measures.
 */
const load = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Load
const bytes = load.requests.map((text) => Buffer.from(text))
const tookMs: number[] = []
const statuses: Record<string, number> = {}
let next = 0

function takeRequest(): Buffer | undefined {
  if (next >= load.count) return undefined
  return bytes[next++ % bytes.length]
}

/** The length of the first whole answer in the buffer, or 0 when more bytes must come. */
function answerLength(buffer: Buffer): number {
  const end = buffer.indexOf('\r\n\r\n')
  if (end < 0) return 0
  const head = buffer.toString('latin1', 0, end)
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  const whole = end + 4 + Number(length ?? 0)
  return buffer.length >= whole ? whole : 0
}

function keepBusy(socket: Socket, done: () => void): void {
  let received: Buffer = Buffer.alloc(0)
  let startedAt = 0
  const send = (): void => {
    const request = takeRequest()
    if (!request) {
      socket.destroy()
      done()
      return
    }
    startedAt = performance.now()
    socket.write(request)
  }
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const length = answerLength(received)
    if (length === 0) return
    tookMs.push(performance.now() - startedAt)
    const status = received.toString('latin1', 9, 12)
    statuses[status] = (statuses[status] ?? 0) + 1
    received = received.subarray(length)
    send()
  })
  socket.on('connect', send)
}

async function main(): Promise<void> {
  const started = performance.now()
  await Promise.all(
    Array.from(
      { length: load.connections },
      () =>
        new Promise<void>((resolve, reject) => {
          const socket = connect({ port: load.port, host: '127.0.0.1', noDelay: true })
          socket.once('error', reject)
          socket.once('end', () => reject(new Error('the server ended a connection')))
          keepBusy(socket, resolve)
        }),
    ),
  )
  const seconds = (performance.now() - started) / 1000
  const sorted = tookMs.sort((a, b) => a - b)
  const at = (share: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10
  const result: LoadResult = {
    perSecond: Math.round((sorted.length / seconds) * 10) / 10,
    seconds,
    statuses,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    maxMs: at(1),
  }
  process.stdout.write(JSON.stringify(result))
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`)
  process.exit(1)
})
