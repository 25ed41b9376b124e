import { shanghaiDayStart } from '../../core/clock'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { countDoors } from '../households'
import { restoredOutages, restoredTotals } from './reliability-store'
import type { Reliability } from './schema'
import { deskReach, reachSql } from './scope'

const SHOWN = 500

/**
 * The reliability figures of a month: household minutes without supply, and their average over all households of the
 * company. An outage belongs to the month in which supply came back, because only then is it known how long it was.
 * Errors: not_found for a company outside my scope.
 */
export async function readReliability(
  ctx: Ctx,
  input: { readonly companyId: string; readonly month: string },
): Promise<Reliability> {
  const reach = await deskReach(ctx)
  const { companyId, month } = input
  const isKnown = ctx.config.companies.some(({ id }) => id === companyId)
  if (!isKnown || reach.companies?.includes(companyId) === false)
    throw new AppError('not_found', { detail: 'company out of scope' })
  const { reader } = ctx.db
  const asked = { scope: reachSql(reach), companyId, ...spanOf(month) }
  const [outages, totals, served] = await Promise.all([
    restoredOutages(reader, asked, SHOWN),
    restoredTotals(reader, asked),
    staffOf(ctx).areaPaths === null ? countDoors(reader, { companyId, areaPath: null }) : null,
  ])
  const averageMinutes =
    served === null || served === 0 ? null : Math.round((100 * totals.countedMinutes) / served) / 100
  return { outages, ...totals, served, averageMinutes, asOf: ctx.clock.now() }
}

function spanOf(month: string): { readonly from: number; readonly until: number } {
  const [year = 0, number = 0] = month.split('-').map(Number)
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
  return { from: shanghaiDayStart(`${month}-01`), until: shanghaiDayStart(`${next}-01`) }
}
