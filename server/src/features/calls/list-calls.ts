import { shanghaiDay, shanghaiDayStart } from '../../core/clock'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { scopeSql } from '../staff'
import type { CallRow } from './entities'
import { type CallPosition, callPage, countCalls, type DayCounts } from './list-store'
import { presentCalls } from './present-call'
import type { CallView } from './schema'

/** The share of calls that hotlines promise to answer within twenty seconds (field.md 5.6). */
const PROMISED_MS = 20_000

interface Answer {
  items: CallView[]
  today: { calls: number; answered: number; missed: number; calledBack: number; in20sPercent: number | null }
  nextCursor: string | null
}

/**
 * Calls of my companies, or of the one that is named, in my scope, and how the day goes. Each company's page is read by
 * its index and the pages are joined: companies are few, and calls are many. Errors: not_found, invalid_input.
 */
export async function listCalls(
  ctx: Ctx,
  input: {
    readonly tab: 'all' | 'missed'
    readonly companyId?: string | undefined
    readonly cursor?: string | undefined
    readonly limit: number
  },
): Promise<Answer> {
  const staff = staffOf(ctx)
  const mine = ctx.config.companies.map(({ id }) => id).filter((id) => staff.companies?.includes(id) ?? true)
  const companies = mine.filter((id) => id === (input.companyId ?? id))
  if (companies.length === 0) throw new AppError('not_found', { detail: 'company out of scope' })
  const { reader } = ctx.db
  const { tab } = input
  const scope = scopeSql(staff, 'c')
  const after = input.cursor === undefined ? null : positionOf(input.cursor)
  const since = shanghaiDayStart(shanghaiDay(ctx.clock.now()))
  const [pages, days] = await Promise.all([
    Promise.all(
      companies.map((companyId) =>
        callPage(reader, { companyId, scope, tab, after, limit: input.limit + 1 }),
      ),
    ),
    Promise.all(
      companies.map((companyId) => countCalls(reader, { companyId, scope, since, withinMs: PROMISED_MS })),
    ),
  ])
  const rows = joined(pages, tab === 'missed' ? 1 : -1)
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const { within, decided, ...today } = sumOf(days)
  return {
    items: await presentCalls(ctx, page),
    today: { ...today, in20sPercent: decided === 0 ? null : Math.round((100 * within) / decided) },
    nextCursor: rows.length > input.limit && last ? `${last.startedAt}:${last.id}` : null,
  }
}

/** In the order of the pages: `1` oldest first, `-1` newest first. */
function joined(pages: readonly (readonly CallRow[])[], order: 1 | -1): CallRow[] {
  return pages.flat().sort((a, b) => order * (a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1)))
}

function sumOf(days: readonly DayCounts[]): DayCounts {
  const of = (name: keyof DayCounts): number => days.reduce((sum, day) => sum + day[name], 0)
  return {
    calls: of('calls'),
    decided: of('decided'),
    answered: of('answered'),
    missed: of('missed'),
    calledBack: of('calledBack'),
    within: of('within'),
  }
}

function positionOf(cursor: string): CallPosition {
  const [, at, id] = /^(\d{13}):([0-9A-Z]{26})$/.exec(cursor) ?? []
  if (at === undefined || id === undefined) throw new AppError('invalid_input')
  return { at: Number(at), id }
}
