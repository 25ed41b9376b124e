import { createServer, type Server } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { assemblePortal, openCore, type Portal, type Process } from './assemble'
import { systemClock } from './core/clock'
import { ConfigError, configFiles, loadConfig, useShanghaiTime } from './core/config/load'
import { type Readiness, readinessOf } from './core/readiness'
import { createLogger } from './core/log'
import { prepareSetUp } from './features/staff'
import { createPlatforms } from './platforms/create'
import { planFaults } from './features/appointments'
import { calendarNames, catalogueFaults } from './features/catalogue'
import { chatFaults } from './features/chat'
import { officialFaults } from './features/official'
import { heatRuleFaults } from './features/heating'
import { languageFaults } from './features/knowledge'
import { leadRuleFaults } from './features/notices'
import { messageFaults } from './features/notifications'
import { tariffFaults } from './features/tariffs'
import { configSchema } from './platforms/whole-config'

interface Running {
  readonly process: Process
  readonly portal: Portal
  readonly http: Server
  readonly health: Server
}

// A process that holds thousands of sockets keeps much and allocates little, so V8 would collect all of it again each
// time it has grown by a tenth. It may grow to three times what is alive instead (docs/decisions/0033).
setFlagsFromString('--heap-growing-percent=200')

let draining = false

async function start(): Promise<void> {
  useShanghaiTime()
  const config = loadConfig(configSchema, configFiles())
  const faults = [
    ...catalogueFaults(config.companies),
    ...tariffFaults(config.companies),
    ...officialFaults(config.official.account, config.companies),
    ...languageFaults(),
    ...planFaults(config.appointments.plans, calendarNames()),
    ...chatFaults(config, calendarNames()),
    ...leadRuleFaults(config),
    ...heatRuleFaults(config),
    ...messageFaults(config),
  ]
  if (faults.length > 0) throw new ConfigError(faults)
  const log = createLogger(config.logging.level)
  const opened = await openCore(config, { clock: systemClock, log })
  const platforms = createPlatforms({
    config: config.platforms,
    publicUrl: config.http.publicUrl,
    clock: systemClock,
    log,
    sharedCache: opened.core.cache,
  })
  const portal = assemblePortal(opened, platforms, { poll: true })

  const http = createServer(
    {
      headersTimeout: config.http.headersTimeoutMs,
      requestTimeout: config.http.requestTimeoutMs,
      // Longer than proxies keep theirs (60 s): a request that meets our closing is lost, and reads as a 502.
      keepAliveTimeout: 75_000,
      connectionsCheckingInterval: 1000,
      maxHeaderSize: 16_384,
    },
    portal.http.callback(),
  )
  portal.acceptSockets(http)
  const readiness = readinessOf(opened.core, opened.redis, config.platforms.wechat.payBaseUrl)
  const health = createServer((request, response) => {
    void answerHealth(request.url ?? '/', opened, readiness).then(({ status, type, body }) =>
      response.writeHead(status, { 'content-type': type }).end(body),
    )
  })
  await listen(http, config.http.port, config.http.host, 'YIHU__HTTP__PORT')
  await listen(health, config.http.metricsPort, config.http.host, 'YIHU__HTTP__METRICS_PORT')
  const address = http.address()
  log.info(
    { port: typeof address === 'object' ? address?.port : null, engine: opened.core.db.engine },
    'portal.listening',
  )
  stopOnSignal({ process: opened, portal, http, health })
  await printSetUpCode(portal)
}

/** There is no default account: who can read what the first start prints makes the first one. */
async function printSetUpCode(portal: Portal): Promise<void> {
  const code = await prepareSetUp(
    portal.contextFor({ requestId: 'start', ip: null, resident: null, staff: null }),
  )
  if (code !== null) process.stdout.write(`工作台还没有账号。初始化码（24小时内有效，只能用一次）：${code}\n`)
}

async function answerHealth(
  url: string,
  opened: Process,
  readiness: () => Promise<Readiness>,
): Promise<{ status: number; type: string; body: string }> {
  const json = 'application/json'
  if (url === '/live') return { status: 200, type: json, body: '{"live":true}' }
  if (url === '/ready') {
    const state = draining ? { ready: false, why: ['stopping'] } : await readiness()
    return { status: state.ready ? 200 : 503, type: json, body: JSON.stringify(state) }
  }
  if (url === '/metrics') {
    const { registry } = opened.core.metrics
    return { status: 200, type: registry.contentType, body: await registry.metrics() }
  }
  return { status: 404, type: json, body: '{}' }
}

function listen(server: Server, port: number, host: string, option: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error)
      reject(
        new ConfigError([`port ${port} is taken by another program; choose another with ${option}=<port>`]),
      )
    })
    server.listen(port, host, resolve)
  })
}

/** Says no to new work, finishes what is under way, then closes; a second signal changes nothing. */
function stopOnSignal(running: Running): void {
  const stop = (exitCode: number): void => {
    if (draining) return
    draining = true
    const { http: limits } = running.process.config
    setTimeout(() => process.exit(1), limits.stopTimeoutMs).unref()
    void stopInOrder(running).then(() => process.exit(exitCode))
  }
  process.on('SIGTERM', () => stop(0))
  process.on('SIGINT', () => stop(0))
  process.on('unhandledRejection', (error) => {
    running.process.core.log.error({ err: error }, 'process.unhandled-rejection')
    stop(1)
  })
}

async function stopInOrder({ process: opened, portal, http, health }: Running): Promise<void> {
  const { drainMs } = opened.config.http
  if (drainMs > 0) await new Promise((resolve) => setTimeout(resolve, drainMs))
  opened.stop()
  // A page that keeps asking on one connection would keep it for as long as it is open: each next answer ends it.
  http.prependListener('request', (_request, response) => void response.setHeader('Connection', 'close'))
  const closed = new Promise((resolve) => http.close(resolve))
  // What was under way when it began is answered first, and its connection would then stay until it is told.
  const idle = setInterval(() => http.closeIdleConnections(), 100)
  http.closeIdleConnections()
  await portal.jobs.stop()
  await closed
  clearInterval(idle)
  health.close()
  health.closeAllConnections()
  await opened.close()
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(error instanceof ConfigError ? 78 : 1)
})
