import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { randomBelow } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import { phoneIndexOf, smsCodeHash } from './phone-number'
import { insertSmsCode } from './session-store'

const MINUTE_MS = 60_000

/** What a code is good for. A household's code names the household, so that it opens no other. */
export type SmsPurpose = 'login' | 'link-phone' | `bind-household:${string}` | `act-for:${string}`

/**
 * Sends a six-digit code to a phone: one a minute and five a day per number, twenty a day per address, by the calendar of
 * Shanghai. The row is
 * committed before the message leaves, so a code that arrives is always known. Errors: sms_limited,
 * platform_unavailable when the provider did not take it.
 */
export async function issueSmsCode(
  ctx: Ctx,
  input: { phone: string; purpose: SmsPurpose },
): Promise<{ retryAfterSeconds: number; expiresInSeconds: number }> {
  const { smsCodeMinutes, smsCodeTries } = ctx.config.sessions
  const phoneIndex = phoneIndexOf(ctx, input.phone)
  await takeSmsLimits(ctx, phoneIndex)

  const code = String(randomBelow(1_000_000)).padStart(6, '0')
  const now = ctx.clock.now()
  const id = ctx.ids.next()
  await inTransaction(ctx, (tx) =>
    insertSmsCode(tx, {
      id,
      phoneIndex,
      purpose: input.purpose,
      codeHash: smsCodeHash(ctx, { id, phoneIndex, purpose: input.purpose, code }),
      triesLeft: smsCodeTries,
      createdAt: now,
      expiresAt: now + smsCodeMinutes * MINUTE_MS,
      usedAt: null,
    }),
  )

  const outcome = await ctx.platforms.sms.sendCode({ phone: input.phone, code, validMinutes: smsCodeMinutes })
  // `unknown` may well have arrived, so the resident is asked to look at the phone.
  if (outcome.state !== 'delivered' && outcome.state !== 'unknown') {
    throw new AppError('platform_unavailable', {
      message: '短信没有发出去，请一分钟后再试。',
      detail: `sms ${outcome.state} ${outcome.platformCode ?? ''}`,
      retryAfterSeconds: ctx.config.limits.smsGapSeconds,
    })
  }
  return { retryAfterSeconds: ctx.config.limits.smsGapSeconds, expiresInSeconds: smsCodeMinutes * 60 }
}

async function takeSmsLimits(ctx: Ctx, phoneIndex: string): Promise<void> {
  const { smsGapSeconds, smsPerNumberPerDay, smsPerIpPerDay } = ctx.config.limits
  // The address comes first: one that is used up must not touch what belongs to the number, or a stranger could
  // keep its owner from ever getting a code.
  if (ctx.ip !== null) {
    await ctx.limiter.take(`sms-ip:${ctx.ip}`, { limit: smsPerIpPerDay, windowMs: DAY_MS }, 'sms_limited')
  }
  // A lock and not a window: windows are aligned to the clock, and two codes could fall on both sides of its edge.
  const free = await ctx.cache.lock(`sms-gap:${phoneIndex}`, smsGapSeconds * 1000)
  if (!free) {
    throw new AppError('sms_limited', { detail: 'sms-gap', retryAfterSeconds: smsGapSeconds })
  }
  const perNumber = { limit: smsPerNumberPerDay, windowMs: DAY_MS }
  await ctx.limiter.take(`sms-number:${phoneIndex}`, perNumber, 'sms_limited')
}
