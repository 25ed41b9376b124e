import type { SignedInStaff } from '../../core/context'
import type { StaffAccountRow } from './entities'
import type { StaffRole } from './schema'
import { areaPiece } from './scope'

/** The lists that an account keeps as JSON, read. */
export interface AccountFacts {
  readonly roles: readonly StaffRole[]
  readonly companies: readonly string[] | null
  readonly areaIds: readonly string[] | null
  readonly skills: readonly string[]
}

export function factsOf(row: StaffAccountRow): AccountFacts {
  return {
    roles: JSON.parse(row.roles) as StaffRole[],
    companies: listOrNull(row.companies),
    areaIds: listOrNull(row.areaIds),
    skills: JSON.parse(row.skills) as string[],
  }
}

const listOrNull = (json: string | null): string[] | null =>
  json === null ? null : (JSON.parse(json) as string[])

export function areaPathsOf(areaIds: readonly string[] | null): string[] | null {
  return areaIds === null ? null : areaIds.map(areaPiece)
}

/**
 * What the edge and the acts know of this person. Somebody whose password must be changed holds no role until it is,
 * so the permission table lets them do nothing but that.
 */
export function signedIn(row: StaffAccountRow, sessionId: string, mustChange: boolean): SignedInStaff {
  const facts = factsOf(row)
  return {
    id: row.id,
    sessionId,
    name: row.name,
    roles: mustChange ? [] : facts.roles,
    teamId: row.teamId,
    companies: facts.companies,
    areaPaths: areaPathsOf(facts.areaIds),
  }
}
