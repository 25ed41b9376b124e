import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { consoleBuild, makeFresh, sandboxBuild, serverBuild, walletBuild } from './builds'
import { lockData, resetData } from './data-folder'
import { type DemoDatabase, writeDemoConfig } from './demo-config'
import { takenPorts } from './ports'
import { type Running, startChild, stopChild, until } from './processes'
import { inSeconds } from './run'
import { startServices } from './services'
import { ROOT } from './sources'
import { seedNotices } from './notices-seed'
import { type DemoAccount, seedStaff } from './staff-seed'
import { readOptions, type StartOptions, USAGE, UsageError } from './start-options'
import { formatTable } from './table'
import { ensureTools, findTool } from './tools'
import { seedReadings } from './readings-seed'
import { seedUsage } from './usage-seed'

const READY_TIMEOUT_MS = 60_000
const STOP_GRACE_MS = 20_000
const LOCK_WAIT_MS = 5_000

/** Households of the demo exports, one of each company and one with an estimated bill, and the second proof that binds them. */
const HOUSEHOLDS = [
  ['开热公司（供热）', '002100007002', '0913'],
  ['鹏燃燃气', '0008806118', '1187'],
  ['鹏燃燃气（本期估抄，可自助报数）', '0008800011', '2298'],
  ['长沙供电', '0014300024', '4460'],
  ['清河自来水', '6600000480', '1187'],
  ['清河自来水（本期估抄，可自助报数）', '6600000001', '2298'],
]

const EXPORTS = [
  { company: 'heating', file: 'data/demo/heating-2026-2027.csv' },
  { company: 'gas', file: 'data/demo/gas-2026-10.csv' },
  { company: 'power', file: 'data/demo/power-2026-10.xlsx' },
  { company: 'water', file: 'data/demo/water-2026-11.csv' },
]

/** What has been started so far, last first when it is stopped. */
type Stops = (() => Promise<unknown>)[]

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(USAGE)
    return
  }
  const options = readOptions(process.argv.slice(2), process.env)
  const unlock = await lockData(options.dataDir, LOCK_WAIT_MS)
  process.once('exit', unlock)
  await refuseTakenPorts(options)
  const stops: Stops = []
  stopOnSignal(stops)
  try {
    await startAll(options, stops)
  } catch (error) {
    await stopAll(stops)
    throw error
  }
}

async function startAll(options: StartOptions, stops: Stops): Promise<void> {
  const started = Date.now()
  await buildStale()
  if (options.reset) resetData(options.dataDir)
  mkdirSync(join(options.dataDir, 'logs'), { recursive: true })
  const database = await openDatabase(options, stops)
  const { sandboxFile, serverFile } = writeDemoConfig({ ...options, database })
  const environment = { YIHU_CONFIG: `config/demo.yaml:${serverFile}` }
  await importFirstTime(options, environment, stops)
  const staff = await staffOf(options, serverFile)

  const sandbox = launch(options, 'sandbox', ['sandbox/dist/main.cjs', '--config', sandboxFile], {}, stops)
  const server = launch(options, 'server', ['server/dist/main.cjs'], environment, stops)
  await Promise.all([
    answers(`http://127.0.0.1:${options.ports.sandbox}/phones/config.json`, sandbox, options),
    answers(`http://127.0.0.1:${options.ports.metrics}/ready`, server, options),
  ])
  process.stdout.write(addresses(options, staff))
  say(
    `Ready after ${inSeconds(Date.now() - started)}. Logs are in ${join(options.dataDir, 'logs')}. Ctrl-C stops everything.`,
  )
  endTogether([sandbox, server], options, stops)
}

async function refuseTakenPorts({ ports }: StartOptions): Promise<void> {
  const taken = await takenPorts([
    { port: ports.portal, what: 'the portal', option: '--port' },
    { port: ports.metrics, what: "the portal's metrics, one above --port", option: '--port' },
    { port: ports.sandbox, what: 'the page with the phones', option: '--sandbox-port' },
    { port: ports.wechatPhone, what: 'the WeChat phone, one above --sandbox-port', option: '--sandbox-port' },
    { port: ports.alipayPhone, what: 'the Alipay phone, two above --sandbox-port', option: '--sandbox-port' },
    {
      port: ports.workerPhone,
      what: "the worker's phone, three above --sandbox-port",
      option: '--sandbox-port',
    },
    ...(ports.mail === undefined
      ? []
      : [{ port: ports.mail, what: 'the mail server, four above --sandbox-port', option: '--sandbox-port' }]),
  ])
  if (taken.length > 0)
    throw new UsageError(`${taken.join('\n')}, as in: npm start -- --port 4000 --sandbox-port 4100`)
}

async function buildStale(): Promise<void> {
  for (const build of [serverBuild, sandboxBuild, consoleBuild, walletBuild.h5]) {
    const from = Date.now()
    if (build === walletBuild.h5 && !existsSync(join(ROOT, build.proof)))
      say('Building the pages (about a minute, the first time only) …')
    if (await makeFresh(build)) say(`Built the ${build.name} in ${inSeconds(Date.now() - from)}.`)
  }
}

async function openDatabase({ engine, dataDir }: StartOptions, stops: Stops): Promise<DemoDatabase> {
  if (engine === 'sqlite') return { engine }
  ensureTools(['mariadb', 'redis'])
  const services = await startServices(dataDir)
  stops.push(() => services.stop())
  execFileSync(findTool('mariadb'), [
    '--no-defaults',
    '--host=127.0.0.1',
    `--port=${services.mariadbPort}`,
    '--user=root',
    '--execute=CREATE DATABASE IF NOT EXISTS yihu CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
  ])
  return { engine, mariadbPort: services.mariadbPort, redisPort: services.redisPort }
}

