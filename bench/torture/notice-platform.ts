import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Random } from './random'

/** One message as the platform accepted it. */
export interface Accepted {
  readonly touser: string
  readonly page: string
  readonly at: number
}

export interface NoticePlatform {
  readonly port: number
  readonly accepted: readonly Accepted[]
  close(): Promise<void>
}

const [ANSWER_MIN_MS, ANSWER_SPREAD_MS] = [30, 40]

/** The platform's side of subscribe messages: what has come in is sent, whether its sender lives to hear so or not. */
export async function startNoticePlatform(random: Random): Promise<NoticePlatform> {
  const accepted: Accepted[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.once('end', () => {
      const path = request.url ?? ''
      const answer = (body: object): void => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      }
      if (path.includes('stable_token')) return answer({ access_token: 'storm-token', expires_in: 7200 })
      if (!path.includes('/message/subscribe/send')) return answer({ errcode: 0 })
      const { touser, page } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Accepted
      accepted.push({ touser, page, at: Date.now() })
      setTimeout(
        () => answer({ errcode: 0, errmsg: 'ok', msgid: accepted.length }),
        ANSWER_MIN_MS + random.next() * ANSWER_SPREAD_MS,
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    accepted,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
