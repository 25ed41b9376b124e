import type { CoreCtx } from '../../core/context'
import { areasByIds, placesOfHouseholds } from '../households'
import { fromMilli, saidMilli } from './milli'
import type { MonthUsage } from './month-usage'
import { countsFromJson, medianOfOthers, roundedMilli } from './peer-counts'
import { peersOf } from './peer-store'
import { monthWords } from './periods'
import type { UsageView } from './schema'
import { findWalk } from './walk-store'

const SCOPES = { community: '同小区', district: '同区' } as const

/** What similar households used in the last month: those of the community, or of the district where they are too few. */
export async function peersOfHousehold(
  ctx: CoreCtx,
  household: { readonly id: string; readonly companyId: string },
  month: MonthUsage | undefined,
  unit: string,
): Promise<UsageView['peers']> {
  if (month === undefined) return none('还没有账单可比')
  if (month.estimated) return none('这期是估抄的，不和别人比')
  const { reader } = ctx.db
  const atLeast = ctx.config.usage.peersAtLeast
  const walk = await findWalk(reader, household.companyId, 'peers')
  const generation = walk === null ? 0 : walk.state === 'done' ? walk.generation : walk.generation - 1
  const place = (await placesOfHouseholds(reader, [household.id])).get(household.id)
  if (generation === 0 || place === undefined) return none('周边住户的数据还没有算出来')
  const above = await areasByIds(
    reader,
    place.path.split('/').filter((id) => id !== ''),
  )
  const rows = await peersOf(reader, [...above.keys()], { generation, period: month.period })
  for (const scope of ['community', 'district'] as const) {
    const areaId = [...above.values()].find(({ kind }) => kind === scope)?.id
    const counts = rows.find((row) => row.areaId === areaId)?.counts
    if (counts === undefined) continue
    const found = medianOfOthers(countsFromJson(counts), month.quantityMilli, atLeast)
    if (found !== null) return { value: presentMedian(month, found, scope, unit), reason: null }
  }
  return none(`${monthWords(month.period)}有用量的周边住户不到 ${atLeast} 户，为保护邻居不比较`)
}

const none = (reason: string): UsageView['peers'] => ({ value: null, reason })

function presentMedian(
  month: MonthUsage,
  { medianMilli, others }: { medianMilli: number; others: number },
  scope: keyof typeof SCOPES,
  unit: string,
): NonNullable<UsageView['peers']['value']> {
  const more = month.quantityMilli - medianMilli
  const households = Math.floor(others / 10) * 10
  // The median is rounded, so a household that rounds to it is like it.
  const than =
    roundedMilli(month.quantityMilli) === medianMilli
      ? '您家和它差不多'
      : `您家${more > 0 ? '多' : '少'}用约 ${saidMilli(roundedMilli(Math.abs(more)))} ${unit}`
  return {
    period: month.period,
    own: fromMilli(month.quantityMilli),
    median: fromMilli(medianMilli),
    scope,
    households,
    words: `${SCOPES[scope]} ${saidMilli(households * 1000)} 多户里，一半人家${monthWords(month.period)}用不到 ${saidMilli(medianMilli)} ${unit}；${than}`,
  }
}
