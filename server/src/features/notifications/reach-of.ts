import type { Reader } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { budgetsLeft, chooseChannel } from './choose-channel'
import { fillText, fillVariables } from './fill-template'
import { readOutlook } from './outlook'
import type { ChannelName } from './template-shape'
import { urgencyNumber } from './template-shape'
import { templateNamed } from './templates'

/**
 * Over which channel each of these residents would hear this message now: the first that works for them, `inbox` where
 * none does. For previews; nothing is sent and nothing is promised.
 */
export async function reachOf(
  reader: Reader,
  ctx: Ctx,
  template: string,
  residentIds: readonly string[],
  about: { readonly companyId?: string | null; readonly urgency?: number } = {},
): Promise<Map<string, ChannelName | 'inbox'>> {
  const words = templateNamed(template)
  const messages = residentIds.map((residentId) => ({
    id: '',
    residentId,
    template,
    companyId: about.companyId ?? null,
    householdId: null,
    bulkId: null,
    wallet: null,
    urgency: about.urgency ?? urgencyNumber(words.urgency),
    attempts: 0,
  }))
  const outlook = await readOutlook(reader, ctx, messages)
  const budgets = budgetsLeft(ctx, outlook)
  return new Map(
    messages.map((message) => {
      const chosen = chooseChannel(ctx, outlook, message, words, (id) => budgets.get(id) ?? 0)
      return [message.residentId, chosen.kind === 'none' ? 'inbox' : chosen.choice.channel.name]
    }),
  )
}

/** What one text message of this kind costs with these values; 0 where it is never sent as one. */
export function textCostFen(ctx: Ctx, template: string, facts: Readonly<Record<string, string>>): number {
  const words = templateNamed(template)
  const text = words.channels.find(({ name }) => name === 'sms')?.text
  if (text === undefined) return 0
  return ctx.platforms.sms.costOf(fillText(text, fillVariables(words, text, facts))).costFen
}
