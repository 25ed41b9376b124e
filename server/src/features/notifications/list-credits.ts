import { type Ctx, residentOf } from '../../platforms/context'
import { creditsOfResidents } from './credit-store'

/** How many more messages I allowed, per template of each wallet. */
export async function listCredits(
  ctx: Ctx,
): Promise<{ channel: string; templateId: string; credits: number }[]> {
  const rows = await creditsOfResidents(ctx.db.reader, [residentOf(ctx).id])
  return rows.map(({ channel, templateId, credits }) => ({ channel, templateId, credits: Number(credits) }))
}
