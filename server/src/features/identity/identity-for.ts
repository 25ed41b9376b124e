import type { Reader } from '../../core/db/database'
import { maskPhone } from '../../core/mask'
import type { PlatformIdentity } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { residentAliases } from './resident-aliases'
import { findSession } from './session-store'
import { findResident, identitiesInApp } from './store'

/**
 * The resident's id in one app, opened, for paying and for messages; null when they have none there. With several
 * accounts in the app (two phones), the account of the session that asks comes first, then the one used last.
 */
export async function identityFor(
  reader: Reader,
  ctx: Ctx,
  residentId: string,
  provider: PlatformIdentity['provider'],
  appId: string,
): Promise<Pick<PlatformIdentity, 'idType' | 'subject'> | null> {
  const [living = residentId] = await residentAliases(reader, residentId)
  const rows = await identitiesInApp(reader, [living], provider, appId)
  const asking = ctx.resident?.id === living ? await findSession(reader, ctx.resident.sessionId) : null
  const row = rows.find(({ id }) => id === asking?.identityId) ?? rows[0]
  if (!row) return null
  return {
    idType: row.idType === 'open_id' || row.idType === 'user_id' ? row.idType : 'openid',
    subject: ctx.vault.open(row.subjectSealed),
  }
}

/** The resident's verified phone as other residents may see it, or null. */
export async function phoneOf(reader: Reader, ctx: Ctx, residentId: string): Promise<string | null> {
  const phone = await openPhoneOf(reader, ctx, residentId)
  return phone === null ? null : maskPhone(phone)
}

/** The resident's verified phone whole, for a row that seals it again (whom a worker calls); shown to nobody as it is. */
export async function openPhoneOf(reader: Reader, ctx: Ctx, residentId: string): Promise<string | null> {
  const [living = residentId] = await residentAliases(reader, residentId)
  const resident = await findResident(reader, living)
  return resident?.phoneSealed ? ctx.vault.open(resident.phoneSealed) : null
}
