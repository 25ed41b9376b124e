import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool } from 'mysql2/promise'
import { parse, stringify } from 'yaml'
import { writeDemoConfig } from '../scripts/demo-config'
import { freePort } from '../scripts/ports'
import { run } from '../scripts/run'
import { childProgram } from './lib/child-program'
import { type City, makeCity } from './lib/fanout-rows'
import type { FanoutTask, SendResult, SpreadResult } from './lib/fanout-task'
import { untilWritten } from './lib/request-rows'
import { type BenchResult, round, say } from './lib/result'
import { countOf, openWorld, POOL_SIZE, type Server, startServer, type World } from './lib/world'

/** `BENCH_HOUSEHOLDS=50000` measures the same on a smaller city, for whoever works on it. */
const HOUSEHOLDS = Number(process.env['BENCH_HOUSEHOLDS'] ?? 1_000_000)
const SEND_SECONDS = 6
const DATABASE = 'bench_fanout'
/** What a platform across the country takes to answer; on this machine it would take nothing. */
const FAR_MS = 100
const RSS_MOST_MB = 150

/**
 * One notice to a city: from publishing to the last row that is due, beside a bare INSERT … SELECT of the same rows;
 * then what a worker sends per second beside a bare loop of the same calls, and two workers beside one.
 */
export async function benchFanout(): Promise<BenchResult> {
  const world = await openWorld()
  try {
    const pool = await world.database(DATABASE)
    const platformPort = await freePort()
    const bench: Bench = {
      world,
      pool,
      platformPort,
      config: writeConfig(world, platformPort),
      program: await childProgram('fanout-runner'),
      platformProgram: await childProgram('fanout-platform'),
    }
    const { openid } = await child<{ openid: string }>(bench, { kind: 'prepare' })
    const started = Date.now()
    const city = await makeCity(pool, HOUSEHOLDS, { openid, appId: appIdOf(bench), owner: openid })
    await makeNotice(pool, city)
    await untilWritten(pool)
    say(`${city.households} households, ${city.residents} residents made in ${sinceSeconds(started)} s`)
    const spread = await measureSpread(bench, city)

    const sends = await measureSends(bench, FAR_MS)
    const near = await measureSends(bench, 0)
    const workers = await measureWorkers(bench)
    const { ratio, ours, floor, rssGrowthMb } = spread
    return {
      name: 'fanout',
      ratio,
      ours,
      floor,
      unit: 'message rows/s from publishing to due',
      households: city.households,
      residents: city.residents,
      rssGrowthMb,
      // The sandbox would be what limits both sides here, so a stand-in answers, as late as a platform does; and at once.
      sends: {
        ...sends,
        unit: 'messages/s of one worker',
        platformAnswersAfterMs: FAR_MS,
        answeredAtOnce: near,
      },
      workers,
      passed: ratio >= 0.3 && rssGrowthMb < RSS_MOST_MB && sends.ratio >= 0.6 && workers.ratio >= 1.6,
    }
  } finally {
    await world.stop()
  }
}

interface Bench {
  readonly world: World
  readonly pool: Pool
  readonly platformPort: number
  readonly config: string
  readonly program: string
  readonly platformProgram: string
}

const sinceSeconds = (at: number): string => ((Date.now() - at) / 1000).toFixed(0)

/** The demo's configuration with the bench's platform; Redis is there, as in production. */
function writeConfig(world: World, platformPort: number): string {
  const { serverFile } = writeDemoConfig({
    dataDir: world.dataDir,
    ports: { portal: 9, metrics: 9, sandbox: platformPort, wechatPhone: 9, alipayPhone: 9, workerPhone: 9 },
    database: {
      engine: 'mariadb',
      mariadbPort: world.services.mariadbPort,
      redisPort: world.services.redisPort,
    },
  })
  const config = parse(readFileSync(serverFile, 'utf8')) as Record<string, Record<string, unknown>>
  Object.assign(config['database'] ?? {}, { database: DATABASE, poolSize: POOL_SIZE })
  const file = join(world.dataDir, `${DATABASE}.yaml`)
  writeFileSync(file, stringify(config), { mode: 0o600 })
  return `config/demo.yaml:${file}`
}

function appIdOf({ config }: Bench): string {
  const [, file = ''] = config.split(':')
  const tree = parse(readFileSync(file, 'utf8')) as { platforms: { wechat: { mini: { appId: string } } } }
  return tree.platforms.wechat.mini.appId
}

async function child<T>(bench: Bench, task: FanoutTask): Promise<T> {
  const file = join(bench.world.dataDir, `fanout-${task.kind}-${Math.floor(performance.now() * 1000)}.json`)
  writeFileSync(file, JSON.stringify(task))
  const flags =
    process.env['BENCH_PROFILE'] === task.kind ? ['--cpu-prof', '--cpu-prof-dir=.test/profiles'] : []
  const ran = await run(process.execPath, [...flags, bench.program, file], {
    env: { YIHU_CONFIG: bench.config },
  })
  if (ran.code !== 0) throw new Error(`${task.kind} failed:\n${ran.output}`)
  return JSON.parse(ran.output.trim().split('\n').at(-1) ?? '') as T
}

