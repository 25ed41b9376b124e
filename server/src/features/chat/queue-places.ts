import { chatRulesOf } from '../../core/config/chat'
import type { Database } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import type { ConversationRow } from './entities'
import { answeredSince, waitingOf } from './queue-store'

interface QueuePlace {
  /** How many are before this one. */
  readonly position: number
  /** Null when nobody can tell, because too few were answered of late. */
  readonly estimateMinutes: number | null
}

/** Fewer answers say nothing about the speed. */
const ANSWERS_LEAST = 3
/** Several quick answers in a row are no speed either. */
const SHORTEST_MS = 300_000
const SPEED_KEPT_MS = 10_000

interface Speed {
  readonly until: number
  /** Milliseconds from one resident to the next; null when unknown. */
  readonly eachMs: number | null
}
const speeds = new WeakMap<Database, Map<string, Speed>>()

async function speedOf(ctx: Ctx, companyId: string): Promise<number | null> {
  const known = speeds.get(ctx.db) ?? new Map<string, Speed>()
  speeds.set(ctx.db, known)
  const now = ctx.clock.now()
  const kept = known.get(companyId)
  if (kept && kept.until > now) return kept.eachMs
  const since = now - chatRulesOf(ctx, companyId).estimateWindowMinutes * 60_000
  const { count, firstAt } = await answeredSince(ctx.db.reader, companyId, since)
  const eachMs =
    count < ANSWERS_LEAST || firstAt === null ? null : Math.max(SHORTEST_MS, now - firstAt) / count
  known.set(companyId, { until: now + SPEED_KEPT_MS, eachMs })
  return eachMs
}

/** The place in the queue of each of these that waits, and how long it takes at the speed of the last hour. */
export async function queuePlaces(
  ctx: Ctx,
  rows: readonly Pick<ConversationRow, 'id' | 'companyId' | 'state'>[],
): Promise<Map<string, QueuePlace>> {
  const waiting = rows.filter(({ state }) => state === 'waiting')
  const places = new Map<string, QueuePlace>()
  for (const companyId of new Set(waiting.map((row) => row.companyId))) {
    const [queue, eachMs] = await Promise.all([
      waitingOf(ctx.db.reader, [companyId]),
      speedOf(ctx, companyId),
    ])
    const index = new Map(queue.map(({ id }, position) => [id, position]))
    for (const { id } of waiting.filter((row) => row.companyId === companyId)) {
      const position = index.get(id) ?? queue.length
      const estimateMinutes = eachMs === null ? null : Math.ceil(((position + 1) * eachMs) / 60_000)
      places.set(id, { position, estimateMinutes })
    }
  }
  return places
}
