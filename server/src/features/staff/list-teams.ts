import { type Ctx, staffOf } from '../../platforms/context'
import { countInTeams, findAccounts } from './account-store'
import { presentTeam } from './present'
import type { TeamView } from './schema'
import { findTeams } from './team-store'

/** Teams of the companies I see. */
export async function listTeams(ctx: Ctx): Promise<{ teams: TeamView[] }> {
  const { reader } = ctx.db
  const rows = await findTeams(reader, staffOf(ctx).companies)
  const leadIds = rows.flatMap((team) => (team.leadId === null ? [] : [team.leadId]))
  const [members, leads] = await Promise.all([countInTeams(reader), findAccounts(reader, leadIds)])
  const names = new Map(leads.map((lead) => [lead.id, lead.name]))
  const teams = rows.map((team) =>
    presentTeam(team, {
      leadName: team.leadId === null ? null : (names.get(team.leadId) ?? null),
      members: members.get(team.id) ?? 0,
    }),
  )
  return { teams }
}
