import { recordAudit } from '../../core/audit'
import { DAY_MS } from '../../core/clock'
import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Edge } from '../../core/http/implement'
import type { Ctx } from '../../platforms/context'
import { factsOf } from './account'
import { accountSeal, findAccountByLogin, lockAccount, saveAccount } from './account-store'
import { beginChallenge } from './begin-challenge'
import type { StaffAccountRow } from './entities'
import { giveBackTry, takeTry } from './guards'
import { handOver, openSession } from './open-session'
import { hashPassword, isOutdated, nobodysHash, passwordMatches } from './password-hash'
import { presentMe, type SignInAnswer } from './present'
import { needsSecondFactor } from './second-factor'

/** A password that works once does so for a week; after that somebody else may have found the note. */
const ONE_TIME_DAYS = 7

/**
 * The first step. An unknown name, a wrong password, a disabled account and a used-up one-time password answer alike
 * and cost the same hash. Errors: staff_refused, staff_locked.
 */
export async function signInStaff(
  ctx: Ctx,
  input: { loginName: string; password: string },
  edge: Edge,
): Promise<SignInAnswer> {
  const loginName = input.loginName.trim().toLowerCase()
  const locked = await inTransaction(ctx, (tx) => takeTry(tx, ctx, { loginName }))
  if (locked) {
    await noteRefusal(ctx, null, 'staff_locked')
    throw locked
  }
  const account = await findAccountByLogin(ctx.db.reader, loginName)
  const isRight = await passwordMatches(account?.passwordHash ?? (await nobodysHash(ctx)), input.password)
  if (!account || !isRight || !mayComeIn(ctx, account)) {
    await noteRefusal(ctx, account?.id ?? null, 'staff_refused')
    throw new AppError('staff_refused')
  }
  const rehashed = isOutdated(account.passwordHash) ? await hashPassword(input.password) : null
  return goOn(ctx, { account, rehashed, edge })
}

function mayComeIn(ctx: Ctx, account: StaffAccountRow): boolean {
  if (account.state !== 'active' || accountSeal(ctx.vault, account) !== account.seal) return false
  if (account.mustChangePassword === 0) return true
  const age = ctx.clock.now() - Number(account.passwordSetAt)
  return account.mustChangePassword === 1 && age < ONE_TIME_DAYS * DAY_MS
}

async function goOn(
  ctx: Ctx,
  known: { account: StaffAccountRow; rehashed: string | null; edge: Edge },
): Promise<SignInAnswer> {
  const begun = await inTransaction(ctx, async (tx) => {
    const account = await stillThere(tx, ctx, known)
    const { loginName } = account
    if (account.totpSealed !== null || needsSecondFactor(factsOf(account).roles)) {
      await giveBackTry(tx, ctx, { loginName }, false)
      return { account, challenge: await beginChallenge(tx, ctx, account) }
    }
    await giveBackTry(tx, ctx, { loginName }, true)
    return { account, opened: await openSession(tx, ctx, { account, edge: known.edge }) }
  })
  if ('challenge' in begun) return begun.challenge
  handOver(ctx, known.edge, begun.opened)
  return { step: 'done', me: presentMe(ctx, begun.account) }
}

/** The account as it is now, if the password that was right a moment ago is still its password. */
async function stillThere(
  tx: Tx,
  ctx: Ctx,
  known: { account: StaffAccountRow; rehashed: string | null },
): Promise<StaffAccountRow> {
  const account = await lockAccount(tx, known.account.id)
  if (!account || account.state !== 'active' || account.passwordHash !== known.account.passwordHash)
    throw new AppError('staff_refused')
  if (known.rehashed === null) return account
  return saveAccount(tx, ctx, { ...account, passwordHash: known.rehashed })
}

/** Who tried is not written when there is no such account: it may be a password typed into the wrong field. */
export async function noteRefusal(ctx: Ctx, staffId: string | null, outcome: string): Promise<void> {
  await inTransaction(ctx, (tx) =>
    recordAudit(tx, ctx, {
      action: 'staff.signIn',
      actor: staffId === null ? 'stranger' : `staff:${staffId}`,
      object: staffId === null ? 'staff:unknown' : `staff:${staffId}`,
      outcome,
    }),
  )
}
