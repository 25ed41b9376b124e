import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { residentOfIdentity } from '../identity'
import { creditByEvent, deliveryReport } from '../notifications'
import type { AccountEvent } from './account-event'
import { accountOf, personIndexOf } from './account-person'
import { decidedAfter } from './store'

type SentReport = Extract<AccountEvent, { kind: 'sent-report' }>
type Subscriptions = Extract<AccountEvent, { kind: 'subscriptions' }>

/**
 * Puts results of messages and choices of residents into the ledger, in the caller's transaction: after a notice to a
 * whole town there is one such event for each home, and a job for each would cost more than the sending did. False when
 * something of it has to be looked for again: the platform may be faster than our own note that it took the message.
 * Done again it changes nothing.
 */
export async function applyEvent(tx: Tx, ctx: Ctx, event: AccountEvent): Promise<boolean> {
  if (event.kind === 'sent-report') return reportSent(tx, ctx, event)
  if (event.kind === 'subscriptions') await noteChoices(tx, ctx, event)
  return true
}

async function reportSent(tx: Tx, ctx: Ctx, event: SentReport): Promise<boolean> {
  let isWhole = true
  for (const { platformMessageId, state, code } of event.reports) {
    const known = await deliveryReport(tx, ctx, {
      channel: event.channel,
      platformMessageId,
      state: state === 'delivered' ? state : 'failed',
      code,
    })
    if (!known) isWhole = false
  }
  return isWhole
}

/**
 * A later choice about the same template that was faster here stands. Declining in the popup takes nothing back of what
 * was allowed before; only the settings do.
 */
async function noteChoices(tx: Tx, ctx: Ctx, event: Subscriptions): Promise<void> {
  const residentId = await residentOfIdentity(tx, ctx, accountOf(ctx, event))
  if (residentId === null) return
  const decided = await decidedAfter(tx, personIndexOf(ctx, event), event.happenedAt)
  for (const { templateId, choice } of event.choices) {
    if (decided.has(templateId) || (choice === 'reject' && event.where === 'popup')) continue
    const what = choice === 'accept' ? 'accepted' : 'refused'
    await creditByEvent(tx, ctx, { residentId, channel: event.channel, templateId, what })
  }
}
