import { isDuplicate, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { barePage } from './page'
import { afterQuietHours } from './quiet-hours'
import { insertMessage } from './store'
import { clampUrgency, urgencyNumber } from './template-shape'
import { templateNamed } from './templates'

const HOUR_MS = 3_600_000

/**
 * Says something to a resident in the caller's transaction. The row stands in the inbox at once and is the queue from
 * which the pump carries it further. The same reason said again to the same resident is said once.
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
    /** Whose message it is, for its template ids, its cost and the reports. */
    companyId?: string
    /** Whom it is about: who is not bound to it any more when their turn comes gets nothing. */
    householdId?: string
    /** 0 urgent, 1 normal, 2 may wait; as the template says unless given. */
    urgency?: number
  },
): Promise<void> {
  const template = templateNamed(message.template)
  const id = ctx.ids.next()
  const now = ctx.clock.now()
  const urgency = clampUrgency(message.urgency ?? urgencyNumber(template.urgency))
  const { keepQuietHours } = ctx.config.messages
  const dueAt = afterQuietHours(template, { urgency, keepQuietHours }, now)
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
      page: barePage(message.page),
      wallet: message.wallet ?? null,
      urgency,
      state: 'due',
      dueAt,
      token: null,
      trying: null,
      tryingSince: null,
      attempts: 0,
      waitsFor: null,
      // What had to wait for the morning is as new then as it was in the night.
      expiresAt: dueAt + template.expiresAfterHours * HOUR_MS,
      createdAt: now,
      readAt: null,
    })
  } catch (error) {
    if (isDuplicate(error)) return
    throw error
  }
  tx.afterCommit(ctx.wakeJobs)
}
