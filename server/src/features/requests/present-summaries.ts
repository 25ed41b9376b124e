import { companyOf } from '../../core/config/companies'
import { maskAddress } from '../../core/mask'
import type { Ctx } from '../../platforms/context'
import { boundTo, householdsByIds } from '../households'
import { clocksOf } from './clock-store'
import type { ClockRow, RequestRow } from './entities'
import { isMine } from './own-request'
import { nearestClock, presentClocks } from './present-clocks'
import { typeOfRequest } from './run-clocks'
import type { RequestSummary } from './schema'
import { requestsByIds } from './store'
import { STATE_WORDS } from './words'

/** Lines of a resident's list; a fixed number of questions however many there are. */
export async function presentSummaries(
  ctx: Ctx,
  rows: readonly RequestRow[],
  myIds: readonly string[],
): Promise<RequestSummary[]> {
  const { reader } = ctx.db
  const households = rows.flatMap((row) => (isMine(row, myIds) && row.householdId ? [row.householdId] : []))
  const [clocks, homes, parents] = await Promise.all([
    clocksOf(
      reader,
      rows.map((row) => row.id),
    ),
    householdsByIds(reader, [...new Set(households)]),
    parentsOf(ctx, rows),
  ])
  const visited = rows.flatMap((row) => (row.codeId !== null && row.householdId ? [row.householdId] : []))
  const bound = ctx.resident ? await boundTo(reader, ctx.resident.id, visited) : new Set<string>()
  return Promise.all(
    rows.map((row) => {
      const mine = isMine(row, myIds)
      const household = mine && row.householdId !== null ? homes.get(row.householdId) : undefined
      const isVisited = household !== undefined && row.codeId !== null && !bound.has(household.id)
      const home = isVisited ? maskAddress(household.address) : household?.shortAddress
      return presentSummary(ctx, row, {
        mine,
        shortAddress: home ?? (row.areaName || null),
        clocks: clocks.get(row.id) ?? [],
        parent: row.parentId === null ? null : (parents.get(row.parentId) ?? null),
      })
    }),
  )
}

export function parentsOf(ctx: Ctx, rows: readonly RequestRow[]): Promise<Map<string, RequestRow>> {
  const ids = rows.flatMap((row) => (row.state === 'merged' && row.parentId !== null ? [row.parentId] : []))
  return requestsByIds(ctx.db.reader, [...new Set(ids)])
}

export async function presentSummary(
  ctx: Ctx,
  row: RequestRow,
  beside: {
    readonly mine: boolean
    readonly shortAddress: string | null
    readonly clocks: readonly ClockRow[]
    readonly parent: RequestRow | null
  },
): Promise<RequestSummary> {
  const company = companyOf(ctx, row.companyId)
  return {
    id: row.id,
    number: row.number,
    companyId: row.companyId,
    companyName: company.name,
    hotline: company.hotline,
    typeId: row.typeId,
    typeName: (await typeOfRequest(ctx, row)).name,
    class: row.class,
    state: row.state,
    stateWords: stateWords(row, beside.parent),
    shortAddress: beside.shortAddress,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    nextClock: nearestClock(presentClocks(ctx, row, beside.clocks)),
    mine: beside.mine,
  }
}

/** A merged one says where the whole problem stands. */
export function stateWords(
  row: Pick<RequestRow, 'state' | 'noticeId'>,
  parent: Pick<RequestRow, 'state'> | null,
): string {
  if (row.state === 'merged' && row.noticeId !== null) return '停供中，恢复后告诉您'
  if (row.state !== 'merged' || parent === null) return STATE_WORDS[row.state]
  return `和邻居的同一问题一起处理：${STATE_WORDS[parent.state]}`
}
