import { shanghaiDateTime } from '../../core/clock'
import { isDuplicate, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { areasOfTrees } from '../households'
import { notifyResident } from '../notifications'
import { publishersOf, residentOfStaff } from '../staff'
import { noticesOverAreas } from './affecting-store'
import type { SuggestionRow } from './entities'
import {
  endStale,
  growSuggestion,
  insertSuggestion,
  lastSuggestedAt,
  openSuggestionAt,
} from './suggest-store'

/** Requests without supply that came from one place, each household counted once. */
export interface SupplyLost {
  readonly requests: number
  readonly firstAt: number
  readonly lastAt: number
}

/**
 * 群体报修研判: several households without supply at one station, or in one building, within half an hour make one open
 * suggestion, and the publishers hear of it once. A place that a live outage covers needs none, and one that was judged
 * already begins to count anew. Answers the open suggestion, or null while there is none.
 */
export async function suggestOutage(
  tx: Tx,
  ctx: Ctx,
  at: {
    readonly companyId: string
    readonly areaId: string
    /** Counts requests of this place since then, the one that is being submitted among them. */
    readonly countSince: (since: number) => Promise<SupplyLost>
  },
): Promise<SuggestionRow | null> {
  const { suggestAfterRequests, suggestWithinMinutes } = ctx.config.notices
  const [area] = await areasOfTrees(tx, [at.areaId])
  if (!area || (await isKnown(tx, area.path))) return null
  const now = ctx.clock.now()
  const open = await freshSuggestion(tx, area.id, now)
  const since = Math.max(now - suggestWithinMinutes * 60_000, (await lastSuggestedAt(tx, area.id)) + 1)
  const seen = await at.countSince(open ? Math.min(open.firstAt, since) : since)
  if (open) {
    await growSuggestion(tx, open.id, seen)
    return { ...open, ...seen }
  }
  if (seen.requests < suggestAfterRequests) return null
  const row: SuggestionRow = {
    id: ctx.ids.next(),
    companyId: at.companyId,
    areaId: area.id,
    tree: area.tree,
    openSlot: 1,
    state: 'open',
    ...seen,
    noticeId: null,
    endedBy: null,
  }
  try {
    await insertSuggestion(tx, row)
  } catch (error) {
    // Somebody else's request made it in the same moment, and told the publishers.
    if (isDuplicate(error)) return openSuggestionAt(tx, area.id)
    throw error
  }
  await tellPublishers(tx, ctx, row, area.name)
  return row
}

/** Nobody looked at it and nothing came for so long: what comes now is another outage, and the publishers hear of it. */
const STALE_MS = 2 * 3_600_000

async function freshSuggestion(tx: Tx, areaId: string, now: number): Promise<SuggestionRow | null> {
  const open = await openSuggestionAt(tx, areaId)
  if (open === null || now - open.lastAt <= STALE_MS) return open
  await endStale(tx, open.id)
  return null
}

/** Whether an outage that is told already covers this place: by a knot on the way from its root. */
async function isKnown(tx: Tx, path: string): Promise<boolean> {
  const above = path.split('/').filter((id) => id !== '')
  const notices = await noticesOverAreas(tx, above, Number.MAX_SAFE_INTEGER)
  return notices.some((notice) => notice.cutsSupply === 1)
}

/** On the telephone of whoever has bound one; the others see it in the console. */
async function tellPublishers(tx: Tx, ctx: Ctx, row: SuggestionRow, place: string): Promise<void> {
  for (const { id } of await publishersOf(tx, row.companyId)) {
    const residentId = await residentOfStaff(tx, id)
    if (residentId === null) continue
    await notifyResident(tx, ctx, {
      residentId,
      template: 'staff-alert',
      reason: `suggestion:${row.id}`,
      facts: {
        number: `TG${row.id.slice(-8)}`,
        type: '疑似停供',
        state: `${row.requests}户报修`,
        time: shanghaiDateTime(row.lastAt).slice(0, 16),
        remark: `${place}有${row.requests}户先后报没有供应，请核实后发布停供通知`,
      },
      page: null,
      companyId: row.companyId,
    })
  }
}
