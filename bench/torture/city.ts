import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { parse, stringify } from 'yaml'
import { makeFresh, sandboxBuild, serverBuild } from '../../scripts/builds'
import { type demoSecrets, writeDemoConfig } from '../../scripts/demo-config'
import { keptKeys } from '../../scripts/kept-keys'
import { freePort } from '../../scripts/ports'
import { type Running, startChild, stopChild, until } from '../../scripts/processes'
import { run } from '../../scripts/run'
import type { Services } from '../../scripts/services'
import { ROOT } from '../../scripts/sources'
import { say } from '../lib/result'
import { statusOf } from '../lib/world'
import { startTcpProxy, type TcpProxy } from './tcp-proxy'

export type TortureEngine = 'sqlite' | 'mariadb'

/** One portal process that is killed and started again; its ports stay the same. */
export interface PortalNode {
  readonly port: number
  readonly metricsPort: number
  kill9(): Promise<void>
  /** Starts it again and waits until it answers. */
  start(): Promise<void>
  stop(): Promise<void>
  isUp(): boolean
}

/** The sandbox, one or two portals on one database, and the address in front of them. */
export interface City {
  readonly engine: TortureEngine
  readonly dataDir: string
  readonly sandboxUrl: string
  /** Where residents and platforms find the portal. */
  readonly portalUrl: string
  readonly front: TcpProxy
  readonly nodes: readonly PortalNode[]
  readonly secrets: ReturnType<typeof demoSecrets>
  readonly databaseFile: string
  readonly databaseName: string
  /** What a program beside the portals needs to read the same configuration. */
  readonly env: Readonly<Record<string, string>>
  importFile(companyId: string, file: string): Promise<void>
  /** Prints the last lines of each portal's log in which this pattern is found. */
  tellLogs(pattern: string): void
  stop(): Promise<void>
}

export interface CityOptions {
  readonly engine: TortureEngine
  readonly services: Services | null
  readonly seed: number
  /** A port to use in place of MariaDB's own, such as a proxy's. */
  readonly mariadbPort?: number
  readonly redisPort?: number
  readonly nodes?: number
  /** Further YIHU__… settings. */
  readonly settings?: Readonly<Record<string, string>>
}

// Sweeps look every few seconds instead of over hours, and the limits that stop such a crowd are lifted.
const looks = Array.from({ length: 80 }, (_, index) => (index < 4 ? index + 1 : 5 * (index - 3)))
const open = '{limit: 100000000, windowMs: 60000}'
const SETTINGS: Readonly<Record<string, string>> = {
  YIHU__PAYMENTS__CHECK_AFTER_SECONDS: JSON.stringify(looks),
  YIHU__PAYMENTS__HOLD_MINUTES: '1',
  YIHU__LIMITS__READ: open,
  YIHU__LIMITS__WRITE: open,
  YIHU__LIMITS__LOGIN: open,
  YIHU__LIMITS__LOGIN_PER_IP: open,
  YIHU__LIMITS__ORDER: open,
  YIHU__LIMITS__PER_IP: open,
  YIHU__LIMITS__BIND_TRIES_PER_DAY: '1000',
  YIHU__LIMITS__HOUSEHOLDS_PER_RESIDENT: '1000',
  YIHU__LIMITS__OPEN_ORDERS_PER_RESIDENT: '100000',
  YIHU__LOGGING__LEVEL: 'warn',
}

/** Builds, writes the configuration of both sides, and starts everything but the portals' first import. */
export async function startCity(options: CityOptions): Promise<City> {
  await makeFresh(serverBuild)
  await makeFresh(sandboxBuild)
  const dataDir = mkdtempSync(join(tmpdir(), `yihu-torture-${options.engine}-`))
  const forget = (): void => rmSync(dataDir, { recursive: true, force: true })
  process.once('exit', forget)
  const secrets = keptKeys(dataDir)
  const count = options.nodes ?? (options.engine === 'mariadb' ? 2 : 1)
  const places = await Promise.all(
    Array.from({ length: count }, async () => ({ port: await freePort(), metricsPort: await freePort() })),
  )
  const front = await startTcpProxy(places.map(({ port }) => port))
  const databaseName = `torture_${process.pid}_${Date.now()}`
  if (options.engine === 'mariadb') await createDatabase(options, databaseName)
  const sandboxPort = await freePort()
  const files = await configure(options, { dataDir, front, sandboxPort, databaseName })
  const sandbox = await startProgram('sandbox', dataDir, {
    program: 'sandbox/dist/main.cjs',
    args: ['--config', files.sandboxFile],
    env: {},
    readyUrl: `http://127.0.0.1:${sandboxPort}/control/state`,
  })
  const env = { YIHU_CONFIG: `config/demo.yaml:${files.serverFile}`, ...SETTINGS, ...options.settings }
  const nodes = places.map((place, index) => portalNode(dataDir, index, place, env))
  return {
    engine: options.engine,
    dataDir,
    sandboxUrl: `http://127.0.0.1:${sandboxPort}`,
    portalUrl: `http://127.0.0.1:${front.port}`,
    front,
    nodes,
    secrets,
    databaseFile: join(dataDir, 'yihu.sqlite'),
    databaseName,
    env,
    importFile: async (companyId, file) => {
      const args = ['--import', 'tsx', 'scripts/import.ts', '--company', companyId, file]
      const ran = await run(process.execPath, [...args, '--refused', join(dataDir, 'refused.csv')], { env })
      if (ran.code !== 0) throw new Error(`the import failed:\n${ran.output}`)
    },
    tellLogs: (pattern) => {
      const wanted = new RegExp(pattern)
      for (const index of nodes.keys()) {
        const lines = readFileSync(join(dataDir, `portal-${index + 1}.log`), 'utf8').split('\n')
        for (const line of lines.filter((text) => wanted.test(text)).slice(-40)) say(line)
      }
    },
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop()))
      await stopChild(sandbox, 10_000)
      await front.close()
      process.off('exit', forget)
      forget()
    },
  }
}

