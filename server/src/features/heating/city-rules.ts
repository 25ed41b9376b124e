import { shanghaiDay, shanghaiDayStart } from '../../core/clock'
import type { Ctx } from '../../platforms/context'
import { heatRulesOf, type HeatRules } from './heat-rules'
import { type Season, seasonAt, seasonName } from './season'

export interface CityRules {
  readonly rules: HeatRules
  readonly visitType: string
  /** The season that is running or comes next; null where neither the rules nor the company say it. */
  readonly season: Season | null
  /** As on bills, such as 2026-2027; by the calendar where the season itself is not known. */
  readonly seasonName: string
}

/** What holds for a company on a day; null for one whose city is not configured, which has no such service. */
export function cityRulesOf(
  ctx: Pick<Ctx, 'config' | 'clock'>,
  companyId: string,
  at = ctx.clock.now(),
): CityRules | null {
  const company = ctx.config.heating.companies[companyId]
  if (company === undefined) return null
  const day = shanghaiDay(at)
  const rules = heatRulesOf({ city: company.city, day })
  const bounds = company.season ?? rules.values.season
  const season = bounds === undefined ? null : seasonAt(bounds, day)
  return {
    rules,
    visitType: company.visitType,
    season,
    seasonName: season === null ? seasonByCalendar(day) : seasonName(season),
  }
}

/** The same for the season that is running or ended last: its outages may be asked for until the next one begins. */
export function begunRulesOf(
  ctx: Pick<Ctx, 'config' | 'clock'>,
  companyId: string,
  at = ctx.clock.now(),
): CityRules | null {
  const city = cityRulesOf(ctx, companyId, at)
  const from = city?.season?.from
  if (from === undefined || from <= shanghaiDay(at)) return city
  return cityRulesOf(ctx, companyId, shanghaiDayStart(`${Number(from.slice(0, 4)) - 1}${from.slice(4)}`))
}

/** Heating years turn over in summer. */
function seasonByCalendar(day: string): string {
  const year = Number(day.slice(0, 4))
  return day.slice(5) < '07-01' ? `${year - 1}-${year}` : `${year}-${year + 1}`
}
