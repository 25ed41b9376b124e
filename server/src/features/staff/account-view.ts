import type { Reader } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import type { StaffAccountRow } from './entities'
import { nameGuard } from './guards'
import { presentAccount } from './present'
import type { StaffAccountView } from './schema'
import { shutGuards } from './session-store'
import { findTeams } from './team-store'

/** Accounts as the console shows them, with their teams' names and whether wrong tries have shut them. */
export async function viewAccounts(
  reader: Reader,
  ctx: Ctx,
  accounts: readonly StaffAccountRow[],
): Promise<StaffAccountView[]> {
  const teams = accounts.some((account) => account.teamId !== null) ? await findTeams(reader, null) : []
  const teamNames = new Map(teams.map((team) => [team.id, team.name]))
  const keys = new Map(accounts.map((account) => [account.id, nameGuard(ctx, account.loginName)]))
  const shut = await shutGuards(reader, [...keys.values()], ctx.clock.now())
  return accounts.map((account) =>
    presentAccount(ctx, account, { teamNames, isShut: shut.has(keys.get(account.id) ?? '') }),
  )
}

export async function viewAccount(
  reader: Reader,
  ctx: Ctx,
  account: StaffAccountRow,
): Promise<{ account: StaffAccountView }> {
  const [view] = await viewAccounts(reader, ctx, [account])
  if (!view) throw new Error('one account gives one view')
  return { account: view }
}
