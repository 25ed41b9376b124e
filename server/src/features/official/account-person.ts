import type { PlatformIdentity } from '../../platforms'
import type { Ctx } from '../../platforms/context'

interface Person {
  readonly appId: string
  readonly openid: string
}

/** Under which events and messages of one person at one account are found; the id itself stands nowhere in the open. */
export function personIndexOf(ctx: Pick<Ctx, 'vault'>, { appId, openid }: Person): string {
  return ctx.vault.index('official-person', `${appId}\n${openid}`)
}

/** The same person as identity knows them. */
export function accountOf(
  ctx: Pick<Ctx, 'config'>,
  { appId, openid }: Person,
): Pick<PlatformIdentity, 'provider' | 'appId' | 'idType' | 'subject'> {
  const provider = appId === ctx.config.platforms.wechat.mini.appId ? 'wechat-mini' : 'wechat-oa'
  return { provider, appId, idType: 'openid', subject: openid }
}
