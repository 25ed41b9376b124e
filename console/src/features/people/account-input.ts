import type { Account, ActInput } from '../../api/types'
import type { StaffRole } from './roles'

/** The form of an account: empty lists mean everything, as people read an empty filter. */
export interface AccountValues {
  readonly loginName: string
  readonly name: string
  readonly phone?: string
  readonly roles: StaffRole[]
  readonly companies: string[]
  readonly areaIds: string[]
  readonly teamId?: string | null
  readonly skills: string[]
}

export function valuesOf(account: Account | null): AccountValues {
  if (account === null) return { loginName: '', name: '', roles: [], companies: [], areaIds: [], skills: [] }
  return {
    loginName: account.loginName,
    name: account.name,
    roles: account.roles,
    companies: account.scope.companies ?? [],
    areaIds: account.scope.areaIds ?? [],
    teamId: account.teamId,
    skills: account.skills,
  }
}

/** What goes to the server, but for the phone. */
export function accountInput(values: AccountValues): Omit<ActInput<'staff.create'>, 'loginName' | 'phone'> {
  return {
    name: values.name.trim(),
    roles: values.roles,
    scope: {
      companies: values.companies.length === 0 ? null : values.companies,
      areaIds: values.areaIds.length === 0 ? null : values.areaIds,
    },
    teamId: values.teamId ?? null,
    skills: values.skills,
  }
}

/** The page never has the whole number, so an empty field says nothing about it. */
export function phoneGiven(values: AccountValues): { phone?: string } {
  const phone = values.phone?.trim() ?? ''
  return phone === '' ? {} : { phone }
}
