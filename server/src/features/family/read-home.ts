import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import {
  assertMay,
  heldFromOf,
  householdsByIds,
  isProven,
  mayAt,
  type MemberRow,
  membersOf,
  type Power,
  POWERS,
} from '../households'
import { phoneOf, residentAliases } from '../identity'
import { presentInvite } from './invite-member'
import { presentProxies } from './present'
import { openInvites, proxiesOfHousehold } from './store'

const MEMBERS_MAX = 50
export const powerNames = Object.keys(POWERS) as Power[]

export async function presentMember(ctx: Ctx, row: MemberRow) {
  return {
    id: row.id,
    role: row.role,
    proven: isProven(row),
    phoneMasked: await phoneOf(ctx.db.reader, ctx, row.residentId),
    since: Number(row.boundAt),
  }
}

/**
 * Who lives in one of my households. A tenant and whoever acts for somebody see themselves alone: who else lives there is
 * none of their business. Errors: not_found.
 */
export async function readHome(ctx: Ctx, input: { readonly householdId: string }) {
  const { id: residentId } = residentOf(ctx)
  const { reader } = ctx.db
  const me = await assertMay(ctx, residentId, input.householdId, 'bills')
  const mine = await residentAliases(reader, residentId)
  const isOwn = (row: MemberRow): boolean => mine.includes(row.residentId)
  const all = await membersOf(reader, input.householdId)
  const shown = mayAt(me, 'members') ? all : all.filter(isOwn)
  const [home, invites, proxies, changes] = await Promise.all([
    householdsByIds(reader, [input.householdId]),
    mayAt(me, 'invite') ? openInvites(reader, input.householdId, ctx.clock.now()) : [],
    proxiesOfHousehold(reader, input.householdId),
    heldFromOf(reader, [input.householdId]),
  ])
  const household = home.get(input.householdId)
  if (household === undefined) throw new AppError('not_found', { detail: 'household' })
  const heldFrom = changes.get(household.id) ?? 0
  const seen = proxies.filter(
    (row) =>
      Number(row.startedAt) >= heldFrom && (mayAt(me, 'members') || mine.includes(row.agentResidentId)),
  )
  const members = []
  for (const row of shown.slice(0, MEMBERS_MAX))
    members.push({ ...(await presentMember(ctx, row)), isMe: isOwn(row) })
  return {
    householdId: household.id,
    companyId: household.companyId,
    accountNo: household.accountNo,
    shortAddress: household.shortAddress,
    role: me.role,
    proven: isProven(me),
    powers: powerNames.filter((power) => mayAt(me, power)),
    members,
    invites: invites.map(presentInvite),
    proxies: await presentProxies(ctx, seen, mine),
    heldFrom: heldFrom === 0 ? null : heldFrom,
  }
}
