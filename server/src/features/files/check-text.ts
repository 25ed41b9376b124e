import type { Ctx } from '../../platforms/context'
import type { Verdict } from '../../platforms'
import { openidOf } from './ask-check'

/**
 * What the platform thinks of words that a resident sent: `risky` must not be shown to other residents, `review` waits
 * for a person. Only words from WeChat are checked, as its rules ask; whoever came otherwise passes. When the check is
 * down, or does not know the writer, the answer is `review`, never `pass`. It calls WeChat, so no transaction may be
 * open.
 */
export async function checkText(
  ctx: Ctx,
  input: { readonly residentId: string; readonly channel: string; readonly text: string },
): Promise<Verdict> {
  if (!input.channel.startsWith('wechat') || input.text.trim() === '') return 'pass'
  const openid = await openidOf(ctx, input.residentId)
  if (openid === null) return 'review'
  const checked = await ctx.platforms.contentCheck.checkText({ openid, text: input.text })
  if (checked.state === 'checked') return checked.verdict
  ctx.log.warn({ platformCode: checked.platformCode }, 'files.text-check-unavailable')
  return 'review'
}
