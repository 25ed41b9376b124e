import { inTransaction } from '../../core/db/database'
import { buildHousehold, buildResident } from '../../testing/factories'
import type { TestApp } from '../../testing/harness'
import { areaTable } from '../households/entities'
import { staffTeamTable } from '../staff/entities'

export const DISPATCHER = '01J00000000000000000000001'

/** A place of a company's tree, below another one if it is given. */
export async function buildArea(app: TestApp, name: string, parent?: { id: string; path: string }) {
  const id = app.ctx().ids.next()
  const path = `${parent?.path ?? ''}${id}/`
  const row = {
    id,
    companyId: 'heating',
    tree: 'place' as const,
    kind: 'community',
    name,
    fullName: name,
    path,
  }
  await inTransaction(app.ctx(), (tx) =>
    tx.insert(areaTable, {
      ...row,
      parentId: parent?.id ?? null,
      contactSealed: null,
      createdAt: app.clock.now(),
    }),
  )
  return { id, path }
}

/** A team that goes to these areas, or everywhere. */
export async function buildTeam(app: TestApp, name: string, areaIds: readonly string[] = []) {
  const id = app.ctx().ids.next()
  const now = app.clock.now()
  const row = { id, companyId: 'heating', name, leadId: null, areaIds: JSON.stringify(areaIds) }
  await inTransaction(app.ctx(), (tx) =>
    tx.insert(staffTeamTable, { ...row, createdAt: now, updatedAt: now }),
  )
  return { id, name }
}

/** A resident with a household in this area. */
export async function buildNeighbour(app: TestApp, areaId: string) {
  const resident = await buildResident(app)
  const household = await buildHousehold(app, { members: [resident.id] })
  await inTransaction(app.ctx(), (tx) =>
    tx.execute('UPDATE household SET placeId = ? WHERE id = ?', [areaId, household.id]),
  )
  return { residentId: resident.id, householdId: household.id }
}
