import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../scripts/ports'
import { growBills, moveResidentsIn } from './lib/bill-rows'
import { childProgram } from './lib/child-program'
import { type LoadResult, putLoadOn } from './lib/load'
import { type BenchResult, median, round, say } from './lib/result'
import { openWorld, POOL_SIZE, type Server, startPortal, startServer, type World } from './lib/world'

const ROUNDS = 5
const CONNECTIONS = 20
const REQUESTS = 4000
const SMALL = 20_000
const LARGE = 4_000_000

async function turn(server: Server, requests: readonly string[], connections: number): Promise<LoadResult> {
  const result = await putLoadOn({ port: server.port, connections, requests, count: REQUESTS })
  if (result.statuses['200'] !== REQUESTS)
    throw new Error(`not every list came: ${JSON.stringify(result.statuses)}`)
  return result
}

/** A household's bill list over HTTP, session, binding and limits included, beside the bare select. */
export async function benchBills(): Promise<BenchResult> {
  const world = await openWorld()
  try {
    const pool = await world.database('bench_bills')
    const portal = await startPortal(world, 'bench_bills')
    await growBills(pool, 1, SMALL)
    const requests = await moveResidentsIn(pool, SMALL, 500)
    const floor = await startFloor(world, 'bench_bills')
    await turn(portal, requests, CONNECTIONS)
    await turn(floor, requests, CONNECTIONS)
    const pairs: { ours: LoadResult; floor: LoadResult }[] = []
    for (let number = 1; number <= ROUNDS; number++) {
      const pair = {
        ours: await turn(portal, requests, CONNECTIONS),
        floor: await turn(floor, requests, CONNECTIONS),
      }
      pairs.push(pair)
      say(`round ${number}: portal ${pair.ours.perSecond}/s, floor ${pair.floor.perSecond}/s`)
    }
    await Promise.all([portal.stop(), floor.stop()])
    const ratio = round(median(pairs.map((pair) => pair.ours.perSecond / pair.floor.perSecond)))
    return {
      name: 'bills',
      ratio,
      ours: median(pairs.map((pair) => pair.ours.perSecond)),
      floor: median(pairs.map((pair) => pair.floor.perSecond)),
      unit: 'bill lists/s',
      p99Ms: median(pairs.map((pair) => pair.ours.p99Ms)),
      passed: ratio >= 0.5,
    }
  } finally {
    await world.stop()
  }
}

async function startFloor(world: World, database: string): Promise<Server> {
  const port = await freePort()
  const file = join(world.dataDir, 'floor-bills.json')
  const config = { port, mariadbPort: world.services.mariadbPort, database, poolSize: POOL_SIZE }
  writeFileSync(file, JSON.stringify(config))
  return startServer('floor', await childProgram('floor-bills'), {
    port,
    readyUrl: `http://127.0.0.1:${port}/`,
    log: join(world.dataDir, 'floor-bills.log'),
    env: { FLOOR_CONFIG: file },
  })
}

/** The same list where the table is two hundred times as large: an index that does not serve would show here. */
export async function benchGrowth(): Promise<BenchResult> {
  const world = await openWorld()
  try {
    const [small, large] = [
      await grown(world, 'bench_small', SMALL),
      await grown(world, 'bench_large', LARGE),
    ]
    await turn(small.portal, small.requests, 4)
    await turn(large.portal, large.requests, 4)
    const pairs: { small: LoadResult; large: LoadResult }[] = []
    for (let number = 1; number <= ROUNDS; number++) {
      const pair = {
        small: await turn(small.portal, small.requests, 4),
        large: await turn(large.portal, large.requests, 4),
      }
      pairs.push(pair)
      say(`round ${number}: p50 ${pair.small.p50Ms} ms at ${SMALL} bills, ${pair.large.p50Ms} ms at ${LARGE}`)
    }
    await Promise.all([small.portal.stop(), large.portal.stop()])
    const ratio = round(median(pairs.map((pair) => pair.large.p50Ms / pair.small.p50Ms)))
    return {
      name: 'growth',
      ratio,
      ours: median(pairs.map((pair) => pair.large.p50Ms)),
      floor: median(pairs.map((pair) => pair.small.p50Ms)),
      unit: `ms (p50) at ${LARGE} and at ${SMALL} bills`,
      passed: ratio <= 1.3,
    }
  } finally {
    await world.stop()
  }
}

async function grown(
  world: World,
  name: string,
  bills: number,
): Promise<{ portal: Server; requests: string[] }> {
  const pool = await world.database(name)
  const portal = await startPortal(world, name)
  const started = Date.now()
  await growBills(pool, 1, bills)
  say(`${bills} bills made in ${((Date.now() - started) / 1000).toFixed(0)} s`)
  await pool.query('ANALYZE TABLE bill')
  return { portal, requests: await moveResidentsIn(pool, bills, 2000) }
}
