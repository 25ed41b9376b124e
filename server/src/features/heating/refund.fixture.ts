import { parseShanghaiDateTime } from '../../core/clock'
import { heatRulesOf, type HeatRules } from './heat-rules'
import type { MeasureVisit, RefundFacts } from './refund-facts'

export const HOUR_MS = 3_600_000
export const at = (text: string): number => parseShanghaiDateTime(`${text}:00`)
const SEASON = { from: '2026-11-16', to: '2027-04-05' }
export const rulesOf = (city: string): HeatRules => heatRulesOf({ city, day: '2026-11-22' })

/** One visit that finds the bedroom so warm, signed by both unless said otherwise. */
export const visit = (when: string, tenths: number, other: Partial<MeasureVisit> = {}): MeasureVisit => ({
  at: at(when),
  readings: [{ room: '卧室', tenths }],
  resident: 'signed',
  companySigned: true,
  ...other,
})

export function facts(
  changed: Partial<RefundFacts> & { visits?: readonly MeasureVisit[] } = {},
): RefundFacts {
  const { visits = [], ...rest } = changed
  const requestedAt = rest.requestedAt ?? at('2026-11-20 09:00')
  return {
    requestedAt,
    rounds: [{ requestedAt, missedAt: null, visits }],
    feeFen: 361_600,
    season: SEASON,
    stops: [],
    claimed: { stops: [], days: [] },
    asOf: at('2026-11-26 20:00'),
    ...rest,
  }
}

export const round = (requested: string, visits: readonly MeasureVisit[], missed: string | null = null) => ({
  requestedAt: at(requested),
  missedAt: missed === null ? null : at(missed),
  visits,
})
