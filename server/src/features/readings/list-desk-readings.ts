import { readingRulesOf } from '../../core/config/readings'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { scopeSql } from '../staff'
import { deskCompany } from './desk-scope'
import { presentDeskReadings } from './present-desk'
import type { DeskReading } from './schema'
import { doubtfulPage, monthPage, type QueuePosition } from './store'
import { readingWindow } from './window'

interface Asked {
  readonly tab: 'doubtful' | 'adopted' | 'rejected'
  readonly companyId?: string | undefined
  readonly period?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** The queue of doubtful readings, whatever their month, by when each is promised; or a month's decided ones. */
export async function listDeskReadings(
  ctx: Ctx,
  input: Asked,
): Promise<{ companyId: string; items: DeskReading[]; period: string; nextCursor: string | null }> {
  const { reader } = ctx.db
  const company = deskCompany(ctx, input.companyId)
  const scope = scopeSql(staffOf(ctx), 'r')
  const period = input.period ?? readingWindow(readingRulesOf(ctx.config, company), ctx.clock.now()).period
  const limit = input.limit + 1
  const rows =
    input.tab === 'doubtful'
      ? await doubtfulPage(reader, { companyId: company.id, scope, after: positionOf(input.cursor), limit })
      : await monthPage(reader, {
          companyId: company.id,
          scope,
          period,
          state: input.tab,
          before: input.cursor ?? null,
          limit,
        })
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const more = rows.length > input.limit && last !== undefined
  return {
    companyId: company.id,
    items: await presentDeskReadings(ctx, page),
    period,
    nextCursor: more ? (input.tab === 'doubtful' ? `${last.dueAt ?? 0}:${last.id}` : last.id) : null,
  }
}

function positionOf(cursor: string | undefined): QueuePosition | null {
  if (cursor === undefined) return null
  const [, at, id] = /^(\d{13}):([0-9A-Z]{26})$/.exec(cursor) ?? []
  if (at === undefined || id === undefined) throw new AppError('invalid_input')
  return { at: Number(at), id }
}
