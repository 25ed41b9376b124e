import type { Ctx } from '../../platforms/context'

/** Where somebody without a wallet follows their request. The token stands behind the hash, so no server logs it. */
export function followUrl(ctx: Pick<Ctx, 'config'>, token: string): string {
  return `${ctx.config.http.publicUrl}/#/requests/link/index?token=${token}`
}
