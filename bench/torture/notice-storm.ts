import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { createConnection } from 'mysql2/promise'
import { parse, stringify } from 'yaml'
import { writeDemoConfig } from '../../scripts/demo-config'
import { keptKeys } from '../../scripts/kept-keys'
import { until } from '../../scripts/processes'
import type { Services } from '../../scripts/services'
import { childProgram } from '../lib/child-program'
import { say } from '../lib/result'
import type { TortureEngine } from './city'
import type { Books, Invariant } from './invariants'
import { type Accepted, type NoticePlatform, startNoticePlatform } from './notice-platform'
import { noticeWorker, type NoticeWorker } from './notice-workers'
import { pause } from './portal-client'
import { type Random, seeded } from './random'

const RESIDENTS = 400
const BATCH = 8
const BATCHES = 2
const ENDS_WITHIN_MS = 90_000

/** Small pages and short leases, so that a kill nearly always falls into the middle of something. */
const SETTINGS: Readonly<Record<string, string>> = {
  YIHU__NOTICES__SPREAD_PAGE_HOUSEHOLDS: '10',
  YIHU__NOTICES__SPREAD_STANDING_SECONDS: '2',
  YIHU__MESSAGES__BATCH: String(BATCH),
  YIHU__MESSAGES__BATCHES: String(BATCHES),
  YIHU__MESSAGES__SENDS_AT_ONCE: '6',
  YIHU__MESSAGES__LEASE_MS: '5000',
  YIHU__MESSAGES__KEEP_QUIET_HOURS: 'false',
  YIHU__LOGGING__LEVEL: 'warn',
}

interface Storm {
  readonly engine: TortureEngine
  readonly platform: NoticePlatform
  readonly workers: readonly NoticeWorker[]
  readonly books: Books & { close(): Promise<void> }
  readonly random: Random
  stop(): Promise<void>
}

/** Workers are killed while a notice is spread and sent; then a notice is stopped in the middle (N08, N10, I9, I10). */
export async function noticeStorm(options: {
  readonly engine: TortureEngine
  readonly services: Services | null
  readonly seed: number
}): Promise<Invariant[]> {
  const storm = await prepare(options)
  const started = Date.now()
  const tell = (text: string): void =>
    say(`[${options.engine} ${((Date.now() - started) / 1000).toFixed(0).padStart(3)} s] ${text}`)
  try {
    const [publisher] = storm.workers
    if (!publisher) throw new Error('a storm without workers')
    await publisher.tell(`settle ${RESIDENTS}`)
    const first = await publisher.tell<Published>('publish')
    const kills = await killWhileItRuns(storm, first)
    tell(`${kills} kills -9; ${storm.platform.accepted.length} messages accepted`)
    await untilOver(storm, first)
    const i9 = await checkAccounts(storm, first, kills)
    const second = await publisher.tell<Published>('publish')
    await untilAccepted(storm, second, RESIDENTS / 10)
    const { at } = await publisher.tell<{ at: number }>(`stop ${second.noticeId} ${second.bulkId}`)
    tell(`stopped after ${ofNotice(storm, second).length} of ${RESIDENTS}`)
    await pause(5_000)
    await untilOver(storm, second)
    return [i9, await checkStop(storm, second, at)]
  } finally {
    await storm.stop()
  }
}

interface Published {
  readonly noticeId: string
  readonly bulkId: string
}

