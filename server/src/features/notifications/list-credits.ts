import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { creditsOfResidents } from './credit-store'

/** How many more messages I allowed, per template of each wallet; what I allowed under an earlier account counts. */
export async function listCredits(
  ctx: Ctx,
): Promise<{ channel: string; templateId: string; credits: number }[]> {
  const ids = await residentAliases(ctx.db.reader, residentOf(ctx).id)
  const sums = new Map<string, { channel: string; templateId: string; credits: number }>()
  for (const { channel, templateId, credits, endsAt } of await creditsOfResidents(ctx.db.reader, ids)) {
    // An open chat is no permission that a page could ask for again.
    if (endsAt !== null) continue
    const key = `${channel}|${templateId}`
    sums.set(key, { channel, templateId, credits: (sums.get(key)?.credits ?? 0) + Number(credits) })
  }
  return [...sums.values()]
}
