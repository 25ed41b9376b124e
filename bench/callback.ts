import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool } from 'mysql2/promise'
import { freePort } from '../scripts/ports'
import { until } from '../scripts/processes'
import { childProgram } from './lib/child-program'
import { type LoadResult, putLoadOn } from './lib/load'
import { callbackOf, insertOrders, type Order, type Signer } from './lib/orders'
import { type BenchResult, median, round, say } from './lib/result'
import { countOf, openWorld, POOL_SIZE, type Server, startPortal, startServer, type World } from './lib/world'

const CONNECTIONS = 50
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5)
const CALLBACKS = 1500
const PATH = '/callbacks/wechat/heating'

/**
 * Settled WeChat callbacks per second on MariaDB with every commit on the disk, beside a bare Koa that does the same
 * cryptography and leaves the same rows. The two take turns, so that a busy machine is busy for both; between the
 * turns the portal finishes what its callbacks made due.
 */
export async function benchCallback(): Promise<BenchResult> {
  const world = await openWorld()
  try {
    const ours = await world.database('bench_ours')
    const portal = await startPortal(world, 'bench_ours')
    const floorPool = await copySchema(world, ours)
    const signer = signerOf(world)
    const floor = await startFloor(world)
    const pairs: { ours: LoadResult; floor: LoadResult; drainedMs: number }[] = []
    for (let number = 0; number <= ROUNDS; number++) {
      const count = number === 0 ? 300 : CALLBACKS
      const orders = await insertOrders([ours, floorPool], signer, count)
      const ourRound = () => turn(portal, signer, orders)
      const floorRound = () => turn(floor, signer, orders)
      // Who goes first changes, because the second one finds a warmer machine.
      const oursFirst = number % 2 === 0
      const first = oursFirst ? await ourRound() : await floorRound()
      const drainedMs = oursFirst ? await drained(ours) : 0
      const second = oursFirst ? await floorRound() : await ourRound()
      const pair = oursFirst ? { ours: first, floor: second } : { ours: second, floor: first }
      const laterMs = oursFirst ? drainedMs : await drained(ours)
      await assertSettled([ours, floorPool], orders)
      if (number === 0) continue
      pairs.push({ ...pair, drainedMs: laterMs })
      say(
        `round ${number}: portal ${pair.ours.perSecond}/s (p99 ${pair.ours.p99Ms} ms), floor ${pair.floor.perSecond}/s ` +
          `(p99 ${pair.floor.p99Ms} ms); what followed was done ${laterMs} ms later`,
      )
    }
    await portal.stop()
    await floor.stop()
    const oursPerSecond = median(pairs.map((pair) => pair.ours.perSecond))
    const p99Ms = median(pairs.map((pair) => pair.ours.p99Ms))
    return {
      name: 'callback',
      ratio: round(median(pairs.map((pair) => pair.ours.perSecond / pair.floor.perSecond))),
      ours: oursPerSecond,
      floor: median(pairs.map((pair) => pair.floor.perSecond)),
      unit: 'settled callbacks/s',
      p99Ms,
      floorP99Ms: median(pairs.map((pair) => pair.floor.p99Ms)),
      passed: median(pairs.map((pair) => pair.ours.perSecond / pair.floor.perSecond)) >= 0.5 && p99Ms < 1000,
    }
  } finally {
    await world.stop()
  }
}

export function signerOf(world: Pick<World, 'secrets'>): Signer {
  const keys = world.secrets.platforms.sandbox.merchants.find(({ mchid }) => mchid === '1900000101')
  if (!keys) throw new Error('the demo keys have no heating merchant')
  return {
    mchid: keys.mchid,
    appId: 'wx1a2b3c4d5e6f7001',
    apiV3Key: keys.apiV3Key,
    publicKeyId: keys.publicKeyId,
    privateKeyPem: keys.publicKeyPrivatePem,
  }
}

async function turn(server: Server, signer: Signer, orders: readonly Order[]): Promise<LoadResult> {
  const requests = orders.map((order) => callbackOf(signer, order, PATH))
  const result = await putLoadOn({
    port: server.port,
    connections: CONNECTIONS,
    requests,
    count: requests.length,
  })
  if (result.statuses['200'] !== orders.length)
    throw new Error(`not every callback was accepted: ${JSON.stringify(result.statuses)}`)
  return result
}

/** Waits until the portal has carried out what its callbacks promised, so that this does not weigh on the floor. */
async function drained(pool: Pool): Promise<number> {
  const started = Date.now()
  const left =
    "SELECT (SELECT COUNT(*) FROM job WHERE state = 'due') + (SELECT COUNT(*) FROM writeback WHERE state = 'due')"
  await until(async () => (await countOf(pool, left)) === 0, {
    timeoutMs: 120_000,
    everyMs: 100,
    timedOut: () => 'the portal did not finish what its callbacks made due',
  })
  return Date.now() - started
}

/** Answers count only if the money is in the books. */
async function assertSettled(pools: readonly Pool[], orders: readonly Order[]): Promise<void> {
  const last = orders.map(({ orderNo }) => `'${orderNo}'`).join(',')
  for (const pool of pools) {
    const paid = await countOf(
      pool,
      `SELECT COUNT(*) FROM payment WHERE state = 'paid' AND orderNo IN (${last})`,
    )
    if (paid !== orders.length) throw new Error(`${paid} of ${orders.length} orders are paid`)
  }
}

const TABLES = [
  'resident',
  'household',
  'bill',
  'payment',
  'payment_bill',
  'payment_notice',
  'ledger_entry',
  'writeback',
  'message',
  'job',
  'audit_log',
]

async function copySchema(world: World, ours: Pool): Promise<Pool> {
  const pool = await world.database('bench_floor')
  for (const table of TABLES) await ours.query(`CREATE TABLE bench_floor.${table} LIKE bench_ours.${table}`)
  return pool
}

async function startFloor(world: World): Promise<Server> {
  const port = await freePort()
  const merchant = world.secrets.platforms.server.merchants.find(({ mchid }) => mchid === '1900000101')
  const file = join(world.dataDir, 'floor.json')
  const config = {
    port,
    mariadbPort: world.services.mariadbPort,
    database: 'bench_floor',
    poolSize: POOL_SIZE,
    publicKeyPem: merchant?.wechatPayPublicKeyPem,
    apiV3Key: merchant?.apiV3Key,
    vaultKey: world.secrets.vaultKey,
  }
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 })
  return startServer('floor', await childProgram('floor-callback'), {
    port,
    readyUrl: `http://127.0.0.1:${port}/`,
    log: join(world.dataDir, 'floor.log'),
    env: { FLOOR_CONFIG: file },
  })
}
