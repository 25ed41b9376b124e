import { isDuplicate, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { enqueue } from '../../core/jobs/define'
import { deliverMessage } from './deliver-message'
import { insertMessage } from './store'
import { templateNamed } from './templates'

/**
 * Says something to a resident in the caller's transaction: the inbox row and, where the template has channels,
 * the job that carries it further. The same reason said again to the same resident is said once.
 */
export async function notifyResident(
  tx: Tx,
  ctx: Ctx,
  message: {
    residentId: string
    template: string
    reason: string
    facts: Readonly<Record<string, string>>
    page: string | null
    /** Where the resident just was: that wallet's channels are tried first. */
    wallet?: 'wechat' | 'alipay'
    companyId?: string
    /** Whom it is about: who is not bound to it any more when their turn comes gets nothing. */
    householdId?: string
  },
): Promise<void> {
  const template = templateNamed(message.template)
  const id = ctx.ids.next()
  const now = ctx.clock.now()
  try {
    await insertMessage(tx, {
      id,
      residentId: message.residentId,
      template: message.template,
      reason: message.reason,
      companyId: message.companyId ?? null,
      householdId: message.householdId ?? null,
      bulkId: null,
      title: template.title,
      facts: JSON.stringify(message.facts),
      // Wallets want it without the slash that our own pages' addresses begin with.
      page: message.page?.replace(/^\//, '') ?? null,
      wallet: message.wallet ?? null,
      urgency: 1,
      state: 'due',
      dueAt: now,
      token: null,
      attempts: 0,
      expiresAt: now + template.expiresAfterHours * 3_600_000,
      createdAt: now,
      readAt: null,
    })
  } catch (error) {
    if (isDuplicate(error)) return
    throw error
  }
  if (template.channels.length > 0) await enqueue(tx, ctx, deliverMessage, { messageId: id }, { key: id })
}
