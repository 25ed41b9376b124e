import type { Ctx } from '../../platforms/context'
import { addressOf } from './email-store'

/** The address that this person confirmed, opened; null without one. */
export async function confirmedEmail(ctx: Ctx, residentIds: readonly string[]): Promise<string | null> {
  const sealed = await addressOf(ctx.db.reader, residentIds)
  return sealed === null ? null : ctx.vault.open(sealed)
}
