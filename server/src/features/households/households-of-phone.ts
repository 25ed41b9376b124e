import type { CoreCtx } from '../../core/context'
import type { Reader } from '../../core/db/database'
import { ownerPhoneIndex } from './indexes'
import { householdsWithPhone } from './store'

const MOST = 5

/** Households of a company whose file has this number; whoever owns more than five says which one it is about. */
export async function householdsOfPhone(
  reader: Reader,
  ctx: CoreCtx,
  of: { readonly companyId: string; readonly phone: string },
): Promise<string[]> {
  return householdsWithPhone(
    reader,
    { companyId: of.companyId, phoneIndex: ownerPhoneIndex(ctx.vault, of.phone) },
    MOST,
  )
}
