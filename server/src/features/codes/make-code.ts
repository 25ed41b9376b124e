import { isDuplicate, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import type { HouseholdCodeRow } from './entities'
import { activeCodesOf, insertCodes, lastSerials } from './store'

const ID_BYTES = 10

/** `by`: `staff:<id>` or `system`. */
export type CodeOwner = { readonly id: string; readonly companyId: string }

/**
 * The active code of each household; those without one get one, signed with the active key. Called again it answers
 * the same codes, and of two at the same moment both answer the same. A thousand households at a time are plenty.
 */
export async function makeCodes(
  tx: Tx,
  ctx: Ctx,
  households: readonly CodeOwner[],
  by: string,
): Promise<Map<string, HouseholdCodeRow>> {
  for (let round = 1; ; round++) {
    const ids = households.map(({ id }) => id)
    const [there, serials] = [await activeCodesOf(tx, ids), await lastSerials(tx, ids)]
    const fresh = households
      .filter(({ id }) => !there.has(id))
      .map((household) => newCode(ctx, household, (serials.get(household.id) ?? 0) + 1, by))
    try {
      await insertCodes(tx, fresh)
      return new Map([...there, ...fresh.map((row) => [row.householdId, row] as const)])
    } catch (error) {
      // Somebody else was faster with one of them; under READ COMMITTED the next look sees theirs.
      if (!isDuplicate(error) || round === 3) throw error
    }
  }
}

/** The active code of one household, made now where it has none. */
export async function makeCode(
  tx: Tx,
  ctx: Ctx,
  household: CodeOwner,
  by: string,
): Promise<HouseholdCodeRow> {
  const code = (await makeCodes(tx, ctx, [household], by)).get(household.id)
  if (code === undefined) throw new Error(`household ${household.id} got no code`)
  return code
}

function newCode(ctx: Ctx, household: CodeOwner, serial: number, by: string): HouseholdCodeRow {
  return {
    id: ctx.ids.next(),
    householdId: household.id,
    companyId: household.companyId,
    publicId: ctx.ids.token(ID_BYTES),
    keyId: Number(ctx.config.secrets.activeCodeKey),
    serial,
    state: 'active',
    createdAt: ctx.clock.now(),
    createdBy: by,
    revokedAt: null,
    revokedBy: null,
    why: null,
    activeSlot: 1,
  }
}
