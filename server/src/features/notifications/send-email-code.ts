import { DAY_MS } from '../../core/clock'
import { mailHeadOf } from '../../core/config/mail-head'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { randomBelow } from '../../core/ids'
import { type Ctx, residentOf } from '../../platforms/context'
import { cleanEmail, emailCodeHash } from './email-code'
import { savePendingEmail } from './email-store'

const GAP_SECONDS = 60
const PER_ADDRESS_PER_DAY = 5
const MINUTE_MS = 60_000

/**
 * Sends a code to an address that shall get messages. The row is committed before the mail leaves. Errors:
 * email_limited, email_unavailable.
 */
export async function sendEmailCode(
  ctx: Ctx,
  input: { email: string },
): Promise<{ retryAfterSeconds: number }> {
  const residentId = residentOf(ctx).id
  const email = cleanEmail(input.email)
  const { codeMinutes, codeTries } = ctx.config.messages.email
  if (!(await ctx.cache.lock(`email-gap:${residentId}`, GAP_SECONDS * 1000)))
    throw new AppError('email_limited', { retryAfterSeconds: GAP_SECONDS })
  const perDay = { limit: PER_ADDRESS_PER_DAY, windowMs: DAY_MS }
  await ctx.limiter.take(`email-address:${ctx.vault.index('email', email)}`, perDay, 'email_limited')
  await ctx.limiter.take(`email-resident:${residentId}`, perDay, 'email_limited')
  const code = String(randomBelow(1_000_000)).padStart(6, '0')
  const now = ctx.clock.now()
  await inTransaction(ctx, (tx) =>
    savePendingEmail(tx, residentId, {
      pendingSealed: ctx.vault.seal(email),
      codeHash: emailCodeHash(ctx, { residentId, email, code }),
      triesLeft: codeTries,
      codeSentAt: now,
      codeExpiresAt: now + codeMinutes * MINUTE_MS,
    }),
  )
  const name = ctx.config.portal.name
  const outcome = await ctx.platforms.mail.send({
    to: email,
    head: mailHeadOf(ctx.config, null),
    subject: `${name}：邮箱验证码`,
    text: `您的验证码是 ${code}，${codeMinutes} 分钟内有效。如果不是您本人操作，请忽略这封邮件。`,
  })
  // `unknown` may well have arrived, so the resident is asked to look.
  if (outcome.state !== 'delivered' && outcome.state !== 'unknown')
    throw new AppError('email_unavailable', { detail: `mail ${outcome.state} ${outcome.platformCode ?? ''}` })
  return { retryAfterSeconds: GAP_SECONDS }
}
