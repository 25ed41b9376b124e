import { recordAudit } from '../../core/audit'
import { DAY_MS } from '../../core/clock'
import { inTransaction, isDuplicate, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { sha256 } from '../../core/ids'
import { type Ctx, residentOf } from '../../platforms/context'
import type { ResidentRow } from './entities'
import { mergeResidents } from './merge-residents'
import { phoneIndexOf, plainMobile } from './phone-number'
import { describeMe } from './present'
import type { Me } from './schema'
import { findSession } from './session-store'
import { findIdentityById, findResidentByPhone, lockResidents, saveResident } from './store'
import { verifySmsCode } from './verify-sms-code'

type PhoneProof =
  | { readonly provider: 'wechat'; readonly code: string }
  | { readonly provider: 'alipay'; readonly response: string }
  | { readonly provider: 'sms'; readonly phone: string; readonly code: string }

/**
 * Links a phone that a platform, or a code sent to it, vouches for. A number that is another resident's shows
 * that both are one person: this resident then lives on under that one, and the session goes along with its
 * token. Errors: phone_code_invalid, sms_code_wrong, platform_unavailable; phone_taken when this resident has
 * another verified number already.
 */
export async function linkPhone(ctx: Ctx, input: PhoneProof): Promise<Me> {
  const who = residentOf(ctx)
  const phone = await provenPhone(ctx, input)
  const attach = (): Promise<ResidentRow> => inTransaction(ctx, (tx) => attachPhone(tx, ctx, phone))
  const resident = await attach().catch((error: unknown) => {
    // Two sessions brought the same number at once: the slower one now finds its owner.
    if (isDuplicate(error)) return attach()
    throw error
  })
  return describeMe(ctx, { id: resident.id, channel: who.channel })
}

/** Asks the one who can know. No transaction is open here. */
async function provenPhone(ctx: Ctx, input: PhoneProof): Promise<string> {
  if (input.provider === 'sms') {
    await verifySmsCode(ctx, { phone: input.phone, purpose: 'link-phone', code: input.code })
    return input.phone
  }
  const subject = await subjectOfSession(ctx, input.provider)
  if (input.provider === 'alipay') await useOnce(ctx, input.response)
  const told =
    input.provider === 'wechat'
      ? await ctx.platforms.phones.wechat.phone(input.code, subject)
      : await ctx.platforms.phones.alipay.phone(input.response, subject)
  const phone = plainMobile(told)
  if (phone === null) {
    throw new AppError('phone_code_invalid', {
      message: '这不是内地手机号，暂时不能用来登录，请换一个号码。',
      detail: 'the wallet answered no mainland mobile',
    })
  }
  return phone
}

const PROOF_KEPT_MS = 30 * DAY_MS

/** Alipay's answer names neither a person nor a time, so whoever holds a copy could show it again. */
async function useOnce(ctx: Ctx, response: string): Promise<void> {
  if (await ctx.cache.lock(`alipay-phone:${sha256(response)}`, PROOF_KEPT_MS)) return
  throw new AppError('phone_code_invalid', { detail: 'this Alipay proof was used before' })
}

/** The wallet account behind this session, which the proof must belong to. */
async function subjectOfSession(ctx: Ctx, wallet: 'wechat' | 'alipay'): Promise<string> {
  const session = await findSession(ctx.db.reader, residentOf(ctx).sessionId)
  const identity = session?.identityId ? await findIdentityById(ctx.db.reader, session.identityId) : null
  const provider = wallet === 'wechat' ? 'wechat-mini' : 'alipay'
  if (identity?.provider !== provider) {
    throw new AppError('phone_code_invalid', { detail: `no ${provider} account behind this session` })
  }
  return ctx.vault.open(identity.subjectSealed)
}

async function attachPhone(tx: Tx, ctx: Ctx, phone: string): Promise<ResidentRow> {
  const who = residentOf(ctx)
  const phoneIndex = phoneIndexOf(ctx, phone)
  const seen = await findResidentByPhone(tx, phoneIndex)
  const locked = await lockResidents(tx, seen ? [who.id, seen.id] : [who.id])
  const me = locked.get(who.id)
  // Another device of this resident was merged away a moment ago, and this session ended with it.
  if (!me || me.endedAt !== null) throw new AppError('unauthenticated')
  const owner = seen ? locked.get(seen.id) : undefined

  if (owner && owner.id !== me.id && owner.phoneIndex === phoneIndex) {
    const merged = await mergeResidents(tx, ctx, {
      from: me,
      into: { ...owner, phoneVerifiedAt: ctx.clock.now() },
      keepSessionId: who.sessionId,
      because: 'phone',
    })
    if (!merged) throw new AppError('phone_taken')
    return merged
  }
  const linked = {
    ...me,
    phoneSealed: ctx.vault.seal(phone),
    phoneIndex,
    phoneVerifiedAt: ctx.clock.now(),
  }
  await saveResident(tx, linked)
  await recordAudit(tx, ctx, { action: 'residents.linkPhone', object: `resident:${me.id}` })
  return linked
}
