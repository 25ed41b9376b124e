import type { CoreCtx } from '../../core/context'
import type { Tx } from '../../core/db/database'
import { addressText, shortAddress } from './address'
import { ensureAreas, knotKey, placeKnots, supplyKnots } from './area-store'
import type { HouseholdRow } from './entities'
import { phoneIndex, phoneTailIndex } from './indexes'
import type { ImportedHousehold } from './imported-household'
import { findByAccountNos, insertHouseholds, updateHousehold } from './store'
import { cut } from './text'

/**
 * Makes or changes the households of one import batch, in the caller's transaction, and answers their ids by account
 * number. What an import repeats is not written again. Bindings are never touched.
 */
export async function saveImportedHouseholds(
  tx: Tx,
  ctx: CoreCtx,
  companyId: string,
  households: ReadonlyMap<string, ImportedHousehold>,
): Promise<Map<string, string>> {
  const known = await findByAccountNos(tx, companyId, [...households.keys()])
  const ids = new Map<string, string>()
  const changed: {
    accountNo: string
    facts: ImportedHousehold
    factsIndex: string
    before: HouseholdRow | null
  }[] = []
  for (const [accountNo, facts] of households) {
    const before = known.get(accountNo) ?? null
    const factsIndex = ctx.vault.index('household-facts', JSON.stringify(facts))
    if (before !== null) ids.set(accountNo, before.id)
    if (before?.factsIndex !== factsIndex) changed.push({ accountNo, facts, factsIndex, before })
  }
  const areas = await ensureAreas(
    tx,
    ctx,
    companyId,
    changed.flatMap(({ facts }) => [...placeKnots(facts), ...supplyKnots(facts)]),
  )
  const fresh: HouseholdRow[] = []
  for (const { accountNo, facts, factsIndex, before } of changed) {
    const idOf = (knots: ReturnType<typeof placeKnots>): string | null => {
      const last = knots.at(-1)
      return last === undefined ? null : (areas.get(knotKey(last))?.id ?? null)
    }
    const placeId = idOf(placeKnots(facts))
    if (placeId === null) throw new Error('every household stands in at least a community')
    const row = householdRow(ctx, companyId, accountNo, facts, factsIndex, before, {
      placeId,
      supplyId: idOf(supplyKnots(facts)),
    })
    ids.set(accountNo, row.id)
    if (before === null) fresh.push(row)
    else await updateHousehold(tx, row)
  }
  await insertHouseholds(tx, fresh)
  return ids
}

function householdRow(
  ctx: CoreCtx,
  companyId: string,
  accountNo: string,
  facts: ImportedHousehold,
  factsIndex: string,
  before: HouseholdRow | null,
  areas: { placeId: string; supplyId: string | null },
): HouseholdRow {
  const now = ctx.clock.now()
  const id = before?.id ?? ctx.ids.next()
  const phone = facts.phone ?? keptPhone(ctx, facts, before)
  return {
    id,
    companyId,
    accountNo,
    ownerNameSealed: ctx.vault.seal(cut(facts.ownerName, 80)),
    phoneSealed: phone === null ? null : ctx.vault.seal(phone),
    phoneIndex: phone === null ? null : phoneIndex(ctx.vault, phone),
    phoneTailIndex: phone === null ? null : phoneTailIndex(ctx.vault, id, phone.slice(-4)),
    factsIndex,
    community: cut(facts.place.community, 80),
    addressText: cut(addressText(facts.place), 200),
    shortAddress: cut(shortAddress(facts.place), 80),
    ...areas,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  }
}

/**
 * An export without a usable number keeps the one on file only while the owner is the same: after a change of owner
 * the former owner's phone must not open the household any more.
 */
function keptPhone(ctx: CoreCtx, facts: ImportedHousehold, before: HouseholdRow | null): string | null {
  if (before === null || before.phoneSealed === null) return null
  const sameOwner = ctx.vault.open(before.ownerNameSealed) === cut(facts.ownerName, 80)
  return sameOwner ? ctx.vault.open(before.phoneSealed) : null
}
