import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a stand-in platform received, whole. */
export interface StubRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface StubServer {
  readonly url: string
  readonly requests: StubRequest[]
  /** How the next requests are answered. */
  answer(handler: (request: StubRequest, response: ServerResponse) => void): void
  close(): Promise<void>
}

/** A tiny platform for tests that answers, or misbehaves, exactly as a test says. */
export async function startStub(): Promise<StubServer> {
  const requests: StubRequest[] = []
  let handler = (_request: StubRequest, response: ServerResponse): void => {
    response.writeHead(404).end()
  }
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      const request = {
        method: incoming.method ?? '',
        url: incoming.url ?? '',
        headers: incoming.headers,
        body,
      }
      requests.push(request)
      handler(request, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (next) => {
      handler = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

type Misbehaviour = (request: StubRequest, response: ServerResponse) => void

/** Every way in which a platform can fail to answer; none of them may be taken for an answer. */
export const MISBEHAVIOURS: readonly (readonly [string, Misbehaviour])[] = [
  ['never answers', () => undefined],
  ['answers 500', (_request, response) => response.writeHead(500).end('{"code":"SYSTEM_ERROR"}')],
  ['answers 429', (_request, response) => response.writeHead(429).end('{"code":"FREQUENCY_LIMITED"}')],
  ['answers a web page', (_request, response) => response.writeHead(200).end('<html>welcome</html>')],
  ['answers null', (_request, response) => response.writeHead(200).end('null')],
  ['answers 10 MB', (_request, response) => response.writeHead(200).end(Buffer.alloc(10_485_760, 0x20))],
  ['redirects', (request, response) => response.writeHead(302, { location: request.url }).end()],
  ['cuts the connection', (_request, response) => response.destroy()],
]
