import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RowDataPacket } from 'mysql2/promise'
import { freePort } from '../scripts/ports'
import { run } from '../scripts/run'
import { ChatLoad, type ChatTurn } from './lib/chat-load'
import { childProgram } from './lib/child-program'
import { type BenchResult, median, round, say } from './lib/result'
import { countOf, openWorld, POOL_SIZE, type Server, startPortal, startServer, type World } from './lib/world'

const SOCKETS = Number(process.env['BENCH_SOCKETS'] ?? 5000)
const PER_SECOND = Math.max(10, SOCKETS / 10)
const SECONDS = 20
const ROUNDS = 3
/** Of a hundred sockets two are agents', with as many conversations as one can watch. */
const AGENTS = Math.max(1, Math.round(SOCKETS / 50))
const EACH = Math.min(40, Math.floor((SOCKETS - AGENTS) / AGENTS))
const WARM = Math.max(AGENTS + 20, Math.round(SOCKETS / 4))

/**
 * Thousands of sockets on one process, most of them residents who talk with agents: from writing to the other side's
 * receipt, and memory per socket, beside a bare relay that commits the same row first.
 */
export async function benchChat(): Promise<BenchResult> {
  const world = await openWorld()
  const name = 'bench_chat'
  try {
    const pool = await world.database(name)
    const portal = await startPortal(world, name)
    const floor = await startFloor(world, name)
    const clientsFile = join(world.dataDir, 'chat-clients.json')
    await makePeople(world, name, clientsFile)
    const sides = {
      ours: await connected(portal, { port: portal.port, tickets: true, clientsFile }),
      floor: await connected(floor, { port: floor.port, tickets: false, clientsFile }),
    }
    say(`memory per socket: ${sides.ours.kbEach} KB, floor ${sides.floor.kbEach} KB`)
    const pairs: { ours: ChatTurn; floor: ChatTurn }[] = []
    for (let number = 0; number <= ROUNDS; number++) {
      const pair = { ours: await turnOf(sides.ours.load), floor: await turnOf(sides.floor.load) }
      say(
        `round ${number}: p99 ${pair.ours.p99Ms} ms, floor ${pair.floor.p99Ms} ms; p50 ${pair.ours.p50Ms}, ${pair.floor.p50Ms}`,
      )
      // The first is for both to grow warm.
      if (number > 0) pairs.push(pair)
    }
    const kept = await countOf(pool, 'SELECT COUNT(*) AS n FROM chat_message')
    if (kept !== (ROUNDS + 1) * PER_SECOND * SECONDS) throw new Error(`${kept} messages were kept`)
    await Promise.all([sides.ours.load.stop(), sides.floor.load.stop()])
    await Promise.all([portal.stop(), floor.stop()])
    const [ours, bare] = [median(pairs.map((p) => p.ours.p99Ms)), median(pairs.map((p) => p.floor.p99Ms))]
    const latency = round(ours / bare)
    const memory = round(sides.ours.kbEach / sides.floor.kbEach)
    return {
      name: 'chat',
      ratio: round(bare / ours),
      ours,
      floor: bare,
      unit: `ms (p99) from sending to receipt, ${SOCKETS} sockets, ${PER_SECOND} messages/s`,
      timesFloor: latency,
      kbPerSocket: sides.ours.kbEach,
      floorKbPerSocket: sides.floor.kbEach,
      timesFloorMemory: memory,
      passed: latency <= 2 && memory <= 3,
    }
  } finally {
    await world.stop()
  }
}

async function turnOf(load: ChatLoad): Promise<ChatTurn> {
  const turn = await load.turn(PER_SECOND, SECONDS)
  if (turn.received !== turn.sent)
    throw new Error(`${turn.sent} sent, ${turn.received} received: ${JSON.stringify(turn)}`)
  return turn
}

/** Connects everybody; what the first few cost is the process growing warm. */
async function connected(
  server: Server,
  target: Parameters<typeof ChatLoad.start>[0],
): Promise<{ load: ChatLoad; kbEach: number }> {
  const load = await ChatLoad.start(target)
  await load.connect(WARM)
  const before = rssKb(server.pid)
  await load.connect(SOCKETS - WARM)
  return { load, kbEach: round((rssKb(server.pid) - before) / (SOCKETS - WARM), 1) }
}

function rssKb(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}

async function makePeople(world: World, name: string, file: string): Promise<void> {
  const counts = [SOCKETS - AGENTS, AGENTS, EACH].map(String)
  const env = { YIHU_CONFIG: `config/demo.yaml:${join(world.dataDir, `${name}.yaml`)}` }
  const ran = await run(process.execPath, [await childProgram('chat-people'), ...counts], { env })
  if (ran.code !== 0) throw new Error(`nobody moved in:\n${ran.output}`)
  writeFileSync(file, ran.output)
}

async function startFloor(world: World, database: string): Promise<Server> {
  const bare = await world.database(`${database}_floor`)
  const pool = await world.database(database)
  const [rows] = await pool.query<RowDataPacket[]>('SHOW CREATE TABLE chat_message')
  await bare.query(String(rows[0]?.['Create Table']))
  const port = await freePort()
  const file = join(world.dataDir, 'floor-chat.json')
  const config = {
    port,
    mariadbPort: world.services.mariadbPort,
    database: `${database}_floor`,
    poolSize: POOL_SIZE,
  }
  writeFileSync(file, JSON.stringify(config))
  return startServer('floor', await childProgram('floor-chat'), {
    port,
    readyUrl: `http://127.0.0.1:${port}/`,
    log: join(world.dataDir, 'floor-chat.log'),
    env: { FLOOR_CONFIG: file },
  })
}
