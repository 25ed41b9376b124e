import { openSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { createPool, type Pool, type RowDataPacket } from 'mysql2/promise'
import { parse, stringify } from 'yaml'
import { makeFresh, serverBuild } from '../../scripts/builds'
import { demoSecrets, writeDemoConfig } from '../../scripts/demo-config'
import { freePort } from '../../scripts/ports'
import { type Running, startChild, stopChild, until } from '../../scripts/processes'
import { type Services, temporaryServices } from '../../scripts/services'
import { ROOT } from '../../scripts/sources'

/** A private MariaDB and Redis for one bench, with the demo's keys. */
export interface World {
  readonly services: Services
  readonly dataDir: string
  readonly secrets: ReturnType<typeof demoSecrets>
  /** A pool of plain connections to a database of that name, which is made when it is missing. */
  database(name: string): Promise<Pool>
  stop(): Promise<void>
}

/** Commits are on the disk when they are answered; a bench that cheats here would measure nothing. */
export async function openWorld(): Promise<World> {
  const services = await temporaryServices()
  // Keys take seconds to make and are the same for every run.
  const dataDir = join(ROOT, '.test', 'bench')
  const secrets = demoSecrets(dataDir)
  const pools: Pool[] = []
  const database = async (name: string): Promise<Pool> => {
    const account = { host: '127.0.0.1', port: services.mariadbPort, user: 'root', connectionLimit: 4 }
    const plain = createPool(account)
    await plain.query(`CREATE DATABASE IF NOT EXISTS ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`)
    const [rows] = await plain.query<RowDataPacket[]>('SELECT @@innodb_flush_log_at_trx_commit AS flush')
    await plain.end()
    if (Number(rows[0]?.['flush']) !== 1) throw new Error('MariaDB does not flush at each commit')
    const pool = createPool({ ...account, database: name })
    pools.push(pool)
    return pool
  }
  return {
    services,
    dataDir,
    secrets,
    database,
    stop: async () => {
      await Promise.all(pools.map((pool) => pool.end()))
      await services.stop()
    },
  }
}

export interface Server {
  readonly port: number
  readonly pid: number
  stop(): Promise<void>
}

/** Both sides of a comparison get as many connections. */
export const POOL_SIZE = 20

/** The portal as it is shipped: the bundle, its own process, the demo's configuration on the given database. */
export async function startPortal(world: World, databaseName: string): Promise<Server> {
  await makeFresh(serverBuild)
  const [portal, metrics] = [await freePort(), await freePort()]
  const { serverFile } = writeDemoConfig({
    dataDir: world.dataDir,
    ports: { portal, metrics, sandbox: 9, wechatPhone: 9, alipayPhone: 9, workerPhone: 9 },
    database: {
      engine: 'mariadb',
      mariadbPort: world.services.mariadbPort,
      redisPort: world.services.redisPort,
    },
  })
  const config = parse(readFileSync(serverFile, 'utf8')) as Record<string, Record<string, unknown>>
  Object.assign(config['database'] ?? {}, { database: databaseName, poolSize: POOL_SIZE })
  // Nothing outside is part of the measurement, and the limits are there to stop just such a load.
  Object.assign(config['platforms'] ?? {}, { utilities: {} })
  const open = { limit: 1_000_000_000, windowMs: 60_000 }
  const limited = ['read', 'write', 'staff', 'login', 'loginPerIp', 'order', 'perIp']
  config['limits'] = Object.fromEntries(limited.map((limitName) => [limitName, open]))
  config['requests'] = { perDay: 1_000_000 }
  config['chat'] = { messagesPerMinute: 1_000_000, messagesPerDay: 1_000_000_000 }
  config['sockets'] = { perProcess: 20_000, perAddress: 20_000 }
  const file = join(world.dataDir, `${databaseName}.yaml`)
  writeFileSync(file, stringify(config), { mode: 0o600 })
  return startServer('portal', join(ROOT, 'server/dist/main.cjs'), {
    port: portal,
    readyUrl: `http://127.0.0.1:${metrics}/live`,
    log: join(world.dataDir, `${databaseName}.log`),
    env: { YIHU_CONFIG: `config/demo.yaml:${file}` },
  })
}

/** Starts a Node program and waits until it answers at `readyUrl`. */
export async function startServer(
  name: string,
  program: string,
  options: {
    port: number
    readyUrl: string
    log: string
    env: Record<string, string>
    args?: readonly string[]
  },
): Promise<Server> {
  const log = openSync(options.log, 'w')
  const profile = process.env['BENCH_PROFILE']
  const flags = profile === name ? ['--cpu-prof', `--cpu-prof-dir=${join(ROOT, '.test', 'profiles')}`] : []
  const running: Running = startChild(name, process.execPath, [...flags, program, ...(options.args ?? [])], {
    cwd: ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', log, log],
  })
  const kill = (): void => void running.child.kill('SIGKILL')
  process.once('exit', kill)
  await until(async () => (await statusOf(options.readyUrl)) === 200, {
    timeoutMs: 60_000,
    everyMs: 50,
    timedOut: () =>
      `${name} did not start; see ${options.log}:\n${readFileSync(options.log, 'utf8').slice(-2000)}`,
  })
  return {
    port: options.port,
    pid: running.child.pid ?? 0,
    stop: async () => {
      await stopChild(running, 15_000)
      process.off('exit', kill)
    },
  }
}

/** The status of a GET, or null when nobody answers. */
export function statusOf(url: string): Promise<number | null> {
  return new Promise((resolve) => {
    request(url, { timeout: 2000 }, (response) => {
      response.resume()
      resolve(response.statusCode ?? null)
    })
      .once('error', () => resolve(null))
      .end()
  })
}

/** One number from the database. */
export async function countOf(pool: Pool, sql: string): Promise<number> {
  const [rows] = await pool.query<RowDataPacket[]>(sql)
  return Number(Object.values(rows[0] ?? { none: 0 })[0])
}
