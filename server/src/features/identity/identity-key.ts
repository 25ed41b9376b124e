import type { PlatformIdentity } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import type { IdentityRow } from './entities'

export type IdentityKey = Pick<IdentityRow, 'provider' | 'appId' | 'idType' | 'subjectIndex'>
export type NamedAccount = Pick<PlatformIdentity, 'provider' | 'appId' | 'idType' | 'subject'>

/** The app and the kind of id are part of the index, so an Alipay id that reads like an openid is another one. */
export function identityKeyOf(ctx: Pick<Ctx, 'vault'>, found: NamedAccount): IdentityKey {
  const { provider, appId, idType, subject } = found
  return {
    provider,
    appId,
    idType,
    subjectIndex: ctx.vault.index('identity', [provider, appId, idType, subject].join('\n')),
  }
}