async function prepare(options: {
  engine: TortureEngine
  services: Services | null
  seed: number
}): Promise<Storm> {
  const { engine, services, seed } = options
  const random = seeded(seed)
  const platform = await startNoticePlatform(random)
  const dataDir = mkdtempSync(join(tmpdir(), `yihu-notices-${engine}-`))
  keptKeys(dataDir)
  const databaseName = `notices_${process.pid}_${Date.now()}`
  const { serverFile } = writeDemoConfig({
    dataDir,
    ports: { portal: 9, metrics: 9, sandbox: platform.port, wechatPhone: 9, alipayPhone: 9, workerPhone: 9 },
    database:
      engine === 'sqlite'
        ? { engine }
        : { engine, mariadbPort: services?.mariadbPort ?? 0, redisPort: services?.redisPort ?? 0 },
  })
  if (engine === 'mariadb') await makeDatabase(services, databaseName, serverFile)
  const env = { ...SETTINGS, YIHU_CONFIG: `config/demo.yaml:${serverFile}` }
  const program = await childProgram('torture/notice-worker')
  const names = engine === 'sqlite' ? ['worker-1'] : ['worker-1', 'worker-2']
  const workers = names.map((name) => noticeWorker({ name, program, dataDir, env }))
  for (const worker of workers) await worker.start()
  const books = await openBooks(engine, join(dataDir, 'yihu.sqlite'), services, databaseName)
  return {
    engine,
    platform,
    workers,
    books,
    random,
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop()))
      await books.close()
      await platform.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function makeDatabase(services: Services | null, name: string, serverFile: string): Promise<void> {
  const connection = await createConnection({
    host: '127.0.0.1',
    port: services?.mariadbPort ?? 0,
    user: 'root',
  })
  await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`)
  await connection.end()
  const server = parse(readFileSync(serverFile, 'utf8')) as Record<string, object>
  writeFileSync(serverFile, stringify({ ...server, database: { ...server['database'], database: name } }))
}

async function openBooks(
  engine: TortureEngine,
  file: string,
  services: Services | null,
  database: string,
): Promise<Books & { close(): Promise<void> }> {
  if (engine === 'sqlite') {
    const db = new BetterSqlite3(file, { readonly: true })
    return {
      engine,
      query: async <Row>(sql: string) => db.prepare(sql).all() as Row[],
      close: async () => void db.close(),
    }
  }
  const port = services?.mariadbPort ?? 0
  const connection = await createConnection({ host: '127.0.0.1', port, user: 'root', database })
  return {
    engine,
    query: async <Row>(sql: string) => (await connection.query(sql))[0] as Row[],
    close: () => connection.end(),
  }
}

const ofNotice = ({ platform }: Storm, { noticeId }: Published): Accepted[] =>
  platform.accepted.filter(({ page }) => page.includes(noticeId))

/** Rows that are there, and messages that were accepted, at which somebody is killed: in the spreading, in the sending. */
const KILLED_AT = [
  { rows: 0.05, accepted: 0 },
  { rows: 0.5, accepted: 0 },
  { rows: 1, accepted: 0.05 },
  { rows: 1, accepted: 0.3 },
  { rows: 1, accepted: 0.6 },
]

/** One worker after another, each time as soon as the notice has come so far. */
async function killWhileItRuns(storm: Storm, notice: Published): Promise<number> {
  for (const at of KILLED_AT) {
    const isThere = async (): Promise<boolean> =>
      ofNotice(storm, notice).length >= at.accepted * RESIDENTS &&
      (await count(storm, `SELECT COUNT(*) FROM message WHERE bulkId = '${notice.bulkId}'`)) >=
        at.rows * RESIDENTS
    await until(isThere, {
      timeoutMs: ENDS_WITHIN_MS,
      everyMs: 5,
      timedOut: () => `the notice never came to ${JSON.stringify(at)}`,
    })
    // On MariaDB the other one goes on meanwhile, and must not do what this one has begun.
    const victim = storm.random.pick(storm.workers)
    await victim.kill9()
    await victim.start()
  }
  return KILLED_AT.length
}

async function count(storm: Storm, sql: string): Promise<number> {
  const [row] = await storm.books.query<Record<string, unknown>>(sql)
  return Number(Object.values(row ?? { none: 0 })[0])
}

/** Nothing is due, nothing is being spread, and the bulk knows that it is over. */
async function untilOver(storm: Storm, { noticeId, bulkId }: Published): Promise<void> {
  const waiting = async (): Promise<number> =>
    (await count(storm, `SELECT COUNT(*) FROM message WHERE bulkId = '${bulkId}' AND state = 'due'`)) +
    (await count(
      storm,
      `SELECT COUNT(*) FROM notice_fanout WHERE noticeId = '${noticeId}' AND state = 'running'`,
    )) +
    (await count(storm, `SELECT COUNT(*) FROM message_bulk WHERE id = '${bulkId}' AND endedAt IS NULL`))
  await until(async () => (await waiting()) === 0, {
    timeoutMs: ENDS_WITHIN_MS,
    everyMs: 200,
    timedOut: () => `the notice was not over ${ENDS_WITHIN_MS / 1000} s after the last kill`,
  })
}

async function untilAccepted(storm: Storm, notice: Published, most: number): Promise<void> {
  await until(() => Promise.resolve(ofNotice(storm, notice).length >= most), {
    timeoutMs: 30_000,
    everyMs: 20,
    timedOut: () => 'the second notice was never sent',
  })
}

async function statesOf(storm: Storm, { bulkId }: Published): Promise<Record<string, number>> {
  const rows = await storm.books.query<{ state: string; n: number }>(
    `SELECT state, COUNT(*) AS n FROM message WHERE bulkId = '${bulkId}' GROUP BY state`,
  )
  return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]))
}

/** I9: at most one accepted send each, every recipient in a final state, and the counts add up. */
async function checkAccounts(storm: Storm, notice: Published, kills: number): Promise<Invariant> {
  const accepted = ofNotice(storm, notice)
  const people = new Map<string, number>()
  for (const { touser } of accepted) people.set(touser, (people.get(touser) ?? 0) + 1)
  const twice = [...people].filter(([, n]) => n > 1)
  const states = await statesOf(storm, notice)
  const rows = Object.values(states).reduce((sum, n) => sum + n, 0)
  const residents = await count(
    storm,
    `SELECT COUNT(DISTINCT residentId) FROM message WHERE bulkId = '${notice.bulkId}'`,
  )
  const tally = async (state: string): Promise<number> =>
    count(
      storm,
      `SELECT COALESCE(SUM(n), 0) FROM message_tally WHERE bulkId = '${notice.bulkId}' AND channel = 'inbox' AND state = '${state}'`,
    )
  const sent = states['sent'] ?? 0
  const unknown = states['unknown'] ?? 0
  const violations = [
    ...twice.map(([touser, n]) => `${touser} was sent ${n} messages`),
    ...(rows === RESIDENTS && residents === RESIDENTS
      ? []
      : [`${rows} rows for ${residents} of ${RESIDENTS} residents`]),
    ...Object.keys(states).flatMap((state) =>
      ['sent', 'unknown'].includes(state) ? [] : [`${states[state]} are ${state}`],
    ),
    ...(sent <= people.size && people.size <= sent + unknown
      ? []
      : [`${people.size} accepted, ${sent} sent, ${unknown} unknown`]),
    ...(unknown <= kills * BATCH * BATCHES ? [] : [`${unknown} unknown after ${kills} kills`]),
  ]
  for (const state of ['made', 'sent', 'unknown']) {
    const counted = await tally(state)
    const expected = state === 'made' ? RESIDENTS : (states[state] ?? 0)
    if (counted !== expected) violations.push(`the tally has ${counted} ${state}, the rows ${expected}`)
  }
  const bulkState = await count(
    storm,
    `SELECT residents FROM notice_fanout WHERE noticeId = '${notice.noticeId}'`,
  )
  if (bulkState !== RESIDENTS) violations.push(`the fan-out counted ${bulkState}`)
  return {
    id: 'I9 N10',
    holds: 'workers were killed -9 while a notice was spread and sent: nobody lost, nobody told twice',
    numbers: { kills, accepted: accepted.length, ...states },
    violations,
  }
}

const STOP_WITHIN_MS = 2_000

/** I10: no send starts later than two seconds after the stop; what was not sent is taken back. */
async function checkStop(storm: Storm, notice: Published, stoppedAt: number): Promise<Invariant> {
  const accepted = ofNotice(storm, notice)
  const late = accepted.filter(({ at }) => at > stoppedAt + STOP_WITHIN_MS)
  const states = await statesOf(storm, notice)
  const people = new Set(accepted.map(({ touser }) => touser))
  const left = Object.entries(states).filter(([state]) => !['sent', 'cancelled', 'unknown'].includes(state))
  return {
    id: 'I10 N08',
    holds: 'a notice stopped in the middle: nothing is sent from two seconds later on, in any process',
    numbers: {
      accepted: accepted.length,
      lastAfterMs: Math.max(0, ...accepted.map(({ at }) => at - stoppedAt)),
      ...states,
    },
    violations: [
      ...late.map(({ touser, at }) => `${touser} was sent ${at - stoppedAt} ms after the stop`),
      ...(people.size === accepted.length ? [] : ['somebody was told twice']),
      ...(accepted.length < RESIDENTS ? [] : ['it was not stopped in the middle']),
      ...left.map(([state, n]) => `${n} are still ${state}`),
    ],
  }
}
