import { phoneIndexOf, plainMobile } from './phone-number'
import type { Reader } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { findResidentByPhone } from './store'

/** Who proved that this number is theirs; null for nobody, and for a number that is no mobile. */
export async function residentByPhone(reader: Reader, ctx: Ctx, phone: string): Promise<string | null> {
  const mobile = plainMobile(phone)
  if (mobile === null) return null
  const row = await findResidentByPhone(reader, phoneIndexOf(ctx, mobile))
  return row === null || row.endedAt !== null ? null : row.id
}
