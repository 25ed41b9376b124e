import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { endIfMoved } from './end-moved-codes'
import { readToken } from './code-token'
import type { HouseholdCodeRow } from './entities'
import { findByPublicId } from './store'
import { revokedWords } from './words'

/**
 * The code that a token names, in use or not. The signature is looked at before the database is asked, and whatever
 * is wrong with a token — made up, cut short, of an older form, signed with a key that we do not have — has one and
 * the same answer. Tries with what is no code of ours are counted by themselves, so that whoever guesses is stopped long
 * before a neighbour behind the same address is. Errors: code_unknown, rate_limited.
 */
export async function findCode(
  ctx: Ctx,
  input: { readonly token: string },
  device = '',
): Promise<HouseholdCodeRow> {
  const { codes } = ctx.config
  await ctx.limiter.take(`codes:${ctx.ip}`, codes.perIp)
  if (device !== '') await ctx.limiter.take(`codes-device:${ctx.ip}:${device}`, codes.perDevice)
  const named = readToken(ctx, input.token)
  const code = named === null ? null : await findByPublicId(ctx.db.reader, named.publicId)
  if (code !== null && code.keyId === named?.keyId) return endIfMoved(ctx, code)
  await ctx.limiter.take(`codes-wrong:${ctx.ip}`, codes.wrongPerIp)
  throw new AppError('code_unknown')
}

/** The same for what only a code in use opens. Errors: also code_revoked, with when and why. */
export async function findActiveCode(
  ctx: Ctx,
  input: { readonly token: string },
  device = '',
): Promise<HouseholdCodeRow> {
  return assertActive(ctx, await findCode(ctx, input, device))
}

export function assertActive(ctx: Ctx, code: HouseholdCodeRow): HouseholdCodeRow {
  if (code.state === 'active') return code
  throw new AppError('code_revoked', { message: revokedWords(ctx, code) })
}
