import type { Server } from 'node:http'
import { join } from 'node:path'
import type Koa from 'koa'
import { Redis } from 'ioredis'
import { auditTable } from './core/audit'
import { auditHeadTable, logAuditHeadHourly, sealAuditOften } from './core/audit-chain'
import { checkAuditDaily } from './core/audit-check'
import { memoryCache, redisCache } from './core/cache'
import type { Clock } from './core/clock'
import { projectRoot } from './core/config/load'
import type { Core } from './core/context'
import type { Database } from './core/db/database'
import { openMariadb } from './core/db/mariadb'
import { migration } from './core/db/migration'
import { openSqlite } from './core/db/sqlite'
import type { Table } from './core/db/tables'
import { forgetActsHourly, residentActTable } from './core/http/acts'
import { createHttpApp } from './core/http/app'
import type { Who } from './core/http/edge-options'
import { docsPage, openApiDocument } from './core/http/openapi'
import type { Operations } from './core/http/operation'
import { acceptSockets } from './core/http/sockets'
import { type StaticPages, staticPages } from './core/http/static-pages'
import { createIds, randomToken } from './core/ids'
import { forgetDoneJobsHourly } from './core/jobs/forget-done'
import { type JobRunner, startJobRunner } from './core/jobs/runner'
import { jobTable, scheduleTable } from './core/jobs/table'
import { createLimiter } from './core/limiter'
import type { Logger } from './core/log'
import { createMetrics } from './core/metrics'
import { watchPressure } from './core/pressure'
import { noSignals, redisSignals } from './core/signals'
import { createVault } from './core/vault'
import { features } from './features'
import { authenticate } from './features/identity'
import { staffDoor } from './features/staff'
import type { Ctx } from './platforms/context'
import type { Platforms } from './platforms'
import type { Config } from './platforms/whole-config'

const tables: readonly Table<unknown>[] = [
  jobTable,
  scheduleTable,
  auditTable,
  auditHeadTable,
  residentActTable,
  ...features.flatMap((feature) => feature.tables),
]
export const tableNames: readonly string[] = tables.map(({ name }) => name)

// Until the first release the schema is what the declarations say; from then on every change is a migration of
// its own (docs/decisions/0003-two-engines.md).
const migrations = [
  migration(1, 'FirstJourney', async (runner) => {
    for (const table of tables) await table.create(runner)
  }),
]

export interface Process {
  readonly config: Config
  readonly core: Core
  readonly redis: Redis | null
  /** Ends what lives longer than a request; called before the server waits for its connections. */
  stop(): void
  close(): Promise<void>
}

/** Opens what the process keeps for its life: database, cache, keys, counters. */
export async function openCore(
  config: Config,
  options: { clock: Clock; log: Logger },
): Promise<Process & { onWake(wake: () => void): void }> {
  const { clock, log } = options
  const db = await openDatabase(config)
  const redis = config.redis ? connectRedis(config.redis.url, log) : null
  const memory = memoryCache(clock)
  const cache =
    redis && config.redis
      ? redisCache(redis, config.redis.keyPrefix, memory, (error) => log.warn({ err: error }, 'redis.fault'))
      : memory
  const others =
    redis && config.redis
      ? redisSignals(redis, { prefix: config.redis.keyPrefix, self: randomToken(8), log })
      : { signals: noSignals, close: () => undefined }
  const busyness = watchPressure(config.http.shedAtLoopMs)
  let wake = (): void => undefined
  const stopping = new AbortController()
  const core: Core = {
    config,
    db,
    clock,
    ids: createIds(clock),
    log,
    vault: createVault(config.secrets),
    cache,
    limiter: createLimiter(cache, clock),
    localLimiter: createLimiter(memory, clock),
    metrics: createMetrics(),
    pressure: busyness.pressure,
    signals: others.signals,
    wakeJobs: () => wake(),
    stopping: stopping.signal,
  }
  return {
    config,
    core,
    redis,
    onWake: (listener) => {
      wake = listener
    },
    stop: () => stopping.abort(),
    close: async () => {
      stopping.abort()
      others.close()
      busyness.close()
      redis?.disconnect()
      await db.close()
    },
  }
}

