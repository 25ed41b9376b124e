import { DAY_MS, shanghaiDateTime, shanghaiDay } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { sha256 } from '../../core/ids'
import { type Ctx, staffOf } from '../../platforms/context'
import { countPage, inboxPage, type InboxPosition, sortOf } from '../requests'
import { CLASS_WORDS, CLOCK_WORDS, STATE_WORDS } from '../requests'
import { BYTE_ORDER_MARK, csvLine } from './csv'
import { exportColumns, type ExportWords } from './export-columns'
import type { ExportRow } from './entities'
import { insertExport, takeExport } from './export-store'
import { inboxFilter, type InboxQuery, inboxScope } from './inbox-query'
import { placeOf } from './list-inbox'
import { presentRows } from './present-row'
import { inboxQuery } from './schema'
import { takeQuota } from './store'

/** How long an address is good. */
export const LIVES_MS = 300_000
/** How long an export waits for somebody's word, and for its asker after it. */
export const WAITS_MS = DAY_MS
const PAGE_ROWS = 500

/**
 * Prepares a list to be carried away: masked, at most so many rows, so many times a day. A small one has an address
 * at once, which works once, for this person, for five minutes; a large one waits for somebody else to approve it.
 * Errors: export_limit, invalid_input, also where a large one does not say what it is for.
 */
export async function exportInbox(
  ctx: Ctx,
  input: { query: string; columns: readonly string[]; reason?: string | undefined },
): Promise<{ exportId: string; url: string | null; rows: number }> {
  const me = staffOf(ctx)
  exportColumns(input.columns)
  const query = readAddress(input.query)
  const filter = await inboxFilter(ctx, query)
  const { exportRowsMost, exportRowsWithoutApproval } = ctx.config.staff
  const rows = filter ? await countPage(ctx.db.reader, filter, sortOf(filter, query.sort), exportRowsMost) : 0
  const isLarge = rows > exportRowsWithoutApproval
  if (isLarge && !input.reason) throw needsReason(rows, exportRowsWithoutApproval)
  const token = isLarge ? null : ctx.ids.token(32)
  const now = ctx.clock.now()
  const day = shanghaiDay(now)
  const id = ctx.ids.next()
  await inTransaction(ctx, async (tx) => {
    const left = await takeQuota(tx, { staffId: me.id, day, kind: 'export' }, ctx.config.staff.exportsPerDay)
    if (left === null) throw new AppError('export_limit', { retryAfterSeconds: secondsToMidnight(now) })
    await insertExport(tx, {
      id,
      staffId: me.id,
      state: isLarge ? 'waiting' : 'ready',
      tokenHash: token === null ? null : sha256(token),
      query: input.query,
      chosen: JSON.stringify(input.columns),
      rowsFound: rows,
      reason: input.reason ?? null,
      companies: JSON.stringify(inboxScope(ctx, query.companyId).companies),
      areaPaths: me.areaPaths === null ? null : JSON.stringify(me.areaPaths),
      createdAt: now,
      expiresAt: now + (isLarge ? WAITS_MS : LIVES_MS),
      ...UNDECIDED,
    })
  })
  return { exportId: id, url: token === null ? null : addressOf(token), rows }
}

const UNDECIDED = {
  decidedById: null,
  decidedByName: null,
  decidedAt: null,
  decidedWords: null,
  takenAt: null,
} as const

export const addressOf = (token: string): string => `/console/export/${token}`

function needsReason(rows: number, limit: number): AppError {
  const message = `一共 ${rows} 行，超过 ${limit} 行的导出要另一位同事批准，请写明用来做什么`
  return new AppError('invalid_input', { message: `${message}。`, fields: [{ path: 'reason', message }] })
}

export function secondsToMidnight(nowMs: number): number {
  const eightHoursMs = 8 * 3_600_000
  return Math.max(1, Math.ceil((DAY_MS - ((nowMs + eightHoursMs) % DAY_MS)) / 1000))
}

/** The address of the console's list: without a choice of states it shows what is still to be done. */
function readAddress(text: string): InboxQuery {
  const given = Object.fromEntries(
    [...new URLSearchParams(text.replace(/^\?/, ''))].filter(([, value]) => value !== ''),
  )
  const parsed = inboxQuery.safeParse(given)
  if (!parsed.success)
    throw new AppError('invalid_input', { fields: [{ path: 'query', message: '筛选条件不对，请重新选' }] })
  const { states, q } = parsed.data
  return { ...parsed.data, states: states ?? (q ? undefined : 'open') }
}

/**
 * The file behind the address, piece by piece, as this person may see it now. Errors: export_gone when it is another's,
 * too old, or was fetched already.
 */
export async function fetchExport(
  ctx: Ctx,
  token: string,
): Promise<{ fileName: string; pieces: AsyncGenerator<string> }> {
  const me = staffOf(ctx)
  const now = ctx.clock.now()
  const found = await inTransaction(ctx, (tx) =>
    takeExport(tx, { tokenHash: sha256(token), staffId: me.id, now }),
  )
  if (!found) throw new AppError('export_gone')
  const columns = exportColumns(JSON.parse(found.chosen) as string[])
  return {
    fileName: `${shanghaiDay(now)}-${found.id.slice(-6)}.csv`,
    pieces: piecesOf(ctx, columns, found),
  }
}

async function* piecesOf(
  ctx: Ctx,
  columns: ReturnType<typeof exportColumns>,
  { query: text, rowsFound }: Pick<ExportRow, 'query' | 'rowsFound'>,
): AsyncGenerator<string> {
  const me = staffOf(ctx)
  const query = readAddress(text)
  yield BYTE_ORDER_MARK + csvLine(columns.map(({ title }) => title))
  const filter = await inboxFilter(ctx, query)
  const words = exportWords(ctx)
  // What came after it was counted was seen by nobody who approved it.
  let left = filter ? Math.min(ctx.config.staff.exportRowsMost, rowsFound) : 0
  let after: InboxPosition | null = null
  let written = 0
  while (filter && left > 0) {
    const sort = sortOf(filter, query.sort)
    const limit = Math.min(PAGE_ROWS, left)
    const rows = await inboxPage(ctx.db.reader, filter, { sort, after, limit })
    const shown = await presentRows(ctx, rows)
    yield shown.map((row) => csvLine(columns.map(({ cell }) => cell(row, words)))).join('')
    written += rows.length
    left -= limit
    const last = rows.at(-1)
    if (!last || rows.length < limit) break
    after = { id: last.id, at: placeOf(last, sort) }
  }
  // Whoever finds the file can tell who carried it out, and when.
  yield csvLine([
    `导出人 ${me.name} ${me.id}`,
    `时间 ${shanghaiDateTime(ctx.clock.now())}`,
    `共 ${written} 行`,
  ])
}

function exportWords(ctx: Ctx): ExportWords {
  const companies = new Map(ctx.config.companies.map(({ id, name }) => [id, name]))
  return {
    state: (state) => STATE_WORDS[state],
    class: (kind) => CLASS_WORDS[kind],
    clock: (kind) => CLOCK_WORDS[kind],
    company: (companyId) => companies.get(companyId) ?? companyId,
  }
}
