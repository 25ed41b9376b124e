import { DAY_MS } from '../../core/clock'
import type { Ended } from '../../core/personal/end-rows'
import type { Ctx } from '../../platforms/context'
import { CLOSURE_DUE_DAYS, COPY_DUE_DAYS } from './policy'
import { listClosures, listCopies } from './store'

const SHOWN = 100

/** What residents asked of their data, the newest first; whoever answers for it sees times and counts, and nobody's name. */
export async function listAsked(ctx: Ctx) {
  const now = ctx.clock.now()
  const [closures, copies] = await Promise.all([
    listClosures(ctx.db.reader, SHOWN),
    listCopies(ctx.db.reader, SHOWN),
  ])
  const items = [
    ...closures.map((row) => ({
      ...due(row, 'closure', { askedAt: Number(row.askedAt), days: CLOSURE_DUE_DAYS, now }),
      endedAt: row.endedAt === null ? null : Number(row.endedAt),
      report: row.report === null ? [] : (JSON.parse(row.report) as Ended[]),
    })),
    ...copies.map((row) => ({
      ...due(row, 'copy', { askedAt: Number(row.createdAt), days: COPY_DUE_DAYS, now }),
      endedAt: row.readyAt === null ? null : Number(row.readyAt),
      report: [],
    })),
  ]
  return { items: items.sort((a, b) => b.askedAt - a.askedAt || (a.id < b.id ? 1 : -1)) }
}

const OPEN = new Set(['asked', 'ending', 'waiting', 'failed'])

function due(
  row: { readonly id: string; readonly state: string },
  kind: 'closure' | 'copy',
  of: { readonly askedAt: number; readonly days: number; readonly now: number },
) {
  const dueBy = of.askedAt + of.days * DAY_MS
  return {
    id: row.id,
    kind,
    state: row.state,
    askedAt: of.askedAt,
    dueBy,
    late: OPEN.has(row.state) && of.now > dueBy,
  }
}
