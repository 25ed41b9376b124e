import type { CoreCtx } from '../../core/context'
import { maskAccountNo, maskAddress, maskName } from '../../core/mask'
import { openOwner } from './owner'
import { findHouseholds } from './store'

/** A household as whoever holds its code sees it. */
export interface CodeFace {
  readonly companyId: string
  readonly ownerNameMasked: string
  readonly addressMasked: string
  readonly accountNoMasked: string
}

/** Null for a household that is not there. Nothing unmasked leaves this function. */
export async function codeFaceOf(ctx: CoreCtx, householdId: string): Promise<CodeFace | null> {
  const row = (await findHouseholds(ctx.db.reader, [householdId])).get(householdId)
  if (row === undefined) return null
  return {
    companyId: row.companyId,
    ownerNameMasked: maskName(openOwner(ctx.vault, row).name ?? ''),
    addressMasked: maskAddress(row.addressText),
    accountNoMasked: maskAccountNo(row.accountNo),
  }
}
