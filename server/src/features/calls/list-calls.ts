import { shanghaiDay, shanghaiDayStart } from '../../core/clock'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { scopeSql } from '../staff'
import { type CallPosition, callPage, countCalls } from './list-store'
import { presentCalls } from './present-call'
import type { CallView } from './schema'

/** The share of calls that hotlines promise to answer within twenty seconds (field.md 5.6). */
const PROMISED_MS = 20_000

interface Answer {
  items: CallView[]
  today: { calls: number; answered: number; missed: number; calledBack: number; in20sPercent: number | null }
  nextCursor: string | null
}

/** Calls of one company in my scope, and how the day goes. Errors: not_found, invalid_input. */
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
  const companyId =
    input.companyId ?? ctx.config.companies.find(({ id }) => staff.companies?.includes(id) ?? true)?.id
  if (companyId === undefined || staff.companies?.includes(companyId) === false)
    throw new AppError('not_found', { detail: 'company out of scope' })
  const { reader } = ctx.db
  const scope = scopeSql(staff, 'c')
  const after = input.cursor === undefined ? null : positionOf(input.cursor)
  const since = shanghaiDayStart(shanghaiDay(ctx.clock.now()))
  const [rows, counts] = await Promise.all([
    callPage(reader, { companyId, scope, tab: input.tab, after, limit: input.limit + 1 }),
    countCalls(reader, { companyId, scope, since, withinMs: PROMISED_MS }),
  ])
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const { within, decided, ...today } = counts
  return {
    items: await presentCalls(ctx, page),
    today: { ...today, in20sPercent: decided === 0 ? null : Math.round((100 * within) / decided) },
    nextCursor: rows.length > input.limit && last ? `${last.startedAt}:${last.id}` : null,
  }
}

function positionOf(cursor: string): CallPosition {
  const [, at, id] = /^(\d{13}):([0-9A-Z]{26})$/.exec(cursor) ?? []
  if (at === undefined || id === undefined) throw new AppError('invalid_input')
  return { at: Number(at), id }
}
