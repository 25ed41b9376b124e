import { createServer } from 'node:http'

/**
 * A program of its own: the two calls of api.weixin.qq.com that a subscribe message needs, answered after
 * `delayMs`. It judges nothing, so that it is not what limits the sender.
 */
const port = Number(process.env['PLATFORM_PORT'])
const delayMs = Number(process.env['PLATFORM_DELAY_MS'] ?? 0)
const OK = Buffer.from('{"errcode":0,"errmsg":"ok","msgid":2402106391853170689}')

createServer((request, response) => {
  const answer = (body: Buffer | string): void => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body)
  }
  request.resume()
  request.once('end', () => {
    const path = request.url ?? '/'
    if (path.includes('/cgi-bin/stable_token'))
      return answer('{"access_token":"bench-token","expires_in":7200}')
    if (!path.includes('/cgi-bin/message/')) return answer('{}')
    if (delayMs === 0) answer(OK)
    else setTimeout(() => answer(OK), delayMs)
  })
}).listen(port, '127.0.0.1')
