import { maskPhoneForStaff } from '../../core/mask'
import type { Ctx } from '../../platforms/context'
import { factsOf } from './account'
import { mustChangePassword } from './authenticate'
import type { Challenge } from './begin-challenge'
import type { StaffAccountRow, StaffTeamRow } from './entities'
import { operationsFor } from './permissions'
import type { StaffAccountView, StaffMe, TeamView } from './schema'

export type SignInAnswer = { readonly step: 'done'; readonly me: StaffMe } | Challenge

export function presentMe(ctx: Ctx, account: StaffAccountRow): StaffMe {
  const facts = factsOf(account)
  const mustChange = mustChangePassword(ctx, account)
  return {
    id: account.id,
    loginName: account.loginName,
    name: account.name,
    roles: [...facts.roles],
    may: operationsFor({ roles: mustChange ? [] : facts.roles }),
    companies: facts.companies === null ? null : [...facts.companies],
    teamId: account.teamId,
    mustChangePassword: mustChange,
    idleMs: ctx.config.staff.idleMinutes * 60_000,
    presence: account.presence,
  }
}

export function presentAccount(
  ctx: Ctx,
  account: StaffAccountRow,
  around: { readonly teamNames: ReadonlyMap<string, string>; readonly isShut: boolean },
): StaffAccountView {
  const facts = factsOf(account)
  return {
    id: account.id,
    loginName: account.loginName,
    name: account.name,
    phoneMasked: account.phoneSealed === null ? null : maskPhoneForStaff(ctx.vault.open(account.phoneSealed)),
    roles: [...facts.roles],
    scope: {
      companies: facts.companies === null ? null : [...facts.companies],
      areaIds: facts.areaIds === null ? null : [...facts.areaIds],
    },
    teamId: account.teamId,
    teamName: account.teamId === null ? null : (around.teamNames.get(account.teamId) ?? null),
    skills: [...facts.skills],
    state: account.state === 'active' && around.isShut ? 'locked' : account.state,
    hasSecondFactor: account.totpSealed !== null,
    hasWallet: account.walletResidentId !== null,
    lastSeenAt: account.lastSeenAt === null ? null : Number(account.lastSeenAt),
    createdAt: Number(account.createdAt),
  }
}

export function presentTeam(
  team: StaffTeamRow,
  around: { readonly leadName: string | null; readonly members: number },
): TeamView {
  return {
    id: team.id,
    companyId: team.companyId,
    name: team.name,
    leadId: team.leadId,
    leadName: around.leadName,
    areaIds: JSON.parse(team.areaIds) as string[],
    members: around.members,
  }
}
