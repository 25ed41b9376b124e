import type { Reader, Tx } from '../../core/db/database'
import { areaPathsOf, factsOf } from './account'
import {
  accountsWithRole,
  findAccount,
  findAccountByWallet,
  findAccounts,
  savePresence,
} from './account-store'
import type { Presence, StaffAccountRow } from './entities'
import { findTeam, findTeams } from './team-store'

/** What higher features may ask about people at work and their teams. */

export interface StaffName {
  readonly id: string
  readonly name: string
  readonly teamId: string | null
  /** False for somebody who is disabled and can be given nothing any more. */
  readonly active: boolean
}

/** Names for lists, disabled people included, because old rows name them. */
export async function staffByIds(reader: Reader, ids: readonly string[]): Promise<Map<string, StaffName>> {
  const rows = await findAccounts(reader, [...new Set(ids)])
  return new Map(
    rows.map(({ id, name, teamId, state }) => [id, { id, name, teamId, active: state === 'active' }]),
  )
}

export interface WorkerFacts {
  readonly id: string
  readonly name: string
  readonly teamId: string | null
  readonly teamName: string | null
  readonly skills: readonly string[]
  readonly presence: Presence
  /** Compare with `coversArea`; null is everywhere. */
  readonly areaPaths: readonly string[] | null
  readonly companies: readonly string[] | null
  readonly lastSeenAt: number | null
}

/** Active field workers of a company, by name; of one team when it is given. */
export async function workersOf(
  reader: Reader,
  of: { readonly companyId: string; readonly teamId?: string | null },
): Promise<WorkerFacts[]> {
  const [rows, teams] = await Promise.all([
    accountsWithRole(reader, 'worker', of.teamId ?? undefined),
    findTeams(reader, [of.companyId]),
  ])
  const names = new Map(teams.map((team) => [team.id, team.name]))
  return rows.filter((row) => worksFor(row, of.companyId)).map((row) => workerFacts(row, names))
}

function workerFacts(row: StaffAccountRow, teamNames: ReadonlyMap<string, string>): WorkerFacts {
  const facts = factsOf(row)
  return {
    id: row.id,
    name: row.name,
    teamId: row.teamId,
    teamName: row.teamId === null ? null : (teamNames.get(row.teamId) ?? null),
    skills: facts.skills,
    presence: row.presence,
    areaPaths: areaPathsOf(facts.areaIds),
    companies: facts.companies,
    lastSeenAt: row.lastSeenAt,
  }
}

/** Somebody who talks with residents: an agent, or a supervisor who helps out. */
export interface TalkerFacts {
  readonly id: string
  readonly name: string
  readonly teamId: string | null
  readonly isSupervisor: boolean
  readonly skills: readonly string[]
  readonly areaPaths: readonly string[] | null
  readonly companies: readonly string[] | null
  /** When they last asked the portal for anything. */
  readonly lastSeenAt: number | null
}

/** Active agents and supervisors, by name; only those among `ids` where they are given. */
export async function talkersOf(reader: Reader, ids?: readonly string[]): Promise<TalkerFacts[]> {
  const rows =
    ids === undefined
      ? [...(await accountsWithRole(reader, 'agent')), ...(await accountsWithRole(reader, 'supervisor'))]
      : await findAccounts(reader, [...new Set(ids)])
  const byId = new Map(rows.filter(({ state }) => state === 'active').map((row) => [row.id, row]))
  return [...byId.values()].flatMap((row) => {
    const { roles, skills, areaIds, companies } = factsOf(row)
    if (!roles.includes('agent') && !roles.includes('supervisor')) return []
    const { id, name, teamId, lastSeenAt } = row
    const isSupervisor = roles.includes('supervisor')
    const areaPaths = areaPathsOf(areaIds)
    return [{ id, name, teamId, isSupervisor, skills, areaPaths, companies, lastSeenAt }]
  })
}

/** Active supervisors who see this company's rows, by name. */
export async function supervisorsOf(
  reader: Reader,
  companyId: string,
): Promise<{ readonly id: string; readonly name: string }[]> {
  const rows = await accountsWithRole(reader, 'supervisor')
  return rows.filter((row) => worksFor(row, companyId)).map(({ id, name }) => ({ id, name }))
}

/** Active publishers who see this company's rows, by name. */
export async function publishersOf(
  reader: Reader,
  companyId: string,
): Promise<{ readonly id: string; readonly name: string }[]> {
  const rows = await accountsWithRole(reader, 'publisher')
  return rows.filter((row) => worksFor(row, companyId)).map(({ id, name }) => ({ id, name }))
}

function worksFor(row: StaffAccountRow, companyId: string): boolean {
  const { companies } = factsOf(row)
  return companies === null || companies.includes(companyId)
}

export interface TeamFacts {
  readonly id: string
  readonly companyId: string
  readonly name: string
  readonly leadId: string | null
  /** Compare with `coversArea`; null is the whole company. */
  readonly areaPaths: readonly string[] | null
}

export async function teamsOf(reader: Reader, companyId: string): Promise<TeamFacts[]> {
  return (await findTeams(reader, [companyId])).map(teamFacts)
}

export async function teamById(reader: Reader, id: string): Promise<TeamFacts | null> {
  const team = await findTeam(reader, id)
  return team ? teamFacts(team) : null
}

function teamFacts(team: {
  id: string
  companyId: string
  name: string
  leadId: string | null
  areaIds: string
}): TeamFacts {
  const areaIds = JSON.parse(team.areaIds) as string[]
  return {
    id: team.id,
    companyId: team.companyId,
    name: team.name,
    leadId: team.leadId,
    areaPaths: areaPathsOf(areaIds.length === 0 ? null : areaIds),
  }
}

/** Says whether this person takes work now. */
export async function setPresence(tx: Tx, staffId: string, presence: Presence): Promise<void> {
  await savePresence(tx, staffId, presence)
}

/** The resident whose wallet this worker bound, for messages to the worker; null without one. */
export async function residentOfStaff(reader: Reader, staffId: string): Promise<string | null> {
  const account = await findAccount(reader, staffId)
  return account?.state === 'active' ? account.walletResidentId : null
}

/** Whether this resident's wallet is a worker's own, who does in it what belongs to their work. */
export async function isWorkersWallet(reader: Reader, residentId: string): Promise<boolean> {
  return (await findAccountByWallet(reader, residentId))?.state === 'active'
}
