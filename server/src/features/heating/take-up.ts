import { inTransaction, isDuplicate, type Tx } from '../../core/db/database'
import { firstIdAt } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import { appointmentOf } from '../appointments'
import { type RequestRow, requestsAfter } from '../requests'
import {
  insertCase,
  insertRound,
  knownRounds,
  lockOpenCase,
  readCursor,
  saveCase,
  saveCursor,
} from './case-store'
import { type CityRules, cityRulesOf } from './city-rules'
import { NEW_CASE, OPEN_AGAIN } from './case-states'
import type { CaseRow } from './entities'
import { dayInWords } from './season'
import { tellOfCase } from './tell'

const HOUR_MS = 3_600_000
const BATCH = 500
/** A request that was made earlier may be committed later; after this it surely is. */
const SETTLED_MS = 120_000
/** What was asked before this service was switched on, or longer ago than any outage of ours, is left alone. */
const OLDEST_MS = 14 * 24 * HOUR_MS

/**
 * Takes up what residents and the desk asked to measure: the first request of a household makes its case, the next ones
 * are its re-tests. Requests know nothing of it; a cursor walks them, and goes over the newest again.
 */
export async function takeUpVisits(ctx: Ctx): Promise<void> {
  for (const companyId of Object.keys(ctx.config.heating.companies)) await takeUpCompany(ctx, companyId)
}

async function takeUpCompany(ctx: Ctx, companyId: string): Promise<void> {
  const { reader } = ctx.db
  const oldest = firstIdAt(ctx.clock.now() - OLDEST_MS)
  const kept = await readCursor(reader, companyId)
  const before = kept > oldest ? kept : oldest
  const rows = await requestsAfter(reader, { companyId, afterId: before, limit: BATCH })
  const type = ctx.config.heating.companies[companyId]?.visitType
  const visits = rows.filter(({ typeId, householdId }) => typeId === type && householdId !== null)
  const known = await knownRounds(
    reader,
    visits.map(({ id }) => id),
  )
  for (const request of visits) if (!known.has(request.id)) await takeUpRequest(ctx, request)
  const settled = rows.findLast(({ createdAt }) => Number(createdAt) < ctx.clock.now() - SETTLED_MS)
  if (settled) await inTransaction(ctx, (tx) => saveCursor(tx, { companyId, afterId: settled.id }))
}

async function takeUpRequest(ctx: Ctx, request: RequestRow): Promise<void> {
  const city = cityRulesOf(ctx, request.companyId, Number(request.createdAt))
  if (city === null) return
  const visit = (await appointmentOf(ctx, [request.id])).get(request.id) ?? null
  const dueAt = dueAtOf(city, Number(request.createdAt), visit?.slot.endsAt ?? null)
  try {
    await inTransaction(ctx, async (tx) => {
      const row = await caseFor(tx, ctx, request, city)
      await insertRound(tx, {
        requestId: request.id,
        caseId: row.id,
        requestedAt: Number(request.createdAt),
        dueAt,
        missedAt: null,
      })
      await tellOfCase(tx, ctx, row, {
        step: `round:${request.id}`,
        state: row.requestedAt === Number(request.createdAt) ? '已收到测温申请' : '已预约复测',
        remark: `${whenInWords(dueAt)}前上门测温`,
      })
    })
  } catch (error) {
    // Another process took the same request up, or made the household's case, in this very moment; the next turn sees it.
    if (!isDuplicate(error)) throw error
  }
}

/** Somebody must come within the limit; a resident who chose a later time is waited for until it is over. */
export function dueAtOf({ rules }: CityRules, requestedAt: number, visitEndsAt: number | null): number {
  const limit = requestedAt + (rules.values.measureWithinHours ?? 24) * HOUR_MS
  return visitEndsAt === null ? limit : Math.max(limit, visitEndsAt)
}

function whenInWords(at: number): string {
  const shifted = new Date(at + 8 * HOUR_MS).toISOString()
  return `${dayInWords(shifted.slice(0, 10))} ${shifted.slice(11, 16)}`
}

async function caseFor(tx: Tx, ctx: Ctx, request: RequestRow, city: CityRules): Promise<CaseRow> {
  const householdId = request.householdId ?? ''
  const now = ctx.clock.now()
  const open = await lockOpenCase(tx, { householdId, season: city.seasonName })
  if (open !== null) {
    // A re-test begins the counting anew where the sum already stood; who asks again does not agree with it.
    const again = { ...open, nextLookAt: now, version: open.version + 1, updatedAt: now }
    const reopened: CaseRow = { ...again, ...OPEN_AGAIN }
    await saveCase(tx, reopened)
    return reopened
  }
  const row: CaseRow = {
    id: ctx.ids.next(),
    kind: 'cold',
    number: `TF${request.number}`,
    companyId: request.companyId,
    householdId,
    areaPath: request.areaPath,
    areaName: request.areaName,
    residentId: request.residentId,
    season: city.seasonName,
    city: city.rules.city,
    state: 'open',
    openSlot: 1,
    requestedAt: Number(request.createdAt),
    nextLookAt: now,
    version: 1,
    createdAt: now,
    updatedAt: now,
    ...NEW_CASE,
  }
  await insertCase(tx, row)
  return row
}
