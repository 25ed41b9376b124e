import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { firstBytes, freePort } from './ports'
import { isOurs, type Running, startChild, stopChild, until } from './processes'
import { scratchFolder } from './scratch'
import { ensureTools, findTool } from './tools'

/**
 * A MariaDB and a Redis of our own: on free ports of this machine, in a folder, as the current user. They never
 * touch a service that already runs, and nothing outside their folder.
 */
export interface Services {
  readonly mariadbPort: number
  readonly redisPort: number
  stop(): Promise<void>
}

const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 30_000
/** A Unix socket's path holds 107 bytes; deeper folders get theirs in the system's temporary folder. */
const SOCKET_PATH_MAX = 100

export interface ServiceOptions {
  /**
   * Whether a commit is on the disk when it is answered, as in production; true unless told otherwise. Tests that cut
   * no power are many times faster without.
   */
  readonly durable?: boolean
}

/** Starts both in `folder`; what they keep there is found again at the next start. */
export async function startServices(folder: string, options: ServiceOptions = {}): Promise<Services> {
  const root = resolve(folder)
  mkdirSync(root, { recursive: true })
  const [mariadb, redis] = await Promise.all([
    startMariadb(join(root, 'mariadb'), options.durable ?? true),
    startRedis(join(root, 'redis')),
  ])
  return {
    mariadbPort: mariadb.port,
    redisPort: redis.port,
    stop: async () => {
      await Promise.all([stopService(mariadb), stopService(redis)])
    },
  }
}

/** Both for one run, gone with it: also when the script dies of an error. */
export async function temporaryServices(options: ServiceOptions = {}): Promise<Services> {
  const durable = options.durable ?? true
  const folder = durable ? mkdtempSync(join(tmpdir(), 'yihu-services-')) : scratchFolder('yihu-services-')
  const services = await startServices(folder, options)
  const forget = (): void => rmSync(folder, { recursive: true, force: true })
  process.once('exit', forget)
  return {
    ...services,
    stop: async () => {
      await services.stop()
      process.off('exit', forget)
      forget()
    },
  }
}

interface Service {
  readonly running: Running
  readonly port: number
  readonly killOnExit: () => void
}

const DURABLE = ['--innodb-flush-log-at-trx-commit=1']
const HASTY = [
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-flush-method=nosync',
  '--skip-innodb-doublewrite',
]

