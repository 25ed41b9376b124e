import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { insertAccount, keepPassword } from './account-store'
import type { StaffAccountRow } from './entities'
import type { StaffRole } from './schema'

export interface NewAccount {
  readonly loginName: string
  readonly name: string
  readonly phone: string | null
  readonly roles: readonly StaffRole[]
  readonly companies: readonly string[] | null
  readonly areaIds: readonly string[] | null
  readonly teamId: string | null
  readonly skills: readonly string[]
  readonly passwordHash: string
  /** A password that works once, made by us; otherwise the person's own. */
  readonly oneTime: boolean
  readonly totpSecret: string | null
}

/** Writes a new account with its first password. A login name that is taken is a duplicate key. */
export async function makeAccount(tx: Tx, ctx: Ctx, account: NewAccount): Promise<StaffAccountRow> {
  const now = ctx.clock.now()
  const json = (list: readonly string[] | null): string | null =>
    list === null ? null : JSON.stringify(list)
  const made = await insertAccount(tx, ctx, {
    id: ctx.ids.next(),
    loginName: account.loginName,
    name: account.name,
    phoneSealed: account.phone === null ? null : ctx.vault.seal(account.phone),
    roles: JSON.stringify(account.roles),
    companies: json(account.companies),
    areaIds: json(account.areaIds),
    teamId: account.teamId,
    skills: JSON.stringify(account.skills),
    state: 'active',
    passwordHash: account.passwordHash,
    passwordSetAt: now,
    mustChangePassword: account.oneTime ? 1 : 0,
    totpSealed: account.totpSecret === null ? null : ctx.vault.seal(account.totpSecret),
    totpStep: 0,
    walletResidentId: null,
    presence: 'offline',
    lastSeenAt: null,
    createdAt: now,
    updatedAt: now,
  })
  if (!account.oneTime)
    await keepPassword(tx, {
      id: ctx.ids.next(),
      staffId: made.id,
      passwordHash: account.passwordHash,
      setAt: now,
    })
  return made
}
