import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { presentDeskRows } from './present-desk'
import { type NoticeDeskRow, type NoticeState, noticeState } from './schema'
import { deskReach, reachSql } from './scope'
import { deskPage } from './store'

const OVER: readonly NoticeState[] = ['restored', 'cancelled', 'ended']

const TABS: Readonly<Record<'open' | 'waiting' | 'over' | 'all', readonly NoticeState[] | null>> = {
  open: noticeState.options.filter((state) => !OVER.includes(state)),
  waiting: null,
  over: OVER,
  all: null,
}

/** Notices of my companies and areas, newest first. Errors: not_found for a company outside my scope. */
export async function readDeskList(
  ctx: Ctx,
  input: {
    readonly companyId?: string | undefined
    readonly tab: keyof typeof TABS
    readonly cursor?: string | undefined
    readonly limit: number
  },
): Promise<{ items: NoticeDeskRow[]; nextCursor: string | null }> {
  const reach = await deskReach(ctx)
  const { companyId = null } = input
  if (companyId !== null && reach.companies !== null && !reach.companies.includes(companyId))
    throw new AppError('not_found')
  const rows = await deskPage(ctx.db.reader, {
    scope: reachSql(reach),
    companyId,
    states: TABS[input.tab],
    waiting: input.tab === 'waiting',
    before: input.cursor ?? null,
    limit: input.limit + 1,
  })
  const page = rows.slice(0, input.limit)
  return {
    items: await presentDeskRows(ctx, page),
    nextCursor: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null,
  }
}
