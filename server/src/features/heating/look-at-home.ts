import { DAY_MS, shanghaiDayStart } from '../../core/clock'
import type { Reader } from '../../core/db/database'
import { type SeasonBill, seasonBillOf } from '../billing'
import { outagesOfHousehold } from '../notices'
import { casesOfSeason } from './case-store'
import type { CaseRow, CaseState } from './entities'
import { STOPPED, type Refund } from './refund-of'
import type { Claimed, Stop } from './refund-facts'
import type { Season } from './season'

/** A stop may have begun before the season, but not longer ago than this. */
const LONGEST_STOP_MS = 60 * DAY_MS
/** In these a sum stands that nobody else may give back a second time. */
const CLAIMING: readonly CaseState[] = ['final', 'agreed', 'objected', 'half-approved', 'approved']

/** What is known of a home's season, whoever asks for what. */
interface LookedHome {
  readonly bill: SeasonBill | null
  readonly stops: readonly Stop[]
  readonly claimed: Claimed
  readonly cases: readonly CaseRow[]
}

/** `exceptId`: the case that is reckoned itself. `lock`: of the household's cases, for whoever makes one. */
export async function lookAtHome(
  reader: Reader,
  of: {
    readonly householdId: string
    readonly seasonName: string
    readonly season: Season | null
    readonly exceptId: string | null
  },
  lock = '',
): Promise<LookedHome> {
  const { householdId, seasonName, season } = of
  const cases = await casesOfSeason(reader, { householdId, season: seasonName }, lock)
  const since = season === null ? 0 : shanghaiDayStart(season.from) - LONGEST_STOP_MS
  const [bill, outages] = await Promise.all([
    seasonBillOf(reader, { householdId, period: seasonName }),
    outagesOfHousehold(reader, householdId, since),
  ])
  const others = cases.filter(({ id, state }) => id !== of.exceptId && CLAIMING.includes(state))
  return { bill, stops: joined(outages), claimed: claimedBy(others), cases }
}

function claimedBy(cases: readonly CaseRow[]): Claimed {
  // Only this feature writes this column, and it writes a Refund.
  const refunds = cases.flatMap(({ refund }) => (refund === null ? [] : [JSON.parse(refund) as Refund]))
  return {
    stops: refunds.flatMap(({ stops }) => stops),
    days: refunds.flatMap(({ lines }) => lines.filter(({ label }) => label !== STOPPED)),
  }
}

/** Two notices may say the same hours; a household was without heat once. */
function joined(spans: readonly Stop[]): Stop[] {
  const list: Stop[] = []
  for (const { fromAt, untilAt } of spans
    .map((span) => ({ fromAt: Number(span.fromAt), untilAt: Number(span.untilAt) }))
    .toSorted((a, b) => a.fromAt - b.fromAt)) {
    const last = list.at(-1)
    if (last && fromAt <= last.untilAt)
      list[list.length - 1] = { ...last, untilAt: Math.max(last.untilAt, untilAt) }
    else list.push({ fromAt, untilAt })
  }
  return list
}
