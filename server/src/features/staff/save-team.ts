import { inTransaction, isDuplicate, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { countInTeams, findAccount } from './account-store'
import type { StaffTeamRow } from './entities'
import { presentTeam } from './present'
import type { TeamView } from './schema'
import { findTeam, insertTeam, updateTeam } from './team-store'

interface Input {
  readonly teamId: string | null
  readonly companyId: string
  readonly name: string
  readonly leadId: string | null
  readonly areaIds: readonly string[]
}

/**
 * Makes or changes a team of a company I see; its company stays. Errors: not_found, team_name_taken, invalid_input.
 */
export async function saveTeam(ctx: Ctx, input: Input): Promise<{ team: TeamView }> {
  const { companies } = staffOf(ctx)
  const isKnown = ctx.config.companies.some((company) => company.id === input.companyId)
  if (!isKnown || (companies !== null && !companies.includes(input.companyId)))
    throw new AppError('not_found')
  try {
    return await inTransaction(ctx, async (tx) => {
      const lead = await leadOf(tx, input.leadId)
      const team = await write(tx, ctx, input)
      const members = await countInTeams(tx)
      return {
        team: presentTeam(team, { leadName: lead?.name ?? null, members: members.get(team.id) ?? 0 }),
      }
    })
  } catch (error) {
    if (isDuplicate(error)) throw new AppError('team_name_taken')
    throw error
  }
}

async function leadOf(tx: Tx, leadId: string | null): Promise<{ name: string } | null> {
  if (leadId === null) return null
  const lead = await findAccount(tx, leadId)
  if (lead?.state === 'active') return lead
  const message = '这位班长没有可用的账号'
  throw new AppError('invalid_input', { message: `${message}。`, fields: [{ path: 'leadId', message }] })
}

async function write(tx: Tx, ctx: Ctx, input: Input): Promise<StaffTeamRow> {
  const now = ctx.clock.now()
  const changed = {
    name: input.name,
    leadId: input.leadId,
    areaIds: JSON.stringify(input.areaIds),
    updatedAt: now,
  }
  if (input.teamId === null) {
    const team = { id: ctx.ids.next(), companyId: input.companyId, createdAt: now, ...changed }
    await insertTeam(tx, team)
    return team
  }
  const before = await findTeam(tx, input.teamId)
  if (before?.companyId !== input.companyId) throw new AppError('not_found')
  const team = { ...before, ...changed }
  await updateTeam(tx, team)
  return team
}
