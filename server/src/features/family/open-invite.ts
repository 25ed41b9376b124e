import { companyOf } from '../../core/config/companies'
import { AppError } from '../../core/errors'
import { sha256 } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import { codeFaceOf } from '../households'
import { inviterOf } from './invite-member'
import { inviteByToken } from './store'

const PER_IP = { limit: 60, windowMs: 3_600_000 }

/** What an invitation is to, masked: whoever has the link may look before they join. Errors: invite_gone. */
export async function openInvite(ctx: Ctx, input: { readonly token: string }) {
  await ctx.limiter.take(`family-open:${ctx.ip}`, PER_IP)
  const { reader } = ctx.db
  const row = await inviteByToken(reader, sha256(input.token))
  const face = row === null ? null : await codeFaceOf(ctx, row.householdId)
  if (row === null || face === null) throw new AppError('invite_gone')
  const isOpen =
    row.state === 'open' && Number(row.expiresAt) > ctx.clock.now() && (await inviterOf(reader, row)) !== null
  return {
    state: isOpen ? ('open' as const) : ('gone' as const),
    companyName: companyOf(ctx, face.companyId).name,
    ownerNameMasked: face.ownerNameMasked,
    addressMasked: face.addressMasked,
    role: row.role,
    expiresAt: Number(row.expiresAt),
  }
}
