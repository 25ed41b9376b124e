import type { SignedInStaff } from '../../core/context'
import type { Database } from '../../core/db/database'
import { Together } from '../../core/together'
import type { Ctx } from '../../platforms/context'
import { liveSessions } from '../identity'
import { refreshAll, staffDoor } from '../staff'
import type { Member } from './hub-member'

/**
 * Ends every member who is not who they were: whose session ended, who was disabled, or whose roles or scope changed,
 * so that they come again as who they are now. All of them are asked about at once.
 */
export async function recheckMembers(ctx: Ctx, members: Iterable<Member>): Promise<void> {
  const bySession = new Map<string, Member[]>()
  for (const member of members) {
    const sessionId = (member.ctx.resident ?? member.ctx.staff)?.sessionId ?? ''
    const group = bySession.get(sessionId)
    if (group) group.push(member)
    else bySession.set(sessionId, [member])
  }
  const residents = [...bySession].filter(([, [first]]) => first?.ctx.resident)
  const live = await liveSessions(
    ctx,
    residents.map(([sessionId]) => sessionId),
  )
  for (const [sessionId, group] of residents)
    for (const member of group) if (live.get(sessionId) !== member.ctx.resident?.id) member.end('signed out')
  const atWork = [...bySession.values()].flatMap((group) => {
    const [first] = group
    return first?.ctx.staff && !first.ctx.resident ? [{ staff: first.ctx.staff, group }] : []
  })
  const fresh = await refreshAll(
    ctx,
    atWork.map(({ staff }) => staff),
  )
  for (const { staff, group } of atWork)
    if (!isSame(fresh.get(staff.sessionId), staff)) for (const member of group) member.end('signed out')
}

/** Whether this one member still is who they were; asked at each act, about everybody who acts at that moment. */
export async function isStillThere(ctx: Ctx): Promise<boolean> {
  const { residents, staff } = askersOf(ctx)
  if (ctx.resident) return (await residents.ask(ctx.resident.sessionId)) === ctx.resident.id
  return ctx.staff !== null && isSame(await staff.ask(ctx.staff), ctx.staff)
}

interface Askers {
  readonly residents: Together<string, string | undefined>
  readonly staff: Together<SignedInStaff, SignedInStaff | undefined>
}
const askers = new WeakMap<Database, Askers>()

function askersOf(ctx: Ctx): Askers {
  const known = askers.get(ctx.db)
  if (known) return known
  const made: Askers = {
    residents: new Together(async (ids) => {
      const live = await liveSessions(ctx, ids)
      return ids.map((id) => live.get(id))
    }),
    staff: new Together(async (people) => {
      const fresh = await refreshAll(ctx, people)
      return people.map(({ sessionId }) => fresh.get(sessionId))
    }),
  }
  askers.set(ctx.db, made)
  return made
}

function isSame(now: SignedInStaff | undefined, then: SignedInStaff): boolean {
  if (!now) return false
  const rights = ({ roles, companies, areaPaths, teamId }: SignedInStaff): string =>
    JSON.stringify([roles, companies, areaPaths, teamId])
  return rights(now) === rights(then) && staffDoor.may('chatDesk.list', now)
}