/**
 * Imports the exports once per database. It happens before the server starts, because one process alone may
 * hold the embedded database. A start that was cut off imports again, which changes nothing that is there.
 */
async function importFirstTime(
  options: StartOptions,
  environment: Readonly<Record<string, string>>,
  stops: Stops,
): Promise<void> {
  const done = join(options.dataDir, `imported-${options.engine}.json`)
  if (existsSync(done)) return
  say('Importing the demo exports of four companies:')
  for (const { company, file } of EXPORTS) {
    const args = ['--import', 'tsx', 'scripts/import.ts', '--company', company, file]
    const running = startChild('import', process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      // On a terminal its progress is one line that rewrites itself.
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    stops.push(() => stopChild(running, STOP_GRACE_MS))
    if ((await running.ended) !== 0) throw new Error(`${file} could not be imported (see above).`)
    stops.pop()
  }
  writeFileSync(done, JSON.stringify({ at: new Date().toISOString(), files: EXPORTS }, null, 2))
}

/**
 * The demo's people at work: made once per database, before the server opens it. The database keeps only hashes, so
 * what signs them in lies beside it, for this machine's user alone.
 */
async function staffOf(options: StartOptions, serverFile: string): Promise<readonly DemoAccount[]> {
  const file = join(options.dataDir, `staff-${options.engine}.json`)
  if (!existsSync(file)) {
    const configFiles = [join(ROOT, 'config/default.yaml'), join(ROOT, 'config/demo.yaml'), serverFile]
    const made = await seedStaff(configFiles)
    await seedNotices(configFiles, made ?? [])
    await seedUsage(configFiles)
    await seedReadings(configFiles)
    writeFileSync(file, JSON.stringify(made ?? [], null, 2), { mode: 0o600 })
  }
  return JSON.parse(readFileSync(file, 'utf8')) as DemoAccount[]
}

function logFile({ dataDir }: StartOptions, name: string): string {
  return join(dataDir, 'logs', `${name}.log`)
}

function launch(
  options: StartOptions,
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  stops: Stops,
): Running {
  const log = openSync(logFile(options, name), 'w')
  const running = startChild(name, process.execPath, ['--enable-source-maps', ...args], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', log, log],
  })
  // If this script dies of an exception, nothing it started may stay behind.
  process.once('exit', () => running.child.kill('SIGKILL'))
  stops.push(() => stopChild(running, STOP_GRACE_MS))
  return running
}

function lastWords(options: StartOptions, name: string): string {
  const file = logFile(options, name)
  return `The last lines of ${file}:\n${readFileSync(file, 'utf8').trim().split('\n').slice(-12).join('\n')}`
}

async function answers(url: string, running: Running, options: StartOptions): Promise<void> {
  const died = running.ended.then((code) => {
    throw new Error(
      `The ${running.name} ended with code ${code} while starting. ${lastWords(options, running.name)}`,
    )
  })
  const up = until(
    () =>
      fetch(url).then(
        (answer) => answer.ok,
        () => false,
      ),
    {
      timeoutMs: READY_TIMEOUT_MS,
      everyMs: 100,
      timedOut: () =>
        `The ${running.name} was not ready within a minute. ${lastWords(options, running.name)}`,
    },
  )
  await Promise.race([up, died])
  died.catch(() => undefined)
}

function addresses({ ports }: StartOptions, staff: readonly DemoAccount[]): string {
  const phones = `http://127.0.0.1:${ports.sandbox}`
  return `\n${formatTable([
    ['Open in a browser'],
    ['Two phones, WeChat and Alipay', `${phones}/`],
    ['The WeChat phone alone', `${phones}/phones/wechat`],
    ['The Alipay phone alone', `${phones}/phones/alipay`],
    ["The field worker's phone", `${phones}/phones/worker`],
    ['The staff console', `http://127.0.0.1:${ports.portal}/console/`],
    ['The API, to read', `http://127.0.0.1:${ports.portal}/docs`],
    ["The call centre's switch: ring an agent", `${phones}/switch`],
    ['The sandbox panel: faults, time, what came in', `${phones}/panel`],
    ['Households to bind (company, 户号, last four digits of the phone on file)'],
    ...HOUSEHOLDS,
    ['People at work, for the console (name, login, password, secret of the second factor)'],
    ...staff.map((one) => [`${one.name}，${one.title}`, one.loginName, one.password, one.totpSecret ?? '']),
  ])}\n`
}

let stopping = false

/** Sandbox and server live together: when one ends by itself, the other has to end, too. */
function endTogether(all: readonly Running[], options: StartOptions, stops: Stops): void {
  const watch = async (running: Running): Promise<void> => {
    const code = await running.ended
    if (stopping) return
    say(`The ${running.name} ended by itself with code ${code}. ${lastWords(options, running.name)}`)
    await stopAll(stops)
    process.exit(1)
  }
  for (const running of all) void watch(running)
}

async function stopAll(stops: Stops): Promise<void> {
  stopping = true
  for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop()
}

/** Ctrl-C may come twice, from the terminal and from npm; only the first counts. */
function stopOnSignal(stops: Stops): void {
  const stop = (): void => {
    if (stopping) return
    say('\nStopping …')
    void stopAll(stops).then(() => process.exit(0))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  process.on('SIGHUP', stop)
}

main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  process.exit(error instanceof UsageError ? 64 : 1)
})
