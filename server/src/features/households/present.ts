import type { CoreCtx } from '../../core/context'
import { maskAccountNo, maskName } from '../../core/mask'
import { companyOf } from '../../core/config/companies'
import type { BindingRow, HouseholdRow } from './entities'
import { openOwner } from './owner'
import type { HouseholdView } from './schema'

/** A household as somebody who has bound it sees it: the number and address whole, the owner's name masked. */
export function presentHousehold(
  ctx: CoreCtx,
  row: HouseholdRow,
  binding: BindingRow,
  supplyName: string | null,
): HouseholdView {
  const company = companyOf(ctx, row.companyId)
  return {
    id: row.id,
    companyId: row.companyId,
    companyName: company.name,
    kind: company.kind,
    accountNo: row.accountNo,
    accountNoMasked: maskAccountNo(row.accountNo),
    ownerNameMasked: maskName(openOwner(ctx.vault, row).name),
    address: row.addressText,
    shortAddress: row.shortAddress,
    supply: supplyName,
    role: binding.role,
    isDefault: binding.isDefault === 1,
    boundAt: binding.boundAt,
  }
}