function openDatabase(config: Config): Promise<Database> {
  const common = { tables: tables.map((table) => table.schema), migrations }
  if (config.database.engine === 'sqlite') return openSqlite({ ...config.database, ...common })
  return openMariadb({ ...config.database, engine: config.database.engine, ...common })
}

/** The process's one connection; what must not be lost is not in it. */
export function connectRedis(url: string, log: Logger): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    connectTimeout: 2000,
  })
  // Without a listener a lost Redis would end the process; limits and tokens fall back to memory meanwhile.
  redis.on('error', (error) => log.warn({ err: error }, 'redis.unreachable'))
  return redis
}

export interface Portal {
  readonly http: Koa
  readonly jobs: JobRunner
  contextFor(who: Omit<Who, 'ip'> & { ip: string | null }): Ctx
  /** Takes the sockets that clients open at this server. */
  acceptSockets(server: Server): void
}

/** Joins the core, the platforms and every feature into one portal. */
export function assemblePortal(
  process: Process & { onWake(wake: () => void): void },
  platforms: Platforms,
  options: { poll: boolean },
): Portal {
  const { core, config } = process
  const contextFor: Portal['contextFor'] = (who) => ({ ...core, config, platforms, ...who })
  const jobs = startJobRunner<Ctx>({
    core,
    jobs: features.flatMap((feature) => feature.jobs ?? []),
    schedules: [
      forgetDoneJobsHourly,
      forgetActsHourly,
      sealAuditOften,
      logAuditHeadHourly,
      checkAuditDaily,
      ...features.flatMap((feature) => feature.schedules ?? []),
    ],
    pumps: features.flatMap((feature) => feature.pumps ?? []),
    contextFor: (requestId) => contextFor({ requestId, ip: null, resident: null, staff: null }),
    poll: options.poll,
  })
  process.onWake(() => jobs.wake())
  const residents = staticPages(join(projectRoot(), config.http.pagesDir))
  const atWork = staticPages(join(projectRoot(), config.http.consoleDir), '/console')
  const http = createHttpApp<Ctx>({
    core,
    routes: features.flatMap((feature) => feature.routes),
    rawRoutes: features.flatMap((feature) => feature.rawRoutes ?? []),
    contextFor,
    authenticate,
    staff: staffDoor,
    pages: pagesOf(config, [atWork, residents]),
    inlineScripts: [...residents.inlineScripts, ...atWork.inlineScripts],
  })
  return {
    http,
    jobs,
    contextFor,
    acceptSockets: (server) =>
      acceptSockets<Ctx>(server, {
        core,
        app: http,
        routes: features.flatMap((feature) => feature.sockets ?? []),
        contextFor,
      }),
  }
}

/** Every operation of every feature, for the API document. */
function allOperations(): Operations {
  return Object.fromEntries(
    features.flatMap((feature) => feature.routes).map((route) => [route.name, route.operation]),
  )
}

function once(make: () => string): () => string {
  let made: string | null = null
  return () => (made ??= make())
}

function pagesOf(config: Config, built: readonly StaticPages[]): (koa: Koa.Context) => boolean {
  // Turning every schema into JSON Schema takes a good part of a second, so it waits until somebody reads it.
  const document = once(() =>
    JSON.stringify(openApiDocument(allOperations(), '一户 API', config.http.publicUrl)),
  )
  const docs = once(() => docsPage(allOperations(), '一户 API'))
  // The document tells an attacker nothing the repository does not, but a production portal serves residents only.
  const documented = config.environment !== 'production'
  return (koa) => {
    if (documented && koa.method === 'GET' && (koa.path === '/openapi.json' || koa.path === '/docs')) {
      koa.type = koa.path === '/docs' ? 'html' : 'json'
      koa.body = koa.path === '/docs' ? docs() : document()
      return true
    }
    return built.some((pages) => pages.answer(koa))
  }
}
