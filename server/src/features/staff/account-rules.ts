import type { Reader } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { accountsWithRole } from './account-store'
import type { StaffRole } from './schema'
import { findTeam } from './team-store'

export interface AccountInput {
  readonly name: string
  readonly phone: string | null
  readonly roles: readonly StaffRole[]
  readonly scope: { readonly companies: readonly string[] | null; readonly areaIds: readonly string[] | null }
  readonly teamId: string | null
  readonly skills: readonly string[]
}

/** 系统管理, 安全管理 and 审计管理 are three people (等保 8.1.4.2). */
const ALONE: readonly StaffRole[] = ['security-admin', 'auditor']

/** Throws `roles_conflict` or `invalid_input` where the parts of an account do not go together. */
export async function assertFits(
  reader: Reader,
  ctx: Ctx,
  input: Omit<AccountInput, 'phone'>,
): Promise<void> {
  const roles = new Set(input.roles)
  if (roles.size > 1 && ALONE.some((role) => roles.has(role))) throw new AppError('roles_conflict')
  const known = new Set(ctx.config.companies.map((company) => company.id))
  const fault = (path: string, message: string): never => {
    throw new AppError('invalid_input', { message: `${message}。`, fields: [{ path, message }] })
  }
  for (const id of input.scope.companies ?? []) if (!known.has(id)) fault('scope.companies', '没有这家公司')
  if (input.teamId === null) return
  const team = await findTeam(reader, input.teamId)
  if (!team) return fault('teamId', '没有这个班组')
  if (input.scope.companies !== null && !input.scope.companies.includes(team.companyId))
    fault('teamId', '班组的公司不在数据范围里')
}

/** Nobody gives themselves rights, resets their own factor or shuts themselves out. */
export function assertNotOwn(ctx: Ctx, staffId: string): void {
  if (staffOf(ctx).id === staffId) throw new AppError('own_account')
}

/** The portal is never left without somebody who keeps its accounts. */
export async function assertNotLast(reader: Reader, staffId: string): Promise<void> {
  const others = await accountsWithRole(reader, 'security-admin')
  if (others.every((account) => account.id === staffId)) throw new AppError('last_security_admin')
}
