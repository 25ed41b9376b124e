import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { sha256 } from '../../core/ids'
import { type Ctx, staffOf } from '../../platforms/context'
import { factsOf } from './account'
import { findAccount } from './account-store'
import type { StaffAccountRow } from './entities'
import { randomLetters } from './password-hash'
import { insertBindCode } from './session-store'

/** Who may hand a code to somebody else; everybody may make one for themselves. */
const GIVERS: readonly string[] = ['supervisor', 'security-admin']
const CODE_LETTERS = 8

/**
 * A code with which a worker binds their wallet; a newer one makes the older ones worthless. Errors: not_found,
 * forbidden.
 */
export async function makeBindCode(
  ctx: Ctx,
  input: { staffId: string },
): Promise<{ code: string; expiresAt: number }> {
  assertGiver(ctx, input.staffId)
  const account = await findAccount(ctx.db.reader, input.staffId)
  if (account?.state !== 'active' || !isWithin(ctx, account)) throw new AppError('not_found')
  // Five bits a letter, 40 bits in all, for ten minutes and few tries.
  const code = randomLetters(ctx, CODE_LETTERS).toUpperCase()
  const expiresAt = ctx.clock.now() + ctx.config.staff.bindCodeMinutes * 60_000
  await inTransaction(ctx, (tx) =>
    insertBindCode(tx, { codeHash: sha256(code), staffId: account.id, expiresAt, usedAt: null }),
  )
  return { code, expiresAt }
}

function assertGiver(ctx: Ctx, staffId: string): void {
  const me = staffOf(ctx)
  if (me.id !== staffId && !me.roles.some((role) => GIVERS.includes(role))) throw new AppError('forbidden')
}

/** A supervisor hands codes to those who work within the supervisor's own companies; others do not exist. */
function isWithin(ctx: Ctx, account: StaffAccountRow): boolean {
  const me = staffOf(ctx)
  if (me.id === account.id || me.companies === null) return true
  const theirs = factsOf(account).companies
  return theirs !== null && theirs.every((company) => me.companies?.includes(company))
}