function mariadbPortOf(options: CityOptions): number {
  return options.mariadbPort ?? options.services?.mariadbPort ?? 0
}

async function createDatabase(options: CityOptions, name: string): Promise<void> {
  const port = options.services?.mariadbPort ?? mariadbPortOf(options)
  const connection = await createConnection({ host: '127.0.0.1', port, user: 'root' })
  await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`)
  await connection.end()
}

async function configure(
  options: CityOptions,
  place: { dataDir: string; front: TcpProxy; sandboxPort: number; databaseName: string },
): Promise<{ sandboxFile: string; serverFile: string }> {
  const files = writeDemoConfig({
    dataDir: place.dataDir,
    ports: {
      portal: place.front.port,
      metrics: await freePort(),
      sandbox: place.sandboxPort,
      wechatPhone: await freePort(),
      alipayPhone: await freePort(),
      workerPhone: await freePort(),
    },
    database:
      options.engine === 'sqlite'
        ? { engine: 'sqlite' }
        : {
            engine: 'mariadb',
            mariadbPort: mariadbPortOf(options),
            redisPort: options.redisPort ?? options.services?.redisPort ?? 0,
          },
  })
  const sandbox = parse(readFileSync(files.sandboxFile, 'utf8')) as Record<string, unknown>
  writeFileSync(files.sandboxFile, stringify({ ...sandbox, seed: options.seed, dataDir: undefined }))
  if (options.engine === 'mariadb') {
    const server = parse(readFileSync(files.serverFile, 'utf8')) as Record<string, object>
    writeFileSync(
      files.serverFile,
      stringify({ ...server, database: { ...server['database'], database: place.databaseName } }),
    )
  }
  return files
}

interface Program {
  readonly program: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly readyUrl: string
}

async function startProgram(name: string, dataDir: string, what: Program): Promise<Running> {
  const file = join(dataDir, `${name}.log`)
  const log = openSync(file, 'a')
  const running = startChild(name, process.execPath, [what.program, ...what.args], {
    cwd: ROOT,
    env: { ...process.env, ...what.env },
    stdio: ['ignore', log, log],
  })
  const kill = (): void => void running.child.kill('SIGKILL')
  process.once('exit', kill)
  running.child.once('exit', () => process.off('exit', kill))
  await until(async () => running.child.exitCode !== null || (await statusOf(what.readyUrl)) === 200, {
    timeoutMs: 60_000,
    everyMs: 40,
    timedOut: () => `${name} did not answer: ${readFileSync(file, 'utf8').slice(-1500)}`,
  })
  if (running.child.exitCode !== null)
    throw new Error(`${name} ended at its start: ${readFileSync(file, 'utf8').slice(-1500)}`)
  return running
}

function portalNode(
  dataDir: string,
  index: number,
  place: { port: number; metricsPort: number },
  env: Readonly<Record<string, string>>,
): PortalNode {
  let running: Running | null = null
  return {
    ...place,
    isUp: () => running !== null,
    start: async () => {
      running = await startProgram(`portal-${index + 1}`, dataDir, {
        program: 'server/dist/main.cjs',
        args: [],
        env: {
          ...env,
          YIHU__HTTP__PORT: String(place.port),
          YIHU__HTTP__METRICS_PORT: String(place.metricsPort),
        },
        readyUrl: `http://127.0.0.1:${place.metricsPort}/live`,
      })
    },
    kill9: async () => {
      const victim = running
      running = null
      victim?.child.kill('SIGKILL')
      await victim?.ended
    },
    stop: async () => {
      const last = running
      running = null
      if (last) await stopChild(last, 15_000)
    },
  }
}