/** Starts MariaDB with an empty root password on 127.0.0.1 only; `data` is made on the first start. */
export async function startMariadb(data: string, durable: boolean): Promise<Service> {
  stopLeftover(join(data, 'pid'), ['mariadbd', data])
  if (!existsSync(join(data, 'mysql'))) installMariadb(data)
  const port = await freePort()
  const deep = join(data, 'socket')
  const short = join(tmpdir(), `yihu-${createHash('sha256').update(data).digest('hex').slice(0, 16)}.sock`)
  const running = startChild(
    'MariaDB',
    findTool('mariadbd'),
    [
      '--no-defaults',
      ...asRoot(),
      `--datadir=${data}`,
      `--socket=${deep.length > SOCKET_PATH_MAX ? short : deep}`,
      `--pid-file=${join(data, 'pid')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--skip-name-resolve',
      '--skip-log-bin',
      '--character-set-server=utf8mb4',
      // Without it two openids that differ only in case would be one.
      '--collation-server=utf8mb4_bin',
      ...(durable ? DURABLE : HASTY),
      '--innodb-buffer-pool-size=512M',
      '--max-connections=400',
    ],
    logTo(`${data}.log`),
  )
  return whenUp({ running, port, killOnExit: killWhenWeExit(running) }, `${data}.log`, async () => {
    const greeting = await firstBytes(port, '')
    // The fifth byte is the protocol version, 10; an error packet (too early) has 255 there.
    return greeting?.[4] === 10
  })
}

function installMariadb(data: string): void {
  mkdirSync(data, { recursive: true })
  execFileSync(
    findTool('mariadb-install-db'),
    [
      '--no-defaults',
      ...asRoot(),
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--skip-name-resolve',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
}

/** Starts Redis as production must run it: every second on the disk, and nothing is thrown out when it is full. */
export async function startRedis(data: string): Promise<Service> {
  mkdirSync(data, { recursive: true })
  stopLeftover(join(data, 'pid'), ['redis-server'])
  const port = await freePort()
  const running = startChild(
    'Redis',
    findTool('redis-server'),
    Object.entries({
      port: String(port),
      bind: '127.0.0.1',
      dir: data,
      pidfile: join(data, 'pid'),
      save: '',
      appendonly: 'yes',
      'maxmemory-policy': 'noeviction',
    }).flatMap(([name, value]) => [`--${name}`, value]),

    logTo(`${data}.log`),
  )
  if (running.child.pid !== undefined) writeFileSync(join(data, 'pid'), String(running.child.pid))
  return whenUp({ running, port, killOnExit: killWhenWeExit(running) }, `${data}.log`, async () => {
    const answer = await firstBytes(port, 'PING\r\n')
    return answer?.toString().startsWith('+PONG') ?? false
  })
}

function asRoot(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : []
}

function logTo(file: string): { stdio: ['ignore', number, number] } {
  const log = openSync(file, 'a')
  return { stdio: ['ignore', log, log] }
}

async function whenUp(service: Service, log: string, isUp: () => Promise<boolean>): Promise<Service> {
  const { running } = service
  const last = (): string => readFileSync(log, 'utf8').split('\n').slice(-8).join('\n')
  const died = running.ended.then((code) => {
    throw new Error(
      `${running.name} ended with code ${code} while starting; its last words (${log}):\n${last()}`,
    )
  })
  const up = until(isUp, {
    timeoutMs: START_TIMEOUT_MS,
    everyMs: 30,
    timedOut: () => `${running.name} did not answer within a minute; its last words (${log}):\n${last()}`,
  })
  await Promise.race([up, died])
  died.catch(() => undefined)
  return service
}

/** A service must not outlive its script, not even when the script dies of an exception. */
function killWhenWeExit(running: Running): () => void {
  const kill = (): void => {
    running.child.kill('SIGKILL')
  }
  process.once('exit', kill)
  return kill
}

async function stopService(service: Service): Promise<void> {
  await stopChild(service.running, STOP_TIMEOUT_MS)
  process.off('exit', service.killOnExit)
}

/** A start that was killed outright leaves its service running; it holds our files, so it has to go first. */
function stopLeftover(pidFile: string, words: readonly string[]): void {
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8'))
  if (!Number.isInteger(pid) || pid <= 1 || !isOurs(commandLineOf(pid), words)) return
  process.kill(pid, 'SIGTERM')
  const end = Date.now() + STOP_TIMEOUT_MS
  while (commandLineOf(pid) !== null && Date.now() < end) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
  }
}

function commandLineOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') || null
  } catch {
    return null
  }
}

/** `npx tsx scripts/services.ts up --dir FOLDER`: prints one JSON line and stays until SIGTERM or Ctrl-C. */
async function stayUp(folder: string): Promise<void> {
  ensureTools(['mariadb', 'redis'])
  const services = await startServices(folder)
  process.stdout.write(
    `${JSON.stringify({ mariadbPort: services.mariadbPort, redisPort: services.redisPort })}\n`,
  )
  const stop = (): void => {
    void services.stop().then(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

if (process.argv[1]?.endsWith('services.ts') && process.argv[2] === 'up') {
  const folder = process.argv[process.argv.indexOf('--dir') + 1]
  if (!process.argv.includes('--dir') || folder === undefined) {
    process.stderr.write('Usage: npx tsx scripts/services.ts up --dir FOLDER\n')
    process.exit(64)
  }
  stayUp(folder).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  })
}
