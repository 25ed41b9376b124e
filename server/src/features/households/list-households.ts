import type { Ctx } from '../../platforms/context'
import { residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { areaNames } from './area-store'
import { presentHousehold } from './present'
import type { HouseholdView } from './schema'
import { activeBindings, findHouseholds } from './store'

/** My households, the default one first. A merge can leave one bound twice; it is shown once. */
export async function listHouseholds(ctx: Ctx): Promise<HouseholdView[]> {
  const { reader } = ctx.db
  const bindings = await activeBindings(reader, await residentAliases(reader, residentOf(ctx).id))
  const households = await findHouseholds(
    reader,
    bindings.map(({ householdId }) => householdId),
  )
  const supplies = await areaNames(
    reader,
    [...households.values()].flatMap(({ supplyId }) => supplyId ?? []),
  )
  const views = new Map<string, HouseholdView>()
  for (const binding of bindings) {
    const row = households.get(binding.householdId)
    if (row === undefined || views.has(row.id)) continue
    const supply = row.supplyId === null ? null : (supplies.get(row.supplyId) ?? null)
    views.set(row.id, presentHousehold(ctx, row, binding, supply))
  }
  return markDefault([...views.values()])
}

/** Exactly one default, also right after two accounts of one person became one. */
function markDefault(views: readonly HouseholdView[]): HouseholdView[] {
  return views.map((view, index) =>
    view.isDefault === (index === 0) ? view : { ...view, isDefault: index === 0 },
  )
}
