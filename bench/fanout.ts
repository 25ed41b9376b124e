import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool } from 'mysql2/promise'
import { parse, stringify } from 'yaml'
import { makeFresh, sandboxBuild } from '../scripts/builds'
import { writeDemoConfig } from '../scripts/demo-config'
import { freePort } from '../scripts/ports'
import { run } from '../scripts/run'
import { childProgram } from './lib/child-program'
import { type City, everybodyTo, makeCity, onlyDue, type WalletIdentity } from './lib/fanout-rows'
import type { BenchPerson, BenchWallet, FanoutTask, SendResult, SpreadResult } from './lib/fanout-task'
import { measureOthers } from './fanout-others'
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
 * then what a worker sends per second beside a bare loop of the same calls, two workers beside one, and how long others
 * wait meanwhile.
 */
export async function benchFanout(): Promise<BenchResult> {
  const world = await openWorld()
  try {
    const pool = await world.database(DATABASE)
    const platformPort = await freePort()
    const files = await writeConfig(world, platformPort)
    const bench: Bench = {
      world,
      pool,
      platformPort,
      ...files,
      person: await personAt(world, platformPort, files.sandboxFile),
      program: await childProgram('fanout-runner'),
      platformProgram: await childProgram('fanout-platform'),
    }
    const identities = await identitiesOf(bench)
    const started = Date.now()
    const city = await makeCity(pool, HOUSEHOLDS, { ...identities, owner: identities.wechat.sealed })
    await makeNotice(pool, city)
    await untilWritten(pool)
    say(`${city.households} households, ${city.residents} residents made in ${sinceSeconds(started)} s`)
    const spread = await measureSpread(bench, city)

    const sends = await measureSends(bench, 'sandbox', ['wechat', 'alipay'])
    await leave(pool, 'alipay')
    const alipay = await measureSends(bench, 'sandbox', ['alipay'])
    await leave(pool, 'wechat')
    const wechat = await measureSends(bench, 'sandbox', ['wechat'])
    const far = await measureSends(bench, FAR_MS)
    const near = await measureSends(bench, 0)
    const workers = await measureWorkers(bench)
    await everybodyTo(pool, identities.wechat)
    const others = await withOthers(bench)
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
      // To the sandbox, which judges every field: to all residents, as a notice goes, and to those of one wallet. Beside
      // it a stand-in for WeChat that judges nothing, far away and next door.
      sends: {
        ...sends,
        unit: 'messages/s of one worker to the sandbox, every other to WeChat, the rest signed for Alipay',
        wechatAlone: wechat,
        alipayAlone: alipay,
        answeredAfter100Ms: far,
        answeredAtOnce: near,
      },
      workers,
      // N13: bills.list and notices.list of the portal that makes and sends the messages.
      others,
      passed:
        ratio >= 0.3 &&
        rssGrowthMb < RSS_MOST_MB &&
        sends.ratio >= 0.6 &&
        workers.ratio >= 1.6 &&
        others.passed,
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
  readonly sandboxFile: string
  readonly person: BenchPerson
  readonly program: string
  readonly platformProgram: string
}

const sinceSeconds = (at: number): string => ((Date.now() - at) / 1000).toFixed(0)

/** The demo's configuration with the bench's platform; Redis is there, as in production. */
async function writeConfig(
  world: World,
  platformPort: number,
): Promise<{ config: string; sandboxFile: string }> {
  const [wechatPhone, alipayPhone, workerPhone] = [await freePort(), await freePort(), await freePort()]
  const { serverFile, sandboxFile } = writeDemoConfig({
    dataDir: world.dataDir,
    ports: { portal: 9, metrics: 9, sandbox: platformPort, wechatPhone, alipayPhone, workerPhone },
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
  return { config: `config/demo.yaml:${file}`, sandboxFile: unlimited(sandboxFile) }
}

/** Templates that are agreed to once for ever, and nobody at the portal's address to be told of each message. */
function unlimited(sandboxFile: string): string {
  interface Templates {
    templates: { kind: string }[]
  }
  const sandbox = parse(readFileSync(sandboxFile, 'utf8')) as {
    wechat: { mini: Templates & { push?: object } }
    alipay: { apps: Templates[] }
  }
  const forEver = <T extends Templates>(app: T): T => ({
    ...app,
    templates: app.templates.map((template) => ({ ...template, kind: 'longterm' })),
  })
  const { push: _push, ...mini } = sandbox.wechat.mini
  const changed = {
    ...sandbox,
    wechat: { ...sandbox.wechat, mini: forEver(mini) },
    // A newer application would give ids of its own, which only a login tells.
    alipay: {
      ...sandbox.alipay,
      apps: sandbox.alipay.apps.map((app) => ({ ...forEver(app), idMode: 'userid' })),
    },
  }
  writeFileSync(sandboxFile, stringify(changed), { mode: 0o600 })
  return sandboxFile
}

const PERSON = 'bench-resident'

/** Starts the sandbox for a moment: its one person agrees, and we learn what they are called there. */
async function personAt(world: World, port: number, sandboxFile: string): Promise<BenchPerson> {
  await makeFresh(sandboxBuild)
  const sandbox = await startSandbox(world, port, sandboxFile)
  try {
    await agree(port)
    const { appid } = (parse(readFileSync(sandboxFile, 'utf8')) as { wechat: { mini: { appid: string } } })
      .wechat.mini
    const person = await control<{ openids: Record<string, string>; alipayUserId: string }>(port, 'people', {
      id: PERSON,
    })
    return { wechat: person.openids[appid] ?? '', alipay: person.alipayUserId }
  } finally {
    await sandbox.stop()
  }
}

const EMERGENCY = { wechat: 'YihuMiniOutageEmergency0001', alipay: 'YihuAlipayOutageEmergency0001' }

async function agree(port: number): Promise<void> {
  await control(port, 'people', { id: PERSON, name: '王测', phone: null, alipayUserId: '2088000020261122' })
  const asked = { personId: PERSON, answer: 'accept' }
  const wechat = await control<Record<string, unknown>>(port, 'wechat/subscribe', {
    ...asked,
    tmplIds: [EMERGENCY.wechat],
  })
  const alipay = await control<{ ok: boolean }>(port, 'alipay/subscribe', {
    ...asked,
    entityIds: [EMERGENCY.alipay],
  })
  if (wechat[EMERGENCY.wechat] !== 'accept' || !alipay.ok)
    throw new Error(`the sandbox answered ${JSON.stringify({ wechat, alipay })}`)
}

async function control<T>(port: number, path: string, body: object): Promise<T> {
  const answer = await fetch(`http://127.0.0.1:${port}/control/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}

function startSandbox(world: World, port: number, sandboxFile: string): Promise<Server> {
  return startServer('sandbox', 'sandbox/dist/main.cjs', {
    port,
    readyUrl: `http://127.0.0.1:${port}/control/state`,
    log: join(world.dataDir, 'fanout-sandbox.log'),
    env: {},
    args: ['--config', sandboxFile],
  })
}

/** What the rows of residents with either wallet say. */
async function identitiesOf(bench: Bench): Promise<Record<BenchWallet, WalletIdentity>> {
  const sealed = await child<Record<BenchWallet, string>>(bench, { kind: 'prepare', person: bench.person })
  const [, file = ''] = bench.config.split(':')
  const { platforms } = parse(readFileSync(file, 'utf8')) as {
    platforms: { wechat: { mini: { appId: string } }; alipay: { apps: { mini: { appId: string } } } }
  }
  const wechat = { provider: 'wechat-mini', appId: platforms.wechat.mini.appId, idType: 'openid' }
  const alipay = { provider: 'alipay', appId: platforms.alipay.apps.mini.appId, idType: 'user_id' }
  return { wechat: { ...wechat, sealed: sealed.wechat }, alipay: { ...alipay, sealed: sealed.alipay } }
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

async function leave(pool: Pool, wallet: BenchWallet): Promise<void> {
  await onlyDue(pool, wallet)
  await untilWritten(pool)
}

/**
 * One worker beside a loop that does nothing but the same calls: to the sandbox, or to a stand-in for WeChat that answers
 * so late.
 */
async function measureSends(
  bench: Bench,
  platformIs: 'sandbox' | number,
  wallets: readonly BenchWallet[] = ['wechat'],
): Promise<Sends> {
  const platform =
    platformIs === 'sandbox'
      ? await startSandbox(bench.world, bench.platformPort, bench.sandboxFile)
      : await startPlatform(bench, platformIs)
  if (platformIs === 'sandbox') await agree(bench.platformPort)
  const bare = await child<SendResult>(bench, {
    kind: 'bare',
    seconds: SEND_SECONDS,
    person: bench.person,
    wallets,
    atOnce: SENDS_AT_ONCE,
  })
  const ours = await child<SendResult>(bench, { kind: 'send', seconds: SEND_SECONDS })
  await platform.stop()
  const [worker, loop] = [Math.round(ours.perSecond), Math.round(bare.perSecond)]
  const to =
    platformIs === 'sandbox'
      ? `to the sandbox for ${wallets.join(' and ')}`
      : `answered after ${platformIs} ms`
  say(`sends ${to}: ${worker}/s by a worker, ${loop}/s by a bare loop`)
  return { ratio: round(ours.perSecond / bare.perSecond), ours: worker, floor: loop }
}

async function withOthers(bench: Bench): Promise<Awaited<ReturnType<typeof measureOthers>>> {
  const platform = await startPlatform(bench, FAR_MS)
  const { pool, config, world } = bench
  const publish = (): Promise<unknown> => child(bench, { kind: 'publish' })
  try {
    return await measureOthers({ pool, config, dataDir: world.dataDir, publish })
  } finally {
    await platform.stop()
  }
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