async function makeNotice(pool: Pool, city: City): Promise<void> {
  const id = '9'.repeat(26)
  const now = Date.now()
  await pool.query(
    `INSERT INTO notice (id, companyId, number, kind, state, revision, version, title, reasonWords, phone, cutsSupply,
        urgency, mergedRequests, createdBy, createdAt, updatedAt)
      VALUES (?, 'heating', 'TN1', 'emergency', 'live', 1, 1, '全市停暖', '抢修', '96123', 1, 0, 0, ?, ?, ?)`,
    [id, id, now, now],
  )
  await pool.query(
    "INSERT INTO notice_area (noticeId, areaId, tree, fullName, path) VALUES (?, ?, 'place', '全市', ?)",
    [id, city.rootId, city.rootPath],
  )
}

async function measureSpread(
  bench: Bench,
  city: City,
): Promise<{ ratio: number; ours: number; floor: number; rssGrowthMb: number }> {
  const { pool } = bench
  const spread = await child<SpreadResult>(bench, { kind: 'spread' })
  const due = await countOf(pool, "SELECT COUNT(*) FROM message WHERE state = 'due' AND dueAt IS NOT NULL")
  if (spread.rows !== city.residents || due !== city.residents)
    throw new Error(`${due} rows are due for ${city.residents} residents`)
  const ours = spread.rows / spread.seconds
  say(
    `spread: ${spread.rows} rows in ${round(spread.seconds, 1)} s, ${Math.round(ours)}/s, RSS +${Math.round(spread.rssGrowthMb)} MB`,
  )
  await pool.query('CREATE TABLE message_floor LIKE message')
  await untilWritten(pool)
  const started = performance.now()
  await pool.query('INSERT INTO message_floor SELECT * FROM message')
  const floor = city.residents / ((performance.now() - started) / 1000)
  say(`bare INSERT … SELECT: ${Math.round(floor)}/s`)
  await pool.query('DROP TABLE message_floor')
  await untilWritten(pool)
  return {
    ratio: round(ours / floor),
    ours: Math.round(ours),
    floor: Math.round(floor),
    rssGrowthMb: Math.round(spread.rssGrowthMb),
  }
}

async function startPlatform(bench: Bench, delayMs: number): Promise<Server> {
  return startServer('platform', bench.platformProgram, {
    port: bench.platformPort,
    readyUrl: `http://127.0.0.1:${bench.platformPort}/`,
    log: join(bench.world.dataDir, 'fanout-platform.log'),
    env: { PLATFORM_PORT: String(bench.platformPort), PLATFORM_DELAY_MS: String(delayMs) },
  })
}

const SENDS_AT_ONCE = 48

interface Sends {
  readonly ratio: number
  readonly ours: number
  readonly floor: number
}

/** One worker beside a loop that does nothing but the calls, both to a platform that judges nothing. */
async function measureSends(bench: Bench, delayMs: number): Promise<Sends> {
  const platform = await startPlatform(bench, delayMs)
  const url = `http://127.0.0.1:${bench.platformPort}/wechat-api`
  const bare = await child<SendResult>(bench, {
    kind: 'bare',
    seconds: SEND_SECONDS,
    url,
    atOnce: SENDS_AT_ONCE,
  })
  const ours = await child<SendResult>(bench, { kind: 'send', seconds: SEND_SECONDS })
  await platform.stop()
  const [worker, loop] = [Math.round(ours.perSecond), Math.round(bare.perSecond)]
  say(`sends, answered after ${delayMs} ms: ${worker}/s by a worker, ${loop}/s by a bare loop`)
  return { ratio: round(ours.perSecond / bare.perSecond), ours: worker, floor: loop }
}

const START_SECONDS = 8

/** What so many workers write down per second while all of them are at work, counted from outside. */
async function rateOf(bench: Bench, workers: number): Promise<number> {
  const seconds = START_SECONDS + SEND_SECONDS + 4
  const running = Promise.all(
    Array.from({ length: workers }, () => child<SendResult>(bench, { kind: 'send', seconds })),
  )
  // A worker that cannot start is told of at the end; until then it only counts nothing.
  running.catch(() => undefined)
  const delivered = (): Promise<number> =>
    countOf(
      bench.pool,
      "SELECT COALESCE(SUM(n), 0) FROM message_tally WHERE channel = 'wechat-mini' AND state = 'delivered'",
    )
  await pause(START_SECONDS * 1000)
  const [from, started] = [await delivered(), performance.now()]
  await pause(SEND_SECONDS * 1000)
  const perSecond = ((await delivered()) - from) / ((performance.now() - started) / 1000)
  await running
  return perSecond
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Two processes on the same queue, while the platform is as far away as a real one. */
async function measureWorkers(
  bench: Bench,
): Promise<{ ratio: number; one: number; two: number; platformAnswersAfterMs: number; cores: number }> {
  const platform = await startPlatform(bench, FAR_MS)
  const one = await rateOf(bench, 1)
  const two = await rateOf(bench, 2)
  await platform.stop()
  say(`workers: ${Math.round(one)}/s by one, ${Math.round(two)}/s by two`)
  return {
    ratio: round(two / one),
    one: Math.round(one),
    two: Math.round(two),
    platformAnswersAfterMs: FAR_MS,
    cores: 2,
  }
}
