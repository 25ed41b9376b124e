import { type Ctx, residentOf } from '../../platforms/context'
import { creditsOf } from './store'

/** How many more messages I allowed, per template of each wallet. */
export async function listCredits(
  ctx: Ctx,
): Promise<{ channel: string; templateId: string; credits: number }[]> {
  const rows = await creditsOf(ctx.db.reader, [residentOf(ctx).id])
  return rows.map(({ channel, templateId, credits }) => ({ channel, templateId, credits: Number(credits) }))
}
