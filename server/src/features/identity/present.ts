import { AppError } from '../../core/errors'
import { maskPhone } from '../../core/mask'
import type { Ctx } from '../../platforms/context'
import { residentAliases } from './resident-aliases'
import { loginChannel, type Me } from './schema'
import { newestConsent } from './session-store'
import { findResident, identitiesOf } from './store'

/** A resident as they see themselves: nothing about the wallets but their names, and the phone masked. */
export async function describeMe(ctx: Ctx, who: { id: string; channel: string }): Promise<Me> {
  const reader = ctx.db.reader
  const resident = await findResident(reader, who.id)
  if (!resident) throw new AppError('unauthenticated')
  const identities = await identitiesOf(reader, resident.id)
  // One account may be known under an older name too, which is not a second account.
  const apps = identities.map(({ provider, appId }) => `${provider} ${appId}`)
  const accounts = identities.filter((_, index) => apps.indexOf(apps[index] ?? '') === index)
  const aliases = await residentAliases(reader, resident.id)
  const consent = await newestConsent(reader, aliases, 'privacy-policy')
  return {
    id: resident.id,
    phoneMasked: resident.phoneSealed === null ? null : maskPhone(ctx.vault.open(resident.phoneSealed)),
    channel: loginChannel.parse(who.channel),
    identities: accounts.map(({ provider, linkedAt }) => ({ provider, linkedAt })),
    elderMode: resident.elderMode === 1,
    consent: consent ? { version: consent.version, granted: consent.granted === 1 } : null,
  }
}
