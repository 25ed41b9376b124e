import { shanghaiDay } from '../../core/clock'
import type { Reader, Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { periodBillsSince } from '../billing'
import { areasByIds, placesOfHouseholds } from '../households'
import type { UsagePeerRow, UsageWalkRow } from './entities'
import { monthsOf } from './month-usage'
import { addHousehold, countsFromJson, countsToJson, householdsIn, type PeerCounts } from './peer-counts'
import { insertPeers, peersOf, updatePeers } from './peer-store'
import { addMonths } from './periods'

/** Months that are counted: a year and the one before it, as the page shows them. */
const PERIODS = 13

/** What a page of households adds: place → period → counts. */
export type PeerPage = Map<string, Map<string, PeerCounts>>

/** Knots that neighbours are compared within. Learnt once per walk: there are far fewer of them than households. */
export type ComparedAreas = Map<string, boolean>

export async function readPeerPage(
  ctx: Ctx,
  householdIds: readonly string[],
  compared: ComparedAreas,
): Promise<PeerPage> {
  const { reader } = ctx.db
  const from = addMonths(shanghaiDay(ctx.clock.now()).slice(0, 7), -PERIODS)
  const [bills, places] = await Promise.all([
    periodBillsSince(reader, householdIds, from),
    placesOfHouseholds(reader, householdIds),
  ])
  const above = new Map(
    [...places].map(([id, { path }]) => [id, path.split('/').filter((knot) => knot !== '')]),
  )
  await learn(reader, compared, [...above.values()].flat())
  const page: PeerPage = new Map()
  // A figure that was estimated is nobody's use, so it is no neighbour's either.
  for (const bill of bills) {
    const [month] = monthsOf([bill])
    if (month === undefined || month.estimated) continue
    for (const areaId of above.get(bill.householdId) ?? [])
      if (compared.get(areaId) === true)
        addHousehold(countsIn(page, areaId, month.period), month.quantityMilli)
  }
  return page
}

function countsIn(page: PeerPage, areaId: string, period: string): PeerCounts {
  const periods = page.get(areaId) ?? new Map<string, PeerCounts>()
  page.set(areaId, periods)
  const counts: PeerCounts = periods.get(period) ?? new Map<number, number>()
  periods.set(period, counts)
  return counts
}

async function learn(reader: Reader, compared: ComparedAreas, areaIds: readonly string[]): Promise<void> {
  const unknown = [...new Set(areaIds)].filter((id) => !compared.has(id))
  const areas = await areasByIds(reader, unknown)
  for (const id of unknown) {
    const kind = areas.get(id)?.kind
    compared.set(id, kind === 'community' || kind === 'district')
  }
}

/** Adds a page to the counts of its walk, in the transaction that moves the walk's cursor. */
export async function writePeerPage(tx: Tx, walk: UsageWalkRow, page: PeerPage): Promise<void> {
  const { generation, companyId } = walk
  const rows = await peersOf(tx, [...page.keys()], { generation })
  const known = new Map(rows.map((row) => [`${row.areaId} ${row.period}`, row]))
  const fresh: UsagePeerRow[] = []
  for (const [areaId, periods] of page)
    for (const [period, added] of periods) {
      const row = known.get(`${areaId} ${period}`)
      const counts = row === undefined ? added : sumOf(countsFromJson(row.counts), added)
      const next = {
        areaId,
        period,
        generation,
        companyId,
        households: householdsIn(counts),
        counts: countsToJson(counts),
      }
      if (row === undefined) fresh.push(next)
      else await updatePeers(tx, next)
    }
  await insertPeers(tx, fresh)
}

function sumOf(counts: PeerCounts, added: PeerCounts): PeerCounts {
  for (const [milli, count] of added) counts.set(milli, (counts.get(milli) ?? 0) + count)
  return counts
}
