import type { Reader } from '../../core/db/database'
import { maskPhoneForStaff } from '../../core/mask'
import type { Ctx } from '../../platforms/context'
import { accountsOf } from './reach-store'
import { residentAliases } from './resident-aliases'
import { findResident } from './store'

/** A resident as people at work see one; nothing of it is whole. */
interface ResidentCard {
  /** The id under which they live now. */
  readonly id: string
  readonly phoneMasked: string | null
  readonly since: number
  /** The wallets that they have used, such as wechat-mini. */
  readonly providers: readonly string[]
  readonly elder: boolean
}

/** Null for an id that nobody has. */
export async function residentCard(
  reader: Reader,
  ctx: Ctx,
  residentId: string,
): Promise<ResidentCard | null> {
  const [living = residentId] = await residentAliases(reader, residentId)
  const resident = await findResident(reader, living)
  if (!resident) return null
  const accounts = await accountsOf(reader, [living])
  return {
    id: resident.id,
    phoneMasked:
      resident.phoneSealed === null ? null : maskPhoneForStaff(ctx.vault.open(resident.phoneSealed)),
    since: resident.createdAt,
    providers: [...new Set(accounts.map(({ provider }) => provider))],
    elder: resident.elderMode === 1,
  }
}
