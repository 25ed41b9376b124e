import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { inScope } from '../staff'
import { deleteMark, saveMark } from './mark-store'
import { type Mark, marksOf } from './marks'
import { placesOfHouseholds } from './places'

/**
 * Marks a household of my scope as one to be called, or takes the mark away; answers the marks it has then. Errors:
 * not_found, whether it does not exist or is another's.
 */
export async function markHousehold(
  ctx: Ctx,
  input: {
    readonly householdId: string
    readonly mark: 'important' | 'sensitive'
    readonly on: boolean
    readonly note: string
  },
): Promise<Mark[]> {
  const { householdId, mark, on, note } = input
  const staff = staffOf(ctx)
  const place = (await placesOfHouseholds(ctx.db.reader, [householdId])).get(householdId)
  if (!place || !inScope(staff, { companyId: place.companyId, areaPath: place.path }))
    throw new AppError('not_found', { detail: 'household out of scope' })
  const at = ctx.clock.now()
  return inTransaction(ctx, async (tx) => {
    if (on) await saveMark(tx, { householdId, mark, note, byStaff: staff.id, at, until: null })
    else await deleteMark(tx, householdId, mark)
    return [...((await marksOf(tx, [householdId], at))[0]?.marks ?? [])]
  })
}
