import type { CoreCtx } from '../../core/context'
import { maskAddress, maskName, maskPhoneForStaff } from '../../core/mask'
import { openOwner } from './owner'
import { findHouseholds } from './store'

/** Whom an agent calls, masked; the whole number is a look with a reason, as everywhere at the desk. */
export interface CallFacts {
  readonly nameMasked: string
  readonly phoneMasked: string | null
  readonly address: string
}

/** These households' owners as a list of calls shows them; ids that do not exist are left out. */
export async function callFactsOf(ctx: CoreCtx, ids: readonly string[]): Promise<Map<string, CallFacts>> {
  const rows = await findHouseholds(ctx.db.reader, [...new Set(ids)])
  return new Map(
    [...rows.values()].map((row) => {
      const { name, phone } = openOwner(ctx.vault, row)
      return [
        row.id,
        {
          nameMasked: maskName(name),
          phoneMasked: phone === null ? null : maskPhoneForStaff(phone),
          address: maskAddress(row.addressText),
        },
      ]
    }),
  )
}

/** The whole number on file of one household's owner; null where there is none. Whoever asks counts the look. */
export async function callPhoneOf(ctx: CoreCtx, householdId: string): Promise<string | null> {
  const row = (await findHouseholds(ctx.db.reader, [householdId])).get(householdId)
  return row ? openOwner(ctx.vault, row).phone : null
}
