import type { CoreCtx } from '../../core/context'
import type { Reader } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { maskAccountNo } from '../../core/mask'
import { residentAliases } from '../identity'
import { activeBindings, boundAmong, findHouseholds } from './store'

/** What other features may know of a household. No name and no phone number is among it. */
export interface HouseholdSummary {
  readonly id: string
  readonly companyId: string
  readonly accountNo: string
  readonly accountNoMasked: string
  readonly address: string
  readonly shortAddress: string
}

/** The households by id; ids that do not exist are left out. */
export async function householdsByIds(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, HouseholdSummary>> {
  const rows = await findHouseholds(reader, ids)
  return new Map(
    [...rows.values()].map((row) => [
      row.id,
      {
        id: row.id,
        companyId: row.companyId,
        accountNo: row.accountNo,
        accountNoMasked: maskAccountNo(row.accountNo),
        address: row.addressText,
        shortAddress: row.shortAddress,
      },
    ]),
  )
}

/** What this resident has bound now, the default first. Rows kept under an earlier id of the same person count. */
export async function householdsOf(ctx: CoreCtx, residentId: string): Promise<HouseholdSummary[]> {
  const { reader } = ctx.db
  const bindings = await activeBindings(reader, await residentAliases(reader, residentId))
  const byId = await householdsByIds(reader, [...new Set(bindings.map(({ householdId }) => householdId))])
  return [...byId.keys()].length === 0
    ? []
    : inOrder(
        bindings.map(({ householdId }) => householdId),
        byId,
      )
}

function inOrder(ids: readonly string[], byId: ReadonlyMap<string, HouseholdSummary>): HouseholdSummary[] {
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? [])
}

/**
 * Errors: not_found unless every one of these households is bound to the resident now; whether it exists is told to
 * nobody. Aliases are looked up only when the id at hand does not do, since nearly everybody has one.
 */
export async function assertBound(
  ctx: CoreCtx,
  residentId: string,
  householdIds: readonly string[],
): Promise<void> {
  const { reader } = ctx.db
  const wanted = [...new Set(householdIds)]
  if (wanted.length === 0) return
  const direct = await boundAmong(reader, [residentId], wanted)
  if (direct.size === wanted.length) return
  const all = await boundAmong(reader, await residentAliases(reader, residentId), wanted)
  if (all.size !== wanted.length) throw new AppError('not_found', { detail: 'household not bound' })
}
