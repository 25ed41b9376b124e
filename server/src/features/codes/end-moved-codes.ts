import { inTransaction } from '../../core/db/database'
import { defineSchedule } from '../../platforms/feature'
import type { Ctx } from '../../platforms/context'
import { handedOverSince, handedOverTo } from '../households'
import type { HouseholdCodeRow } from './entities'
import { revokeCodes } from './revoke-codes'
import { activeCodesOf, findByPublicId } from './store'

const LOOK_BACK_MS = 86_400_000
const AT_ONCE = 200

/** The code as it is now: one that was made for whoever held the household before ends when it is looked at. */
export async function endIfMoved(ctx: Ctx, code: HouseholdCodeRow): Promise<HouseholdCodeRow> {
  if (code.state !== 'active') return code
  if (!(await handedOverTo(ctx.db.reader, code.householdId, Number(code.createdAt)))) return code
  await endCodes(ctx, [code.id])
  return (await findByPublicId(ctx.db.reader, code.publicId)) ?? code
}

async function endCodes(ctx: Ctx, ids: readonly string[]): Promise<void> {
  await inTransaction(ctx, (tx) => revokeCodes(tx, ctx, ids, { by: 'system', why: 'moved' }))
}

/**
 * The same for codes that nobody looks at, so that the desk sees them ended and no sheet is printed with them. A day is
 * looked over each time: a turn that failed is made up for.
 */
export const endMovedCodes = defineSchedule({
  name: 'codes.end-moved',
  everyMs: 60_000,
  run: async (ctx) => {
    const moved = await handedOverSince(ctx.db.reader, ctx.clock.now() - LOOK_BACK_MS)
    for (let start = 0; start < moved.length; start += AT_ONCE) {
      const at = new Map(
        moved.slice(start, start + AT_ONCE).map(({ householdId, appliedAt }) => [householdId, appliedAt]),
      )
      const codes = await activeCodesOf(ctx.db.reader, [...at.keys()])
      const old = [...codes.values()].filter(
        ({ householdId, createdAt }) => Number(createdAt) <= Number(at.get(householdId)),
      )
      if (old.length > 0)
        await endCodes(
          ctx,
          old.map(({ id }) => id),
        )
    }
  },
})
