import type { Ctx } from '../../platforms/context'
import { type HandoverRow, handoversOf, membersOf } from '../households'
import { phoneOf } from '../identity'
import { staffByIds } from '../staff'
import { deskHousehold } from './desk-household'
import { presentMember } from './read-home'
import type { HandoverView } from './schema'
import { proxiesOfHousehold } from './store'

const MEMBERS_MAX = 50

/** Who is bound to a household and when it changed hands, for the desk. Errors: not_found outside my scope. */
export async function readHousehold(ctx: Ctx, input: { readonly householdId: string }) {
  const household = await deskHousehold(ctx, input.householdId)
  const { reader } = ctx.db
  const [members, proxies, handovers] = await Promise.all([
    membersOf(reader, household.id),
    proxiesOfHousehold(reader, household.id),
    handoversOf(reader, household.id),
  ])
  const shown = []
  for (const row of members.slice(0, MEMBERS_MAX)) shown.push(await presentMember(ctx, row))
  const acting = []
  for (const row of proxies.filter(({ state }) => state === 'active'))
    acting.push({
      id: row.id,
      relation: row.relation,
      agentPhoneMasked: await phoneOf(reader, ctx, row.agentResidentId),
      method: row.method,
      until: Number(row.until),
    })
  return {
    ownerNameMasked: household.ownerNameMasked,
    addressMasked: household.addressMasked,
    members: shown,
    proxies: acting,
    handovers: await presentHandovers(ctx, handovers),
  }
}

export async function presentHandovers(ctx: Ctx, rows: readonly HandoverRow[]): Promise<HandoverView[]> {
  const staff = await staffByIds(
    ctx.db.reader,
    rows.flatMap(({ byStaff }) => byStaff ?? []),
  )
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    effectiveAt: Number(row.effectiveAt),
    state: row.state,
    source: row.source,
    byName: row.byStaff === null ? null : (staff.get(row.byStaff)?.name ?? null),
    note: row.note,
    recordedAt: Number(row.recordedAt),
  }))
}
