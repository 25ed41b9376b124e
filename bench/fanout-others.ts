import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool } from 'mysql2/promise'
import { Pool as Connections } from 'undici'
import { parse, stringify } from 'yaml'
import { makeFresh, serverBuild } from '../scripts/builds'
import { freePort } from '../scripts/ports'
import { BILLS_PER_HOUSEHOLD, growBills, moveResidentsIn } from './lib/bill-rows'
import { untilWritten } from './lib/request-rows'
import { round, say } from './lib/result'
import { countOf, type Server, startServer } from './lib/world'

const POLLERS = 20
const EVERY_MS = 200
const SECONDS = 20
const HOUSEHOLDS_WITH_BILLS = 10_000
/** N13: what somebody else waits for while a notice goes to a million. */
const P99_MOST_MS = 300

export interface Others {
  readonly p99Ms: number
  readonly quietP99Ms: number
  readonly p50Ms: number
  readonly quietP50Ms: number
  /** How many were not answered with 200. */
  readonly failed: number
  /** What the same process wrote and sent meanwhile. */
  readonly rowsMade: number
  readonly sent: number
  readonly passed: boolean
}

/**
 * N13: one portal as it is shipped, which spreads a notice to the city and sends it, while others read their bills and
 * the notices; beside the same readers while it does nothing else.
 */
export async function measureOthers(of: {
  readonly pool: Pool
  readonly config: string
  readonly dataDir: string
  readonly publish: () => Promise<unknown>
}): Promise<Others> {
  const { pool } = of
  for (const table of [
    'message',
    'message_delivery',
    'message_tally',
    'message_bulk',
    'notice_fanout',
    'job',
  ])
    await pool.query(`TRUNCATE TABLE ${table}`)
  const bills = HOUSEHOLDS_WITH_BILLS * BILLS_PER_HOUSEHOLD
  await growBills(pool, 1, bills)
  const asked = (await moveResidentsIn(pool, bills, POLLERS)).map(pathAndToken)
  await untilWritten(pool)
  const portal = await startWhole(of)
  try {
    await poll(portal, asked, 5)
    const quiet = await poll(portal, asked, SECONDS)
    await of.publish()
    await untilBusy(pool)
    const [madeBefore, sentBefore] = [await made(pool), await sent(pool)]
    const busy = await poll(portal, asked, SECONDS)
    const [rowsMade, sentNow] = [(await made(pool)) - madeBefore, (await sent(pool)) - sentBefore]
    if (sentNow === 0) throw new Error('nothing was sent while the others were measured')
    say(
      `others: p99 ${busy.p99Ms} ms while ${rowsMade} rows were made and ${sentNow} sent, ${quiet.p99Ms} ms in quiet; ${busy.failed} failed`,
    )
    return {
      p99Ms: busy.p99Ms,
      quietP99Ms: quiet.p99Ms,
      p50Ms: busy.p50Ms,
      quietP50Ms: quiet.p50Ms,
      failed: busy.failed,
      rowsMade,
      sent: sentNow,
      passed: busy.p99Ms < P99_MOST_MS && busy.failed === 0,
    }
  } finally {
    await portal.stop()
  }
}

const made = (pool: Pool): Promise<number> =>
  countOf(pool, 'SELECT COALESCE(SUM(residents), 0) FROM notice_fanout')
const sent = (pool: Pool): Promise<number> =>
  countOf(
    pool,
    "SELECT COALESCE(SUM(n), 0) FROM message_tally WHERE channel <> 'inbox' AND state = 'delivered'",
  )

/** The portal has taken the job up and carries its first messages. */
async function untilBusy(pool: Pool): Promise<void> {
  const until = Date.now() + 60_000
  while ((await sent(pool)) === 0) {
    if (Date.now() > until) throw new Error('the portal sends nothing')
    await pause(100)
  }
}

interface Asked {
  readonly path: string
  readonly authorization: string
}

function pathAndToken(request: string): Asked {
  const path = /^GET (\S+)/.exec(request)?.[1] ?? ''
  return { path, authorization: /authorization: (.+)\r/.exec(request)?.[1] ?? '' }
}

/** The portal with its own runner of jobs, on the bench's database and platform. */
async function startWhole(of: { readonly config: string; readonly dataDir: string }): Promise<Server> {
  await makeFresh(serverBuild)
  const [base = '', own = ''] = of.config.split(':')
  const config = parse(readFileSync(own, 'utf8')) as Record<string, Record<string, unknown>>
  const [port, metricsPort] = [await freePort(), await freePort()]
  Object.assign(config['http'] ?? {}, { port, metricsPort })
  const open = { limit: 1_000_000_000, windowMs: 60_000 }
  config['limits'] = { read: open, perIp: open }
  const file = join(of.dataDir, 'fanout-portal.yaml')
  writeFileSync(file, stringify(config), { mode: 0o600 })
  return startServer('portal', 'server/dist/main.cjs', {
    port,
    readyUrl: `http://127.0.0.1:${metricsPort}/live`,
    log: join(of.dataDir, 'fanout-portal.log'),
    env: { YIHU_CONFIG: `${base}:${file}` },
  })
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))

/** Each reader asks five times a second, in turn for its bills and for the notices; whoever is kept waits from when it was to ask. */
async function poll(
  portal: Server,
  asked: readonly Asked[],
  seconds: number,
): Promise<{ p50Ms: number; p99Ms: number; failed: number }> {
  const connections = new Connections(`http://127.0.0.1:${portal.port}`, { connections: asked.length })
  const tookMs: number[] = []
  let failed = 0
  const begin = performance.now()
  const reader = async ({ path, authorization }: Asked, index: number): Promise<void> => {
    const first = begin + (index * EVERY_MS) / asked.length
    for (let turn = 0; turn * EVERY_MS < seconds * 1000; turn++) {
      const due = first + turn * EVERY_MS
      await pause(due - performance.now())
      const answer = await connections.request({
        method: 'GET',
        path: turn % 2 === 0 ? path : '/api/notices.list?companyId=heating',
        headers: { authorization },
      })
      await answer.body.text()
      if (answer.statusCode !== 200) failed++
      tookMs.push(performance.now() - due)
    }
  }
  await Promise.all(asked.map(reader))
  await connections.close()
  const sorted = tookMs.sort((a, b) => a - b)
  const at = (share: number): number =>
    round(sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN, 1)
  return { p50Ms: at(0.5), p99Ms: at(0.99), failed }
}
