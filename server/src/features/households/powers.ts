import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { residentAliases } from '../identity'
import type { BindingRow } from './entities'
import type { HouseholdRole } from './schema'
import { bindingsAmong } from './store'

/**
 * What each role may do in a household: the one table, which the pages show and the server enforces. Whoever holds
 * the printed code only visits and has no role (visits.ts).
 */
export const POWERS = {
  pay: ['owner', 'family', 'tenant', 'proxy'],
  bills: ['owner', 'family', 'tenant', 'proxy'],
  /** What was before they were bound themselves. */
  history: ['owner', 'family', 'proxy'],
  requests: ['owner', 'family', 'tenant', 'proxy'],
  readings: ['owner', 'family', 'tenant', 'proxy'],
  /** Whoever paid may have the invoice for it. */
  invoices: ['owner', 'family', 'tenant', 'proxy'],
  /** What changes the contract or its money: a season without heat, agreeing to a refund. */
  contract: ['owner', 'family', 'proxy'],
  members: ['owner', 'family'],
  /** To let somebody act for oneself. */
  consent: ['owner', 'family'],
  invite: ['owner'],
  manage: ['owner'],
} as const satisfies Readonly<Record<string, readonly HouseholdRole[]>>
export type Power = keyof typeof POWERS

/** What reaches into other people's bindings wants an owner who is known to be one, not who says so. */
const PROVEN: ReadonlySet<Power> = new Set<Power>(['invite', 'manage'])

export type Standing = Pick<BindingRow, 'role' | 'proof'>

export const isProven = ({ proof }: Standing): boolean => proof === 'code' || proof === 'invite'

/** The one policy. */
export function mayAt(standing: Standing, power: Power): boolean {
  const roles: readonly HouseholdRole[] = POWERS[power]
  return roles.includes(standing.role) && (!PROVEN.has(power) || isProven(standing))
}

/**
 * How the resident stands in a household now, with the power to do this. Errors: not_found when it is not bound to
 * them, role_forbidden when their role does not go so far, owner_unproven when they only said that they own it.
 */
export async function assertMay(
  ctx: Ctx,
  residentId: string,
  householdId: string,
  power: Power,
): Promise<BindingRow> {
  const { reader } = ctx.db
  const rows = await bindingsAmong(reader, await residentAliases(reader, residentId), householdId)
  const [first] = rows
  if (first === undefined) throw new AppError('not_found', { detail: 'household not bound' })
  const able = rows.find((row) => mayAt(row, power))
  if (able !== undefined) return able
  if (PROVEN.has(power) && rows.some(({ role }) => role === 'owner')) throw new AppError('owner_unproven')
  throw new AppError('role_forbidden')
}
