import { createInterface } from 'node:readline'
import { connectRedis } from '../assemble'
import { memoryCache, redisCache } from '../core/cache'
import { systemClock } from '../core/clock'
import { createLogger } from '../core/log'
import { createOutgoingHttp } from '../platforms/outgoing-http'
import { createWechatMessages } from '../platforms/wechat/messages'
import { createWechatTokens } from '../platforms/wechat/tokens'

/** One of several processes that send at the same time: it sends when it is told to, and says what became of it. */
async function main(): Promise<void> {
  const [apiUrl = '', redisUrl = '', prefix = '', appId = ''] = process.argv.slice(2)
  const redis = connectRedis(redisUrl, createLogger('silent'))
  const http = createOutgoingHttp({ connectTimeoutMs: 10_000, totalTimeoutMs: 10_000 })
  const tokens = createWechatTokens({
    api: { http, baseUrl: apiUrl },
    clock: systemClock,
    log: { warn: () => undefined },
    secrets: { [appId]: 'secret' },
    sharedCache: redisCache(redis, prefix, memoryCache(systemClock), () => undefined),
  })
  const messages = createWechatMessages({ tokens, appId, miniprogramState: 'formal' })
  redis.once('ready', () => process.stdout.write('ready\n'))
  for await (const line of createInterface({ input: process.stdin })) {
    const count = Number(line)
    const outcomes = await Promise.all(
      Array.from({ length: count }, () =>
        messages.send({ to: 'o1', idType: 'openid', templateId: 't', fields: {}, page: null }),
      ),
    )
    process.stdout.write(`${JSON.stringify(outcomes.map(({ state }) => state))}\n`)
  }
  await http.close()
  redis.disconnect()
}

void main()
