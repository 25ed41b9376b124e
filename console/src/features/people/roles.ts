import type { Account } from '../../api/types'

export type StaffRole = Account['roles'][number]

export const allRoles: readonly StaffRole[] = [
  'agent',
  'dispatcher',
  'worker',
  'publisher',
  'finance',
  'supervisor',
  'security-admin',
  'auditor',
]

/** Who keeps accounts, and who reads the audit, hold no other role (等保 8.1.4.2). */
export const standsAlone = (roles: readonly StaffRole[]): boolean =>
  roles.length > 1 && roles.some((role) => role === 'security-admin' || role === 'auditor')
