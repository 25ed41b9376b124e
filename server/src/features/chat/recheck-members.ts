import type { SignedInStaff } from '../../core/context'
import type { Ctx } from '../../platforms/context'
import { liveSessions } from '../identity'
import { refreshStaff, staffDoor } from '../staff'
import type { Member } from './hub-member'

/**
 * Ends every member who is not who they were: whose session ended, who was disabled, or whose roles or scope changed,
 * so that they come again as who they are now. Residents are asked about together, people at work one by one.
 */
export async function recheckMembers(ctx: Ctx, members: ReadonlySet<Member>): Promise<void> {
  const bySession = new Map<string, Member[]>()
  for (const member of members) {
    const sessionId = (member.ctx.resident ?? member.ctx.staff)?.sessionId ?? ''
    bySession.set(sessionId, [...(bySession.get(sessionId) ?? []), member])
  }
  const residents = [...bySession].filter(([, [first]]) => first?.ctx.resident)
  const live = await liveSessions(
    ctx,
    residents.map(([sessionId]) => sessionId),
  )
  for (const [sessionId, group] of residents)
    for (const member of group) if (live.get(sessionId) !== member.ctx.resident?.id) member.end('signed out')
  for (const [, group] of bySession) {
    const staff = group[0]?.ctx.staff
    if (!staff || group[0]?.ctx.resident) continue
    const now = await refreshStaff(ctx, staff)
    if (!now || !isSame(now, staff)) for (const member of group) member.end('signed out')
  }
}

/** Whether this one member still is who they were; asked at each act. */
export async function isStillThere(ctx: Ctx): Promise<boolean> {
  if (ctx.resident) {
    const { id, sessionId } = ctx.resident
    return (await liveSessions(ctx, [sessionId])).get(sessionId) === id
  }
  const now = ctx.staff ? await refreshStaff(ctx, ctx.staff) : null
  return now !== null && ctx.staff !== null && isSame(now, ctx.staff)
}

function isSame(now: SignedInStaff, then: SignedInStaff): boolean {
  const rights = ({ roles, companies, areaPaths, teamId }: SignedInStaff): string =>
    JSON.stringify([roles, companies, areaPaths, teamId])
  return rights(now) === rights(then) && staffDoor.may('chatDesk.list', now)
}
