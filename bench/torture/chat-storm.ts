import { Redis } from 'ioredis'
import { run } from '../../scripts/run'
import type { Services } from '../../scripts/services'
import type { ChatClient } from '../lib/chat-load'
import { childProgram } from '../lib/child-program'
import { say } from '../lib/result'
import { openBooks } from './books'
import { Chatter, type Meant } from './chatter'
import { type City, startCity, type TortureEngine } from './city'
import type { Books, Invariant } from './invariants'
import { startKiller } from './killer'
import { pause } from './portal-client'
import { type Random, seeded } from './random'
import { startTcpProxy, type TcpProxy } from './tcp-proxy'

export interface ChatStormOptions {
  readonly engine: TortureEngine
  readonly services: Services | null
  readonly seed: number
  readonly conversations: number
  readonly killEveryMs: number
}

const EACH_AGENT = 10
const MESSAGES_EACH = 6
const BREAK_EVERY_MS = 2_500
const REDIS_AWAY_MS = 4_000
const STORM_MAX_MS = 60_000
const CALM_WITHIN_MS = 120_000

const SETTINGS: Readonly<Record<string, string>> = {
  // Nobody looks at pages here, and packing them would only make each start longer.
  YIHU__HTTP__PAGES_DIR: 'server/none',
  YIHU__HTTP__CONSOLE_DIR: 'server/none',
  YIHU__SOCKETS__PER_ADDRESS: '10000',
  YIHU__SOCKETS__PER_PERSON: '200',
  YIHU__CHAT__MESSAGES_PER_MINUTE: '1000000',
  YIHU__LIMITS__STAFF: '{limit: 100000000, windowMs: 60000}',
}

/**
 * Conversations between residents with two devices each and agents who hand them to each other, while connections
 * break, processes are killed and Redis is emptied or away (N19, I9). Afterwards every client has read the same.
 */
export async function chatStorm(options: ChatStormOptions): Promise<Invariant[]> {
  const { engine, services, seed, conversations } = options
  const random = seeded(seed)
  const redis = services === null ? null : await startTcpProxy([services.redisPort])
  const city = await startCity({
    ...options,
    ...(redis ? { redisPort: redis.port } : {}),
    settings: SETTINGS,
    nodes: engine === 'mariadb' ? 3 : 1,
  })
  const started = Date.now()
  const tell = (text: string): void =>
    say(`[${engine} ${((Date.now() - started) / 1000).toFixed(0).padStart(3)} s] ${text}`)
  try {
    const people = await moveIn(city, conversations)
    for (const node of city.nodes) await node.start()
    const storm = { isOver: false }
    const chatters = chattersOf(people, city, random, storm)
    const talking = chatters.map((chatter) => chatter.run())
    const killer = startKiller(city.nodes, seeded(seed + 1), options.killEveryMs, () =>
      spoilRedis(services, redis, tell),
    )
    const handing = handOver(people, city, seeded(seed + 2), storm)
    const allIsSaid = (): boolean => chatters.every((chatter) => chatter.isDone())
    await until(() => killer.kills() >= 3 && allIsSaid(), STORM_MAX_MS)
    storm.isOver = true
    await killer.stop()
    const handed = await handing
    tell(
      `${killer.kills()} kills -9, ${sum(chatters, ({ reconnects }) => reconnects)} connections, ${handed} hand-overs`,
    )
    // A slow machine is still talking here; now that nothing is killed, all of it is said and answered.
    await until(allIsSaid)
    const books = await openBooks(city, services?.mariadbPort ?? 0)
    try {
      return [await compare(books, chatters, talking, handed)]
    } finally {
      await books.close()
    }
  } finally {
    await city.stop()
    await redis?.close()
  }
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0)

/** Waits for it; what follows says what is missing when it never comes. */
async function until(isSo: () => boolean | Promise<boolean>, withinMs = CALM_WITHIN_MS): Promise<void> {
  const late = Date.now() + withinMs
  while (!(await isSo()) && Date.now() < late) await pause(50)
}

/** Two agents share ten conversations, so that each can be handed to the other one. */
async function moveIn(city: City, conversations: number): Promise<ChatClient[]> {
  const agents = Math.ceil(conversations / EACH_AGENT)
  const counts = [conversations, agents, EACH_AGENT].map(String)
  const ran = await run(process.execPath, [await childProgram('chat-people'), ...counts], { env: city.env })
  if (ran.code !== 0) throw new Error(`nobody moved in:\n${ran.output}`)
  const people = JSON.parse(ran.output) as ChatClient[]
  const staff = people.filter(({ side }) => side === 'staff')
  return people.map((client) => {
    const at = staff.indexOf(client)
    const other = at < 0 ? undefined : (staff[at % 2 === 0 ? at + 1 : at - 1] ?? client)
    const shared = new Set([...client.conversations, ...(other?.conversations ?? [])])
    return { ...client, conversations: [...shared] }
  })
}

