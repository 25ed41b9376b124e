import { shanghaiDay } from '../../core/clock'
import { companyOf } from '../../core/config/companies'
import { isDuplicate, type Tx } from '../../core/db/database'
import { formatYuan } from '../../core/money'
import type { Ctx } from '../../platforms/context'
import { periodBillsSince } from '../billing'
import { homesOf } from '../households'
import { livingResidents } from '../identity'
import { notifyResident } from '../notifications'
import { alertsAmong, insertAlert } from './alert-store'
import { daysSince } from './day-store'
import type { UsageDayRow } from './entities'
import { type HighBill, judgeAlert } from './judge-alert'
import { monthsOf } from './month-usage'
import { addDays, addMonths } from './periods'
import { reportedBy } from './reported-by'
import { monthPriceOf } from './price-month'
import { type DayUsage, projectBill } from './project-bill'

/** Two cycles: the one that goes on, and the days before it that the average may need. */
const DAYS_BACK = 62
const MONTHS_BACK = 15
const WORDS = { gas: '燃气费', power: '电费', water: '水费', heating: '热费' } as const

export interface DueAlert extends HighBill {
  readonly householdId: string
  readonly shortAddress: string
  /** Living ids of the people who are bound to it. */
  readonly residentIds: readonly string[]
}

/** Which of these households have a high bill coming that nobody was told of. */
export async function readAlertPage(
  ctx: Ctx,
  companyId: string,
  householdIds: readonly string[],
): Promise<DueAlert[]> {
  const { reader } = ctx.db
  const today = shanghaiDay(ctx.clock.now())
  const days = daysByHousehold(await daysSince(reader, householdIds, addDays(today, -DAYS_BACK)))
  const reported = await reportedBy(reader, householdIds, ctx.clock.now())
  const known = [...new Set([...days.keys(), ...reported.keys()])]
  if (known.length === 0) return []
  const from = addMonths(today.slice(0, 7), -MONTHS_BACK)
  const bills = byHousehold(await periodBillsSince(reader, known, from))
  const company = companyOf(ctx, companyId)
  const high: (HighBill & { householdId: string })[] = []
  for (const householdId of known) {
    const months = monthsOf(bills.get(householdId) ?? [])
    const projection = projectBill(months, days.get(householdId) ?? [], today, reported.get(householdId))
    if (projection.kind === 'none') continue
    const price = monthPriceOf(company, months, projection.period)
    const alert = judgeAlert({ months, projection, price }, ctx.config.usage.alert)
    if (alert !== null) high.push({ ...alert, householdId })
  }
  const told = await alertsAmong(
    reader,
    high.map(({ householdId }) => householdId),
  )
  return withPeople(
    ctx,
    high.filter(({ householdId, period }) => !told.has(`${householdId} ${period}`)),
  )
}

function byHousehold<Row extends { readonly householdId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    const known = found.get(row.householdId)
    if (known) known.push(row)
    else found.set(row.householdId, [row])
  }
  return found
}

function daysByHousehold(rows: readonly UsageDayRow[]): Map<string, DayUsage[]> {
  const days = byHousehold(rows)
  for (const list of days.values()) list.sort((a, b) => (a.day < b.day ? -1 : 1))
  return days
}

async function withPeople(
  ctx: Ctx,
  alerts: readonly (HighBill & { readonly householdId: string })[],
): Promise<DueAlert[]> {
  const { reader } = ctx.db
  const homes = await homesOf(
    reader,
    alerts.map(({ householdId }) => householdId),
  )
  const bound = [...homes.values()].flatMap(({ residents }) => [...residents])
  const living = await livingResidents(reader, bound)
  return alerts.map((alert) => {
    const home = homes.get(alert.householdId)
    const residentIds = [...(home?.residents ?? [])].map((id) => living.get(id) ?? id)
    return { ...alert, shortAddress: home?.shortAddress ?? '', residentIds: [...new Set(residentIds)] }
  })
}

/**
 * Keeps the alerts and queues their messages, in the transaction that moves the walk's cursor. The row per household and
 * period is what makes it once; who switched such messages off keeps reading it on the page alone.
 */
export async function writeAlertPage(
  tx: Tx,
  ctx: Ctx,
  companyId: string,
  alerts: readonly DueAlert[],
): Promise<void> {
  const company = companyOf(ctx, companyId)
  for (const alert of alerts) {
    const { householdId, period, lowFen, highFen, lastYearFen } = alert
    const row = { householdId, period, lowFen, highFen, lastYearFen, at: ctx.clock.now() }
    if (!(await keep(tx, row))) continue
    const facts = {
      household: alert.shortAddress.slice(0, 20),
      what: `${Number(period.slice(5))}月${WORDS[company.kind]}（还没出账）`,
      expected: `约 ${wholeYuan(lowFen)}–${wholeYuan(highFen)} 元`,
      lastYear: `${formatYuan(lastYearFen)} 元`,
      remark: '这是估算。点开看每天用了多少，和能先查的地方',
    }
    for (const residentId of alert.residentIds)
      await notifyResident(tx, ctx, {
        residentId,
        template: 'usage-alert',
        reason: `usage:${householdId}:${period}`,
        facts,
        page: `usage/index/index?householdId=${householdId}`,
        companyId,
        householdId,
      })
  }
}

async function keep(tx: Tx, row: Parameters<typeof insertAlert>[1]): Promise<boolean> {
  try {
    await insertAlert(tx, row)
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

const wholeYuan = (fen: number): number => Math.round(fen / 100)
