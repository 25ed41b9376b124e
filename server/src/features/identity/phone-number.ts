import type { Ctx } from '../../platforms/context'

/** A mainland mobile as residents type it and platforms hand it over, in the one form that is indexed. */
export function plainMobile(phone: string): string | null {
  const digits = phone.normalize('NFKC').replace(/[\s-]/g, '')
  return /^(?:\+?86|0086)?(1[3-9]\d{9})$/.exec(digits)?.[1] ?? null
}

/** By what a phone is found without being readable. */
export function phoneIndexOf(ctx: Pick<Ctx, 'vault'>, phone: string): string {
  return ctx.vault.index('phone', phone)
}

/** Number, purpose and row are part of the hash: a code read from one row proves nothing about another. */
export function smsCodeHash(
  ctx: Pick<Ctx, 'vault'>,
  of: { id: string; phoneIndex: string; purpose: string; code: string },
): string {
  return ctx.vault.index('sms-code', [of.id, of.phoneIndex, of.purpose, of.code].join('\n'))
}
