import type { Reader } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { identityKeyOf, type NamedAccount } from './identity-key'
import { residentAliases } from './resident-aliases'
import { findIdentity } from './store'

/** The resident whom a platform means by this account, under the id that lives; null for somebody we do not know. */
export async function residentOfIdentity(
  reader: Reader,
  ctx: Ctx,
  account: NamedAccount,
): Promise<string | null> {
  const row = await findIdentity(reader, identityKeyOf(ctx, account))
  if (!row) return null
  const [living = row.residentId] = await residentAliases(reader, row.residentId)
  return living
}
