import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import {
  areasByIds,
  deskHouseholds,
  doorPosition,
  type DoorPosition,
  doorsInOrder,
  findDeskHouseholds,
} from '../households'
import { inScope } from '../staff'
import { readCodeNumber } from './code-number'
import { companyInScope, type Target, targetOf } from './desk-scope'
import type { CodeRowView } from './desk-schema'
import { codesNumbered, codesOf } from './desk-store'
import type { HouseholdCodeRow } from './entities'
import { presentCodes, presentHousehold } from './present-code'

type Show = 'all' | 'active' | 'none' | 'revoked'

/** Households that one answer looks at in search of those that a filter wants. */
const LOOKED_AT = 1000

/**
 * Households of a company or place in the order of their doors, masked, with the code that hangs there. Errors:
 * not_found outside my scope, forbidden for a whole company where I have only some areas of it.
 */
export async function listCodes(
  ctx: Ctx,
  input: {
    readonly companyId: string
    readonly areaId?: string | undefined
    readonly show: Show
    readonly q?: string | undefined
    readonly cursor?: string | undefined
    readonly limit: number
  },
): Promise<{ items: CodeRowView[]; nextCursor: string | null }> {
  if (input.q !== undefined) {
    const ids = await found(ctx, input.companyId, input.q)
    return { items: await rowsOf(ctx, ids, await newestCodes(ctx, ids)), nextCursor: null }
  }
  const target = await targetOf(ctx, { companyId: input.companyId, areaId: input.areaId })
  const ids: string[] = []
  const codes = new Map<string, HouseholdCodeRow>()
  let after = input.cursor === undefined ? null : await positionOf(ctx, target, input.cursor)
  let looked = 0
  for (;;) {
    const limit = input.show === 'all' ? input.limit : Math.min(200, LOOKED_AT - looked)
    const page = await doorsInOrder(ctx.db.reader, { ...target, after, limit })
    const newest = await newestCodes(
      ctx,
      page.doors.map(({ id }) => id),
    )
    for (const door of page.doors) {
      if (ids.length === input.limit) break
      after = door.position
      const code = newest.get(door.id)
      if (!isShown(input.show, code)) continue
      ids.push(door.id)
      if (code) codes.set(door.id, code)
    }
    looked += page.doors.length
    const isWhole = page.next === null && after?.householdId === page.doors.at(-1)?.id
    if (page.doors.length === 0 || isWhole) return { items: await rowsOf(ctx, ids, codes), nextCursor: null }
    if (ids.length === input.limit || looked >= LOOKED_AT)
      return { items: await rowsOf(ctx, ids, codes), nextCursor: after && cursorOf(after) }
  }
}

function isShown(show: Show, code: HouseholdCodeRow | undefined): boolean {
  if (show === 'all') return true
  if (show === 'none') return code === undefined
  return code?.state === show
}

/** By the number on a sticker, an account number or an address. */
async function found(ctx: Ctx, companyId: string, q: string): Promise<string[]> {
  const company = companyInScope(ctx, companyId)
  const staff = staffOf(ctx)
  const number = readCodeNumber(q)
  const numbered = number === null ? [] : await codesNumbered(ctx.db.reader, company.id, number)
  const byNumber = [
    ...(
      await deskHouseholds(
        ctx,
        numbered.map(({ householdId }) => householdId),
      )
    ).values(),
  ].filter((household) => inScope(staff, household))
  const mayBeAt = (areaPath: string): boolean => inScope(staff, { companyId, areaPath })
  const byWords = await findDeskHouseholds(ctx, { companyId, q, mayBeAt })
  return [...new Set([...byNumber, ...byWords].map(({ id }) => id))].slice(0, 10)
}

/** Household → its newest code; the active one is always the newest. */
async function newestCodes(
  ctx: Ctx,
  householdIds: readonly string[],
): Promise<Map<string, HouseholdCodeRow>> {
  const newest = new Map<string, HouseholdCodeRow>()
  for (const code of await codesOf(ctx.db.reader, householdIds))
    if (!newest.has(code.householdId)) newest.set(code.householdId, code)
  return newest
}

async function rowsOf(
  ctx: Ctx,
  ids: readonly string[],
  codes: ReadonlyMap<string, HouseholdCodeRow>,
): Promise<CodeRowView[]> {
  const [households, views] = await Promise.all([
    deskHouseholds(ctx, ids),
    presentCodes(
      ctx,
      ids.flatMap((id) => codes.get(id) ?? []),
    ),
  ])
  return ids.flatMap((id) => {
    const household = households.get(id)
    const view = views.get(codes.get(id)?.id ?? '')
    return household
      ? [{ ...presentHousehold(household), code: view?.code ?? null, used: view?.used ?? null }]
      : []
  })
}

const cursorOf = ({ areaId, householdId }: DoorPosition): string => `${areaId}.${householdId}`

/** Where the page before ended. Errors: invalid_input for what is no place of this list. */
async function positionOf(ctx: Ctx, target: Target, cursor: string): Promise<DoorPosition> {
  const [areaId = '', householdId = ''] = cursor.split('.')
  const { reader } = ctx.db
  const area = (await areasByIds(reader, [areaId])).get(areaId)
  const isInside = area?.companyId === target.companyId && area.path.startsWith(target.areaPath)
  const position = isInside ? await doorPosition(reader, areaId, householdId) : null
  if (position === null) throw new AppError('invalid_input', { detail: 'cursor' })
  return position
}
