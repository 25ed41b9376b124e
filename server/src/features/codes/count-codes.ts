import type { Ctx } from '../../platforms/context'
import { type DoorPosition, doorsInOrder } from '../households'
import { type Target, type TargetInput, targetOf } from './desk-scope'
import { codesOf, countCompanyCodes } from './desk-store'

/** More households than this are not looked at one by one while somebody waits. */
const LOOKED_AT = 5000
const PAGE = 1000

interface Counted {
  households: number
  withCode: number | null
  revoked: number | null
}

/** What an order would be about, before it is given. Errors: as targetOf. */
export async function countCodes(ctx: Ctx, input: TargetInput): Promise<Counted> {
  const target = await targetOf(ctx, input)
  const { households } = target
  if (target.kind === 'company')
    return { households, ...(await countCompanyCodes(ctx.db.reader, target.companyId)) }
  if (households > LOOKED_AT) return { households, withCode: null, revoked: null }
  return { households, ...(await lookedAt(ctx, target)) }
}

async function lookedAt(ctx: Ctx, target: Target): Promise<{ withCode: number; revoked: number }> {
  const { reader } = ctx.db
  if (target.householdId !== null) return tally(ctx, [target.householdId])
  const sum = { withCode: 0, revoked: 0 }
  for (let after: DoorPosition | null = null; ; ) {
    const page = await doorsInOrder(reader, { ...target, after, limit: PAGE })
    const { withCode, revoked } = await tally(
      ctx,
      page.doors.map(({ id }) => id),
    )
    sum.withCode += withCode
    sum.revoked += revoked
    if (page.next === null) return sum
    after = page.next
  }
}

async function tally(ctx: Ctx, ids: readonly string[]): Promise<{ withCode: number; revoked: number }> {
  const rows = await codesOf(ctx.db.reader, ids)
  const active = new Set(rows.filter(({ state }) => state === 'active').map(({ householdId }) => householdId))
  const ever = new Set(rows.map(({ householdId }) => householdId))
  return { withCode: active.size, revoked: ever.size - active.size }
}
