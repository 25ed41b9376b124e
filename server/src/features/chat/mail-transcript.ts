import { DAY_MS } from '../../core/clock'
import { recordAudit } from '../../core/audit'
import { mailHeadOf } from '../../core/config/mail-head'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { confirmedEmail } from '../notifications'
import { readTranscript } from './read-transcript'

const PER_DAY = 5

/**
 * Sends the conversation to the resident's confirmed address. Errors: email_missing without one, email_unavailable,
 * email_limited, not_found.
 */
export async function mailTranscript(
  ctx: Ctx,
  input: { readonly conversationId: string; readonly clientId: string },
): Promise<void> {
  const residentId = residentOf(ctx).id
  const { text } = await readTranscript(ctx, input)
  const to = await confirmedEmail(ctx, await residentAliases(ctx.db.reader, residentId))
  if (to === null) throw new AppError('email_missing')
  await ctx.limiter.take(`chat-mail:${residentId}`, { limit: PER_DAY, windowMs: DAY_MS }, 'email_limited')
  // Something leaves the house: that it did is written down first.
  await inTransaction(ctx, (tx) =>
    recordAudit(tx, ctx, {
      action: 'chat.mail-transcript',
      actor: `resident:${residentId}`,
      object: `conversation:${input.conversationId}`,
    }),
  )
  const outcome = await ctx.platforms.mail.send({
    id: `transcript-${residentId}-${input.clientId}`,
    to,
    head: mailHeadOf(ctx.config, null),
    subject: `${ctx.config.portal.name}：客服会话记录`,
    text,
  })
  if (outcome.state !== 'delivered' && outcome.state !== 'unknown')
    throw new AppError('email_unavailable', { detail: `mail ${outcome.state} ${outcome.platformCode ?? ''}` })
}
