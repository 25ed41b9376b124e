import { recordAudit } from '../../core/audit'
import { sha256 } from '../../core/ids'
import { type Ctx, residentOf } from '../../platforms/context'
import { assertMay, findMember, mayAt, type MemberRow, withHousehold } from '../households'
import type { Reader } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { InviteRow } from './entities'
import type { InviteView } from './schema'
import { shareLink } from './share-link'
import { insertInvite, openInvites } from './store'

const DAY_MS = 86_400_000
/** Long enough for somebody who looks at their messages in the evening. */
const INVITE_MS = 3 * DAY_MS
/** A household that invites more people at once is a mistake or an attack. */
const OPEN_MAX = 10

export const presentInvite = ({ id, role, createdAt, expiresAt }: InviteRow): InviteView => ({
  id,
  role,
  createdAt: Number(createdAt),
  expiresAt: Number(expiresAt),
})

/** An invitation counts while whoever made it could still make it. */
export async function inviterOf(reader: Reader, invite: InviteRow): Promise<MemberRow | null> {
  const inviter = await findMember(reader, invite.byBindingId)
  return inviter !== null && mayAt(inviter, 'invite') ? inviter : null
}

/**
 * Makes a link by which one person joins; the token is shown this once and kept as a hash. Errors: not_found,
 * role_forbidden, owner_unproven, rate_limited for the eleventh open one.
 */
export async function inviteMember(
  ctx: Ctx,
  input: { readonly householdId: string; readonly role: InviteRow['role'] },
): Promise<{ invite: InviteView; token: string; link: string; qr: string }> {
  const { id: residentId } = residentOf(ctx)
  await assertMay(ctx, residentId, input.householdId, 'invite')
  const token = ctx.ids.token(16)
  const view = await withHousehold(ctx, input.householdId, async (tx) => {
    const now = ctx.clock.now()
    const me = await assertMay(ctx, residentId, input.householdId, 'invite')
    if ((await openInvites(tx, input.householdId, now)).length >= OPEN_MAX)
      throw new AppError('rate_limited', { message: '还没用的邀请已经有10个，请先撤回不用的。' })
    const row: InviteRow = {
      id: ctx.ids.next(),
      householdId: input.householdId,
      role: input.role,
      tokenHash: sha256(token),
      byResidentId: residentId,
      byBindingId: me.id,
      state: 'open',
      createdAt: now,
      expiresAt: now + INVITE_MS,
      usedAt: null,
      usedBy: null,
    }
    await insertInvite(tx, row)
    await recordAudit(tx, ctx, {
      action: 'family.invite',
      object: `household:${row.householdId}`,
      detail: { inviteId: row.id, role: row.role },
    })
    return presentInvite(row)
  })
  return { invite: view, token, ...(await shareLink(ctx, 'join', token)) }
}
