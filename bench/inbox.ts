import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../scripts/ports'
import { childProgram } from './lib/child-program'
import { type LoadResult, putLoadOn, requestText } from './lib/load'
import { type BenchResult, median, round, say } from './lib/result'
import { openWorld, POOL_SIZE, type Server, startServer, type World } from './lib/world'
import { grown } from './requests'

const TOTAL = 1_000_000
const ROUNDS = 5
const CONNECTIONS = 4
const REQUESTS = 1_500

/** The console's busiest list, everything open of a company by what is due next, beside the bare select. */
export async function benchInbox(): Promise<BenchResult> {
  const world = await openWorld()
  try {
    const name = 'bench_inbox'
    const { agent, portal } = await grown(world, name, TOTAL)
    const path = '/api/desk.list?companyId=heating&states=open&tab=all&sort=due&limit=50'
    const ours = requestText('GET', path, { cookie: agent.cookie, 'x-yihu-console': '1' })
    const floor = await startFloor(world, name)
    const bare = requestText('GET', '/list', {})
    await turn(portal, ours)
    await turn(floor, bare)
    const pairs: { ours: LoadResult; floor: LoadResult }[] = []
    for (let number = 1; number <= ROUNDS; number++) {
      const pair = { ours: await turn(portal, ours), floor: await turn(floor, bare) }
      pairs.push(pair)
      say(`round ${number}: p95 ${pair.ours.p95Ms} ms, floor ${pair.floor.p95Ms} ms`)
    }
    await Promise.all([portal.stop(), floor.stop()])
    const ratio = round(median(pairs.map((pair) => pair.floor.p95Ms / pair.ours.p95Ms)))
    return {
      name: 'inbox',
      ratio,
      ours: median(pairs.map((pair) => pair.ours.p95Ms)),
      floor: median(pairs.map((pair) => pair.floor.p95Ms)),
      unit: `ms (p95) for 50 of ${TOTAL} requests`,
      passed: ratio >= 0.4,
    }
  } finally {
    await world.stop()
  }
}

async function turn(server: Server, request: string): Promise<LoadResult> {
  const result = await putLoadOn({
    port: server.port,
    connections: CONNECTIONS,
    requests: [request],
    count: REQUESTS,
  })
  if (result.statuses['200'] !== REQUESTS)
    throw new Error(`not every list came: ${JSON.stringify(result.statuses)}`)
  return result
}

async function startFloor(world: World, database: string): Promise<Server> {
  const port = await freePort()
  const file = join(world.dataDir, 'floor-inbox.json')
  const config = { port, mariadbPort: world.services.mariadbPort, database, poolSize: POOL_SIZE }
  writeFileSync(file, JSON.stringify(config))
  return startServer('floor', await childProgram('floor-inbox'), {
    port,
    readyUrl: `http://127.0.0.1:${port}/`,
    log: join(world.dataDir, 'floor-inbox.log'),
    env: { FLOOR_CONFIG: file },
  })
}
