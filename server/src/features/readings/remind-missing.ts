import { DAY_MS } from '../../core/clock'
import type { CompanyConfig } from '../../core/config/companies'
import { readingRulesOf } from '../../core/config/readings'
import { inTransaction, isDuplicate, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { membersOfHouseholds } from '../households'
import { livingResidents } from '../identity'
import { addToBulk, closeBulk, openBulk } from '../notifications'
import type { ReminderRow } from './entities'
import { metersWithoutReading } from './meter-store'
import { findReminder, insertReminder, lockReminder, moveReminder } from './reminder-store'
import { readingWindow, type ReadingWindow } from './window'
import { periodInWords, untilInWords } from './words'

const PAGE = 500
const PAGES_A_TURN = 40

/**
 * Reminds the members of households that did not report yet, once a month, some days before the window closes. A page's
 * messages and the cursor behind them are one transaction, so a kill in between tells nobody twice and leaves nobody out.
 */
export async function remindMissing(ctx: Ctx, stopping?: AbortSignal): Promise<void> {
  for (const company of ctx.config.companies) {
    const rules = readingRulesOf(ctx.config, company)
    const window = readingWindow(rules, ctx.clock.now())
    const isTime = window.isOpen && ctx.clock.now() >= window.closesAt - rules.remindDaysBefore * DAY_MS
    if (rules.readBy !== 'household' || rules.remindDaysBefore === 0 || !isTime) continue
    await remindCompany(ctx, company, window, stopping)
  }
}

async function remindCompany(
  ctx: Ctx,
  company: CompanyConfig,
  window: ReadingWindow,
  stopping?: AbortSignal,
): Promise<void> {
  let row =
    (await findReminder(ctx.db.reader, company.id, window.period)) ?? (await begin(ctx, company, window))
  for (let page = 0; page < PAGES_A_TURN && row?.state === 'running' && stopping?.aborted !== true; page++)
    row = await tellPage(ctx, row)
}

/** Null when another process began a moment ago; the next turn goes on with its row. */
async function begin(ctx: Ctx, company: CompanyConfig, window: ReadingWindow): Promise<ReminderRow | null> {
  const work = async (tx: Tx): Promise<ReminderRow> => {
    const bulkId = await openBulk(tx, ctx, {
      companyId: company.id,
      template: 'reading-missing',
      title: '报表上读数提醒',
      facts: {
        period: periodInWords(window.period),
        until: `${untilInWords(window.closesAt)}前`,
        company: company.name,
        remark: '没有读数时公司会估，下次多退少补',
      },
      page: '/meter/report/index',
      urgency: 2,
      expiresAt: window.closesAt,
    })
    const row: ReminderRow = {
      companyId: company.id,
      period: window.period,
      bulkId,
      lastMeterId: '',
      state: 'running',
      told: 0,
      startedAt: ctx.clock.now(),
    }
    await insertReminder(tx, row)
    return row
  }
  try {
    return await inTransaction(ctx, work)
  } catch (error) {
    if (isDuplicate(error)) return null
    throw error
  }
}

async function tellPage(ctx: Ctx, row: ReminderRow): Promise<ReminderRow | null> {
  const meters = await metersWithoutReading(ctx.db.reader, {
    companyId: row.companyId,
    period: row.period,
    afterId: row.lastMeterId,
    limit: PAGE,
  })
  const silent = meters.filter(({ reported }) => Number(reported) === 0)
  const members = await membersOf(
    ctx,
    silent.map(({ householdId }) => householdId),
  )
  return inTransaction(ctx, async (tx) => {
    const locked = await lockReminder(tx, row)
    if (locked === null || locked.state !== 'running' || locked.lastMeterId !== row.lastMeterId) return locked
    const reason = `reading-missing:${row.companyId}:${row.period}`
    const added =
      members.length === 0
        ? 0
        : await addToBulk(tx, ctx, { bulkId: row.bulkId, reason, dueAt: ctx.clock.now() }, members)
    const isOver = meters.length < PAGE
    const after: ReminderRow = {
      ...locked,
      lastMeterId: meters.at(-1)?.id ?? locked.lastMeterId,
      state: isOver ? 'done' : 'running',
      told: locked.told + added,
    }
    await moveReminder(tx, after)
    if (isOver) await closeBulk(tx, ctx, row.bulkId)
    return after
  })
}

/** Everybody who has bound one of these households, once, about the first of them. */
async function membersOf(ctx: Ctx, householdIds: readonly string[]) {
  if (householdIds.length === 0) return []
  const members = await membersOfHouseholds(ctx.db.reader, householdIds)
  const living = await livingResidents(
    ctx.db.reader,
    members.map(({ residentId }) => residentId),
  )
  const byResident = new Map<string, { residentId: string; householdId: string }>()
  for (const { residentId, householdId } of members) {
    const id = living.get(residentId) ?? residentId
    if (!byResident.has(id)) byResident.set(id, { residentId: id, householdId })
  }
  return [...byResident.values()]
}
