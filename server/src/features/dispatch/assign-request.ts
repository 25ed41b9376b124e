import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { SignedInStaff } from '../../core/context'
import { type Ctx, staffOf } from '../../platforms/context'
import { actorOf, assertVersion, lockRequest, type RequestRow } from '../requests'
import { inScope, type TeamFacts } from '../staff'
import { offerOrder, teamFor } from './assignment'

export interface AssignInput {
  readonly requestId: string
  readonly version: number
  readonly teamId: string
  readonly staffId: string | null
  readonly words?: string | undefined
}

/**
 * Sends somebody (派单), sends somebody else (转单), or lays the order into the team's pool (抢单). The lead of a team
 * may do so within the team, dispatchers and supervisors within their scope. Errors: not_found out of scope or for a
 * worker of another team, request_changed, move_not_allowed.
 */
export async function assignRequest(ctx: Ctx, input: AssignInput): Promise<void> {
  const staff = staffOf(ctx)
  await inTransaction(ctx, async (tx) => {
    const request = await lockRequest(tx, input.requestId)
    if (!inScope(staff, request)) throw new AppError('not_found', { detail: 'request out of scope' })
    const team = await teamFor(tx, request, input.teamId)
    if (!maySend(staff, request, team))
      throw new AppError('forbidden', { detail: 'not the lead of the team' })
    assertVersion(request, input.version)
    await offerOrder(tx, ctx, {
      request,
      team,
      staffId: input.staffId,
      by: actorOf(ctx),
      words: input.words,
    })
  })
}

/** Dispatchers send anybody; somebody who only works in the field sends within the team that they lead. */
export function maySend(
  staff: Pick<SignedInStaff, 'id' | 'roles'>,
  request: Pick<RequestRow, 'teamId'>,
  team: Pick<TeamFacts, 'id' | 'leadId'>,
): boolean {
  if (staff.roles.some((role) => role === 'dispatcher' || role === 'supervisor')) return true
  return team.leadId === staff.id && request.teamId === team.id
}