function chattersOf(
  people: readonly ChatClient[],
  city: City,
  random: Random,
  storm: { readonly isOver: boolean },
): Chatter[] {
  let serial = 0
  const outboxOf = (client: ChatClient, count: number): Meant[] =>
    Array.from({ length: count }, () => {
      const clientId = `storm-${String(++serial).padStart(12, '0')}`
      return {
        conversationId: random.pick(client.conversations),
        clientId,
        text: clientId,
        ending: 'open',
        tries: 0,
        told: 'nothing',
      }
    })
  const how = (polls: boolean) => ({
    polls,
    ports: city.nodes.map(({ port }) => port),
    random: seeded(random.below(2 ** 31)),
    breakEveryMs: () => (storm.isOver ? null : BREAK_EVERY_MS),
  })
  return people.flatMap((client) => {
    if (client.side === 'staff')
      return [new Chatter(client, outboxOf(client, MESSAGES_EACH * EACH_AGENT), how(false))]
    // The phone and the tablet of one resident; some of them where sockets are blocked.
    return [random.chance(0.2), false].map(
      (polls) => new Chatter(client, outboxOf(client, MESSAGES_EACH / 2), how(polls)),
    )
  })
}

async function spoilRedis(
  services: Services | null,
  redis: TcpProxy | null,
  tell: (text: string) => void,
): Promise<void> {
  if (services === null || redis === null) return
  const direct = new Redis(services.redisPort, '127.0.0.1')
  await direct.flushall()
  direct.disconnect()
  redis.cut(true)
  tell('Redis was emptied, and is away')
  void pause(REDIS_AWAY_MS).then(() => redis.cut(false))
}

/** Agents hand their conversations to the colleague beside them and back. Answers how often it was done. */
async function handOver(
  people: readonly ChatClient[],
  city: City,
  random: Random,
  storm: { readonly isOver: boolean },
): Promise<number> {
  const staff = people.filter(({ side }) => side === 'staff')
  if (staff.length < 2) return 0
  let handed = 0
  let serial = 0
  const call = async (client: ChatClient, operation: string, input: object): Promise<Response> =>
    fetch(`http://127.0.0.1:${random.pick(city.nodes).port}/api/${operation}`, {
      method: 'POST',
      headers: { ...client.headers, 'content-type': 'application/json', connection: 'close' },
      body: JSON.stringify({ clientId: `hand-over-${String(++serial).padStart(10, '0')}`, ...input }),
      signal: AbortSignal.timeout(3000),
    })
  while (!storm.isOver) {
    await pause(150)
    const at = random.below(staff.length)
    const [from, into] = [staff[at], staff[at % 2 === 0 ? at + 1 : at - 1]]
    if (!from || !into) continue
    try {
      const seat = await call(into, 'seats.set', { state: 'open', capacity: 20 })
      if (!seat.ok) continue
      const note = '我这边先离开一下'
      const conversationId = random.pick(from.conversations)
      const answer = await call(from, 'chatDesk.transfer', { conversationId, toStaffId: into.id, note })
      if (answer.ok) handed++
    } catch {
      // That process is down; another time.
    }
  }
  return handed
}

interface Row {
  readonly conversationId: string
  readonly seq: number
  readonly clientId: string
  readonly audience: string
}

/** Every client, when all is calm, has exactly what stands in the table, in its order, and nothing else. */
async function compare(
  books: Books,
  chatters: readonly Chatter[],
  talking: readonly Promise<void>[],
  handed: number,
): Promise<Invariant> {
  const read = async (): Promise<Map<string, Row[]>> => {
    const rows = await books.query<Row>(
      'SELECT conversationId, seq, clientId, audience FROM chat_message ORDER BY conversationId, seq',
    )
    const by = new Map<string, Row[]>()
    for (const row of rows) by.set(row.conversationId, [...(by.get(row.conversationId) ?? []), row])
    return by
  }
  const visible = (rows: readonly Row[], chatter: Chatter): number[] =>
    rows.flatMap(({ seq, audience }) => (chatter.client.side === 'staff' || audience === 'all' ? [seq] : []))
  const differs = (rows: ReadonlyMap<string, Row[]>): string[] =>
    chatters.flatMap((chatter) =>
      [...chatter.got].flatMap(([id, got]) => {
        const wanted = visible(rows.get(id) ?? [], chatter)
        return wanted.join() === got.join()
          ? []
          : [`${chatter.client.side} of ${id} has ${got.join()} and not ${wanted.join()}`]
      }),
    )
  await until(async () => differs(await read()).length === 0)
  const rows = await read()
  for (const chatter of chatters) chatter.stop()
  await Promise.all(talking)
  const meant = chatters.flatMap(({ outbox }) => outbox)
  const kept = new Map<string, number>()
  for (const { clientId } of [...rows.values()].flat()) kept.set(clientId, (kept.get(clientId) ?? 0) + 1)
  const violations = [
    ...differs(rows),
    ...chatters.flatMap(({ doubled }) => doubled.map((text) => `given twice: ${text}`)),
    ...meant.flatMap(({ clientId, ending, tries, told }) => {
      const wanted = ending === 'refused' ? 0 : 1
      const is = kept.get(clientId) ?? 0
      return ending !== 'open' && is === wanted
        ? []
        : [`${clientId} is ${ending} and stands there ${is} times; said ${tries} times, told ${told}`]
    }),
    ...[...rows].flatMap(([id, list]) =>
      list.every(({ seq }, at) => seq === at + 1)
        ? []
        : [`${id} has a gap: ${list.map(({ seq }) => seq).join()}`],
    ),
  ]
  return {
    id: 'N19',
    holds: 'every message once, in the same order on both sides, without a gap',
    numbers: {
      conversations: rows.size,
      clients: chatters.length,
      meant: meant.length,
      kept: meant.filter(({ ending }) => ending === 'kept').length,
      refused: meant.filter(({ ending }) => ending === 'refused').length,
      handed,
    },
    violations: violations.slice(0, 20),
  }
}
