import { readingRulesOf } from '../../core/config/readings'
import { type Ctx, staffOf } from '../../platforms/context'
import { areasByIds } from '../households'
import { scopeSql } from '../staff'
import { deskCompany } from './desk-scope'
import type { ReadingCounts } from './schema'
import { countMeters, countReadings } from './store'
import { readingWindow } from './window'

interface Counting {
  meters: number
  byItself: number
  adopted: number
  doubtful: number
  rejected: number
}
const nothing = (): Counting => ({ meters: 0, byItself: 0, adopted: 0, doubtful: 0, rejected: 0 })

/**
 * How a month goes in my areas. Rows are grouped by the place of the household in the database, and folded to districts
 * and communities here. Errors: not_found out of scope.
 */
export async function reportReadings(
  ctx: Ctx,
  input: { readonly companyId?: string | undefined; readonly period?: string | undefined },
) {
  const { reader } = ctx.db
  const company = deskCompany(ctx, input.companyId)
  const period = input.period ?? readingWindow(readingRulesOf(ctx.config, company), ctx.clock.now()).period
  const staff = staffOf(ctx)
  const [meters, readings] = await Promise.all([
    countMeters(reader, company.id, scopeSql(staff, 'm')),
    countReadings(reader, { companyId: company.id, period }, scopeSql(staff, 'r')),
  ])
  const byPath = new Map<string, Counting>()
  const at = (path: string): Counting => {
    const known = byPath.get(path) ?? nothing()
    byPath.set(path, known)
    return known
  }
  for (const { areaPath, n } of meters) at(areaPath).meters += Number(n)
  for (const { areaPath, state, n, byItself } of readings) {
    const count = at(areaPath)
    if (state === 'adopted') {
      count.adopted += Number(n)
      count.byItself += Number(byItself)
    } else if (state === 'doubtful') count.doubtful += Number(n)
    // What was refused and not reported again is missing, and so is what was refused before.
    else count.rejected += Number(n)
  }
  return {
    companyId: company.id,
    period,
    asOf: ctx.clock.now(),
    total: shown([...byPath.values()]),
    areas: await byCommunity(ctx, byPath),
  }
}

function shown(counts: readonly Counting[]): ReadingCounts {
  const sum = (name: keyof Counting): number => counts.reduce((total, count) => total + count[name], 0)
  const [meters, doubtful] = [sum('meters'), sum('doubtful')]
  const reported = sum('adopted') + doubtful
  return {
    meters,
    reported,
    byItself: sum('byItself'),
    doubtful,
    rejected: sum('rejected'),
    missing: Math.max(0, meters - reported),
  }
}

/** The community of each path, or what stands highest where there is none; those with most missing first. */
async function byCommunity(ctx: Ctx, byPath: ReadonlyMap<string, Counting>) {
  const idsOf = (path: string): string[] => path.split('/').filter((id) => id !== '')
  const known = await areasByIds(ctx.db.reader, [...new Set([...byPath.keys()].flatMap(idsOf))])
  const folded = new Map<string, { name: string; counts: Counting[] }>()
  for (const [path, count] of byPath) {
    const ids = idsOf(path)
    const home = ids.find((id) => known.get(id)?.kind === 'community') ?? ids[0] ?? ''
    const entry = folded.get(home) ?? { name: known.get(home)?.fullName ?? '未知片区', counts: [] }
    entry.counts.push(count)
    folded.set(home, entry)
  }
  return [...folded]
    .map(([areaId, { name, counts }]) => ({ areaId, name: name.replaceAll('/', ' '), counts: shown(counts) }))
    .sort((a, b) => b.counts.missing - a.counts.missing || (a.name < b.name ? -1 : 1))
}
