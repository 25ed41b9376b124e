import { cpSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import Database from 'better-sqlite3'
import { parse, stringify } from 'yaml'
import { type DemoPorts, writeDemoConfig } from '../scripts/demo-config'
import { consoleBuild, makeFresh, sandboxBuild, serverBuild } from '../scripts/builds'
import { keptKeys } from '../scripts/kept-keys'
import { freePort } from '../scripts/ports'
import { type Running, startChild, stopChild, until } from '../scripts/processes'
import { ROOT } from '../scripts/sources'
import { type DemoAccount, seedStaff } from '../scripts/staff-seed'
import { type DemoHousehold, type DemoWish, GAS_HOME, HEATING_HOME, importDemo } from './demo-data'

/** A private portal on free ports: the real server, the sandbox with its phones, the demo's bills. */
export interface Stack {
  readonly portal: string
  readonly sandbox: string
  readonly wechatPhone: string
  readonly alipayPhone: string
  readonly workerPhone: string
  /** The mini-programs' own ids at the two platforms. */
  readonly appIds: { readonly wechatMini: string; readonly alipayMini: string }
  /** Households that owe something, without those of the README; each is handed out once, so that none is shared. */
  takeHousehold(companyId: DemoHousehold['companyId']): DemoHousehold
  /** Asks the sandbox's control API: GET without a body, POST with one. Throws on a refusal. */
  control<T>(path: string, body?: object): Promise<T>
  setFault(rule: { name: string; probability?: number; times?: number; params?: object }): Promise<void>
  clearFault(name: string): Promise<void>
  /** People at work, by login name, with what signs them in. */
  readonly staff: ReadonlyMap<string, DemoAccount>
  /** Somebody new to hold a phone. */
  newPerson(name: string): Promise<string>
  /** Lets hours pass for one request's promises: their times move back, and the portal's own sweep finds them due. */
  passHours(number: string, hours: number): void
  /** This household has had bills before, all paid: the demo's exports are of one period. */
  addPastBills(accountNo: string, amounts: Readonly<Record<string, number>>): void
  /** Nobody has said anything in this conversation for so long. */
  passChatMinutes(conversationId: string, minutes: number): void
  /** What was asked and measured by this request was so many days earlier. */
  passColdDays(number: string, days: number): void
  /** The clock's next look at cases of cold homes is due. */
  passUntilLook(): void
  /** The minute has come at which this notice was to go out. */
  passUntilPublished(noticeId: string): void
  /** Where its database and files lie, and the configuration that opens them. */
  readonly inside: { readonly dataDir: string; readonly configFiles: readonly string[] }
  /** The last lines of both logs, for a failure. */
  lastWords(): string
  close(): Promise<void>
}

const READY_TIMEOUT_MS = 30_000
const STOP_GRACE_MS = 5_000
const CONFIG_FILES = ['config/default.yaml', 'config/demo.yaml'].map((file) => join(ROOT, file))
/** One address makes all these journeys, so the limits on one household's phone would only be in the way. */
const CALM = {
  codes: Object.fromEntries(
    ['perIp', 'perDevice', 'entersPerIp', 'wrongPerIp'].map((name) => [
      name,
      { limit: 100_000, windowMs: 60_000 },
    ]),
  ),
  limits: Object.fromEntries(
    ['read', 'write', 'staff', 'order', 'login', 'loginPerIp', 'perIp'].map((name) => [
      name,
      { limit: 100_000, windowMs: 60_000 },
    ]),
  ),
}

async function choosePorts(): Promise<DemoPorts> {
  const ports: number[] = []
  while (ports.length < 7) {
    const port = await freePort()
    if (!ports.includes(port)) ports.push(port)
  }
  const [portal = 0, metrics = 0, sandbox = 0, wechatPhone = 0, alipayPhone = 0, workerPhone = 0, mail = 0] =
    ports
  return { portal, metrics, sandbox, wechatPhone, alipayPhone, workerPhone, mail }
}

/** Starts it in a temporary folder, which close() removes. */
export async function startStack(
  options: DemoWish & {
    /** Sections of the server's configuration that this portal has of its own. */
    settings?: Readonly<Record<string, object>>
  } = {},
): Promise<Stack> {
  for (const build of [serverBuild, sandboxBuild, consoleBuild]) await makeFresh(build)
  const dataDir = mkdtempSync(join(tmpdir(), 'yihu-e2e-'))
  const removeFolder = (): void => rmSync(dataDir, { recursive: true, force: true })
  process.once('exit', removeFolder)
  const ports = await choosePorts()
  const { folder, households, staff } = await prepared(options)
  cpSync(folder, dataDir, { recursive: true })
  const { sandboxFile, serverFile } = configure(dataDir, ports, options.settings ?? {})
  const running = [
    launch(dataDir, 'sandbox', ['sandbox/dist/main.cjs', '--config', sandboxFile], {}),
    launch(dataDir, 'server', ['server/dist/main.cjs'], { YIHU_CONFIG: `config/demo.yaml:${serverFile}` }),
  ]
  const lastWords = (): string => running.map(({ name }) => tail(dataDir, name)).join('\n')
  const close = async (): Promise<void> => {
    await Promise.all(running.map((one) => stopChild(one, STOP_GRACE_MS)))
    process.off('exit', removeFolder)
    removeFolder()
  }
  try {
    await Promise.all([
      answers(`http://127.0.0.1:${ports.sandbox}/phones/config.json`, lastWords),
      answers(`http://127.0.0.1:${ports.metrics}/ready`, lastWords),
    ])
    await rulesPublished(ports, lastWords)
  } catch (error) {
    await close()
    throw error
  }
  return {
    ...addressesOf(ports),
    appIds: appIdsOf(serverFile),
    ...controlOf(ports),
    ...dealer(households),
    staff: new Map(staff.map((one) => [one.loginName, one])),
    ...pastOf(dataDir),
    inside: { dataDir, configFiles: [...CONFIG_FILES, serverFile] },
    lastWords,
    close,
  }
}

interface Prepared {
  readonly folder: string
  readonly households: readonly DemoHousehold[]
  readonly staff: readonly DemoAccount[]
}

const preparations = new Map<string, Promise<Prepared>>()

/** The demo's database with its people, made once for all portals of a run that want the same; each has a copy. */
function prepared({ withPower = false, withNeighbours = false }: DemoWish): Promise<Prepared> {
  const wish = { withPower, withNeighbours }
  const name = JSON.stringify(wish)
  const known = preparations.get(name) ?? prepare(wish)
  preparations.set(name, known)
  return known
}

async function prepare(wish: DemoWish): Promise<Prepared> {
  const folder = mkdtempSync(join(tmpdir(), 'yihu-e2e-demo-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const { serverFile } = configure(folder, await choosePorts(), {})
  const files = [...CONFIG_FILES, serverFile]
  const households = await importDemo(files, folder, wish)
  const staff = (await seedStaff(files)) ?? []
  // The pages are those of each portal.
  rmSync(join(folder, 'pages'), { recursive: true, force: true })
  return { folder, households, staff }
}

function configure(
  dataDir: string,
  ports: DemoPorts,
  settings: Readonly<Record<string, object>>,
): { sandboxFile: string; serverFile: string } {
  keptKeys(dataDir)
  const files = writeDemoConfig({ dataDir, ports, database: { engine: 'sqlite' } })
  const config = parse(readFileSync(files.serverFile, 'utf8')) as { http: object; codes: object }
  // Browsers and builds beside it hold the portal up for longer than any load of its own.
  const http = { ...config.http, pagesDir: copyPages(dataDir), shedAtLoopMs: 5000 }
  const codes = { ...config.codes, ...CALM.codes }
  writeFileSync(files.serverFile, stringify({ ...config, ...CALM, ...settings, http, codes }))
  return files
}

/** A build that starts meanwhile would take the pages away under the browser, so it gets a copy of its own. */
function copyPages(dataDir: string): string {
  const built = join(ROOT, 'miniapp/dist/h5')
  const copy = join(dataDir, 'pages')
  if (existsSync(built)) cpSync(built, copy, { recursive: true })
  return relative(ROOT, copy)
}

function launch(
  dataDir: string,
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Running {
  const log = openSync(join(dataDir, `${name}.log`), 'w')
  const running = startChild(name, process.execPath, ['--enable-source-maps', ...args], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', log, log],
  })
  process.once('exit', () => running.child.kill('SIGKILL'))
  return running
}

function tail(dataDir: string, name: string): string {
  const lines = readFileSync(join(dataDir, `${name}.log`), 'utf8')
    .trim()
    .split('\n')
  return `${name}:\n${lines.slice(-4).join('\n')}`
}

const answers = (url: string, lastWords: () => string): Promise<void> =>
  until(
    () =>
      fetch(url).then(
        (answer) => answer.ok,
        () => false,
      ),
    {
      timeoutMs: READY_TIMEOUT_MS,
      everyMs: 50,
      timedOut: () => `${url} did not answer in time; the last words:\n${lastWords()}`,
    },
  )

/** Both consoles have seen the portal's files by now, and the wallets' scanners know its codes. */
const rulesPublished = (ports: DemoPorts, lastWords: () => string): Promise<void> =>
  until(
    async () => {
      const answer = await fetch(`${local(ports.sandbox)}/control/links`)
      const { rules } = (await answer.json()) as { rules: { state: string }[] }
      return rules.filter(({ state }) => state === 'published').length === 4
    },
    {
      timeoutMs: READY_TIMEOUT_MS,
      everyMs: 50,
      timedOut: () => `the rules for codes were not published; the last words:\n${lastWords()}`,
    },
  )

const local = (port: number): string => `http://127.0.0.1:${port}`

const addressesOf = (ports: DemoPorts) => ({
  portal: local(ports.portal),
  sandbox: local(ports.sandbox),
  wechatPhone: local(ports.wechatPhone),
  alipayPhone: local(ports.alipayPhone),
  workerPhone: local(ports.workerPhone),
})

interface ServerYaml {
  readonly platforms: {
    readonly wechat: { readonly mini: { readonly appId: string } }
    readonly alipay: { readonly apps: { readonly mini: { readonly appId: string } } }
  }
}

function appIdsOf(serverFile: string): Stack['appIds'] {
  const { wechat, alipay } = (parse(readFileSync(serverFile, 'utf8')) as ServerYaml).platforms
  return { wechatMini: wechat.mini.appId, alipayMini: alipay.apps.mini.appId }
}

type Controls = Pick<Stack, 'control' | 'setFault' | 'clearFault' | 'newPerson'>

function controlOf({ sandbox }: DemoPorts): Controls {
  let people = 0
  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${local(sandbox)}/control${path}`, {
      method,
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`/control${path} answered ${answer.status}: ${text}`)
    return JSON.parse(text) as T
  }
  return {
    control: (path, body) => ask(body ? 'POST' : 'GET', path, body),
    setFault: async (rule) => {
      await ask('POST', '/faults', rule)
    },
    clearFault: async (name) => {
      await ask('DELETE', `/faults/${name}`)
    },
    newPerson: async (name) => {
      people++
      const id = `e2e-${people}`
      await ask('POST', '/people', { id, name, phone: null, unionid: null })
      return id
    },
  }
}

const pastOf = (
  dataDir: string,
): Pick<
  Stack,
  'passHours' | 'addPastBills' | 'passChatMinutes' | 'passColdDays' | 'passUntilLook' | 'passUntilPublished'
> => ({
  passHours: (number, hours) => {
    const past = hours * 3_600_000
    const moved = ['runsSince', 'dueAt', 'warnAt', 'nextStepAt'].map(
      (column) => `${column} = ${column} - ${past}`,
    )
    turnBack(
      dataDir,
      `UPDATE request_clock SET ${moved.join(', ')} WHERE state = 'running' AND requestId = (SELECT id FROM request WHERE number = ?)`,
      [number],
    )
  },
  addPastBills: (accountNo, amounts) => {
    for (const [period, fen] of Object.entries(amounts))
      turnBack(dataDir, PAST_BILL, [`${accountNo}-${period}`, period, fen, fen, accountNo])
  },
  passChatMinutes: (conversationId, minutes) =>
    turnBack(dataDir, 'UPDATE conversation SET lastAt = lastAt - ? WHERE id = ?', [
      minutes * 60_000,
      conversationId,
    ]),
  passColdDays: (number, days) => {
    const past = days * 86_400_000
    const moved = ['reportedAt', 'windowsClosedSince'].map(
      (name) => `'$.${name}', json_extract(facts, '$.${name}') - ${past}`,
    )
    turnBack(
      dataDir,
      `UPDATE request_step SET at = at - ${past}, facts = json_set(facts, ${moved.join(', ')})
       WHERE kind IN ('reading', 'signature') AND requestId = (SELECT id FROM request WHERE number = ?)`,
      [number],
    )
    turnBack(
      dataDir,
      `UPDATE heat_round SET requestedAt = requestedAt - ${past} WHERE requestId = (SELECT id FROM request WHERE number = ?)`,
      [number],
    )
    turnBack(dataDir, `UPDATE heat_case SET requestedAt = requestedAt - ${past} WHERE number = ?`, [
      `TF${number}`,
    ])
  },
  passUntilLook: () =>
    turnBack(dataDir, `UPDATE heat_case SET nextLookAt = ? WHERE state = 'open' AND nextLookAt IS NOT NULL`, [
      Date.now(),
    ]),
  passUntilPublished: (noticeId) =>
    turnBack(dataDir, `UPDATE notice_version SET publishAt = ? WHERE state = 'scheduled' AND noticeId = ?`, [
      Date.now(),
      noticeId,
    ]),
})

/** Nobody can wait for a night, and the portal's clock is the real one: the night is taken out of the rows instead. */
function turnBack(dataDir: string, statement: string, values: readonly (string | number)[]): void {
  const database = new Database(join(dataDir, 'yihu.sqlite'), { timeout: 5_000 })
  try {
    database.prepare(statement).run(...values)
  } finally {
    database.close()
  }
}

const COPIED = 'companyId, householdId, accountNo, kind'
const COPIED_TOO = 'comparedFen, detail, asOf, sourceName, version, createdAt, updatedAt'
const PAST_BILL = `INSERT INTO bill (id, ${COPIED}, period, title, amountFen, lateFeeFen, paidFen, state, ${COPIED_TOO})
  SELECT ?, ${COPIED}, ?, title, ?, 0, ?, 'paid', ${COPIED_TOO} FROM bill WHERE accountNo = ? AND state = 'open'`

function dealer(households: readonly DemoHousehold[]): Pick<Stack, 'takeHousehold'> {
  const named: readonly string[] = [HEATING_HOME.accountNo, GAS_HOME.accountNo]
  const left = households.filter(({ accountNo }) => !named.includes(accountNo))
  return {
    takeHousehold: (companyId) => {
      const at = left.findIndex((one) => one.companyId === companyId)
      const [taken] = at < 0 ? [] : left.splice(at, 1)
      if (!taken) throw new Error(`the demo has no further household of ${companyId} that owes something`)
      return taken
    },
  }
}
