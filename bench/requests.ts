import type { RowDataPacket } from 'mysql2/promise'
import { growRequests } from './lib/request-rows'
import { type BenchResult, median, round, say } from './lib/result'
import { type Home, openStaffed, type Staffed } from './lib/staffed'
import { openWorld, type World } from './lib/world'

const SMALL = 10_000
const LARGE = 1_000_000
const ROUNDS = 5
const LANES = 8
const PER_ROUND = 80
const HOMES = 200

interface Seen {
  readonly request: { readonly id: string; readonly version: number }
}

/**
 * One request from "it is cold" to five stars, each step by the one who does it, over HTTP: submitted, looked at,
 * accepted, dispatched, taken, on the way, on site, measured, resolved, rated. Answers its id.
 */
export async function liveThrough(staffed: Staffed, home: Home, until: 'open' | 'closed'): Promise<string> {
  const { agent, dispatcher, worker } = staffed
  const { version: catalogueVersion } = await home.call<{ version: number }>(
    'catalogue.read?companyId=heating',
  )
  const submitted = await home.call<Seen>('requests.submit', {
    companyId: 'heating',
    typeId: 'low-temperature',
    catalogueVersion,
    householdId: home.householdId,
    words: '客厅只有十五度，孩子感冒了',
    answers: { rooms: '全屋都冷', temperature: 15 },
  })
  const requestId = submitted.request.id
  const looked = await agent.call<Seen>(`desk.get?requestId=${requestId}`)
  const accepted = await agent.call<Seen>('desk.move', {
    requestId,
    version: looked.request.version,
    move: 'accept',
  })
  if (until === 'open') return requestId
  await dispatcher.call('dispatch.assign', {
    requestId,
    version: accepted.request.version,
    teamId: worker.teamId,
    staffId: worker.staffId,
  })
  const actions = [
    { kind: 'take' },
    { kind: 'set-out' },
    { kind: 'arrive', place: null },
    { kind: 'reading', room: '客厅', tenths: 165 },
    { kind: 'resolve', words: '给暖气排了气，现在热了' },
  ]
  const at = Date.now()
  const { results } = await worker.call<{ results: { outcome: string; why: string | null }[] }>(
    'field.sync',
    {
      actions: actions.map((action, index) => ({
        actionId: `act-${requestId}-${index}`,
        requestId,
        at: at + index,
        action,
      })),
    },
  )
  const refused = results.find(({ outcome }) => outcome !== 'done')
  if (refused) throw new Error(`the worker was refused: ${refused.outcome} ${refused.why ?? ''}`)
  await home.call('requests.rate', { requestId, stars: 5, outcome: 'solved' })
  return requestId
}

/** Full lifecycles per second where a million requests are in the tables, beside the same at ten thousand. */
export async function benchRequests(): Promise<BenchResult> {
  const world = await openWorld()
  try {
    const small = await grown(world, 'bench_requests_small', SMALL)
    const large = await grown(world, 'bench_requests_large', LARGE)
    await turn(small, 0)
    await turn(large, 0)
    const pairs: { small: number; large: number }[] = []
    for (let number = 1; number <= ROUNDS; number++) {
      const pair = { small: await turn(small, number), large: await turn(large, number) }
      pairs.push(pair)
      say(`round ${number}: ${pair.small}/s at ${SMALL}, ${pair.large}/s at ${LARGE}`)
    }
    await Promise.all([small.portal.stop(), large.portal.stop()])
    const ratio = round(median(pairs.map((pair) => pair.large / pair.small)))
    return {
      name: 'requests',
      ratio,
      ours: median(pairs.map((pair) => pair.large)),
      floor: median(pairs.map((pair) => pair.small)),
      unit: `lifecycles/s at ${LARGE} and at ${SMALL} requests`,
      passed: ratio >= 0.7,
    }
  } finally {
    await world.stop()
  }
}

/** A portal with so many requests in its tables, made after real ones. */
export async function grown(world: World, name: string, total: number): Promise<Staffed> {
  const staffed = await openStaffed(world, name, HOMES)
  const [first, second] = staffed.homes
  if (!first || !second) throw new Error('there is no home to begin with')
  const patterns = {
    openId: await liveThrough(staffed, first, 'open'),
    closedId: await liveThrough(staffed, second, 'closed'),
  }
  const [workers] = await staffed.pool.query<RowDataPacket[]>(
    'SELECT id, teamId FROM staff_account WHERE teamId IS NOT NULL',
  )
  const people = {
    workerIds: workers.map((row) => String(row['id'])),
    teamIds: [...new Set(workers.map((row) => String(row['teamId'])))],
  }
  await growRequests(staffed.pool, patterns, people, total)
  return staffed
}

async function turn(staffed: Staffed, number: number): Promise<number> {
  const started = performance.now()
  let next = 0
  const lane = async (): Promise<void> => {
    for (let index = next++; index < PER_ROUND; index = next++) {
      // Each round begins at other homes, so that no household gathers a history that real ones do not have.
      const home = staffed.homes[(number * 31 + index) % staffed.homes.length]
      if (home) await liveThrough(staffed, home, 'closed')
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return round(PER_ROUND / ((performance.now() - started) / 1000), 1)
}
