import { recordAudit } from '../../core/audit'
import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Edge } from '../../core/http/implement'
import { sha256 } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import { lockAccount, saveAccount, useTotpStep } from './account-store'
import type { StaffAccountRow, StaffChallengeRow } from './entities'
import { giveBackTry, takeTry } from './guards'
import { handOver, type OpenedSession, openSession } from './open-session'
import { presentMe, type SignInAnswer } from './present'
import { stepOfCode } from './second-factor'
import { spendChallenge, useChallenge } from './session-store'
import { noteRefusal } from './sign-in-staff'

type Outcome =
  | { readonly account: StaffAccountRow; readonly opened: OpenedSession }
  | { readonly refused: AppError; readonly staffId: string | null }

/**
 * The second step. Every code counts as a try of the account, too, so that a stolen password buys five guesses in a
 * quarter of an hour and not five per sign-in. Errors: challenge_over, staff_refused, staff_locked.
 */
export async function confirmCode(
  ctx: Ctx,
  input: { challenge: string; code: string },
  edge: Edge,
): Promise<SignInAnswer> {
  const outcome = await inTransaction(ctx, (tx) => judge(tx, ctx, { ...input, edge }))
  if ('refused' in outcome) {
    await noteRefusal(ctx, outcome.staffId, outcome.refused.code)
    throw outcome.refused
  }
  handOver(ctx, edge, outcome.opened)
  return { step: 'done', me: presentMe(ctx, outcome.account) }
}

async function judge(
  tx: Tx,
  ctx: Ctx,
  given: { challenge: string; code: string; edge: Edge },
): Promise<Outcome> {
  const now = ctx.clock.now()
  const challenge = await spendChallenge(tx, sha256(given.challenge), now)
  const account = challenge ? await lockAccount(tx, challenge.staffId) : null
  const over = { refused: new AppError('challenge_over'), staffId: account?.id ?? null }
  if (!challenge || account?.state !== 'active') return over
  // Enrolled meanwhile in another window: the secret of that one counts.
  if (challenge.secretSealed !== null && account.totpSealed !== null) return over
  const { loginName } = account
  const locked = await takeTry(tx, ctx, { loginName })
  if (locked) return { refused: locked, staffId: account.id }
  const step = rightStep(ctx, { challenge, account, token: given.code })
  if (step === null || !(await useTotpStep(tx, account.id, step)))
    return { refused: new AppError('staff_refused'), staffId: account.id }
  if (!(await useChallenge(tx, challenge.tokenHash, now))) return over
  await giveBackTry(tx, ctx, { loginName }, true)
  const enrolled = await enrol(tx, ctx, { challenge, account })
  return { account: enrolled, opened: await openSession(tx, ctx, { account: enrolled, edge: given.edge }) }
}

function rightStep(
  ctx: Ctx,
  given: { challenge: StaffChallengeRow; account: StaffAccountRow; token: string },
): number | null {
  const sealed = given.challenge.secretSealed ?? given.account.totpSealed
  if (sealed === null) return null
  const secret = ctx.vault.open(sealed)
  return stepOfCode({
    secret,
    token: given.token,
    usedStep: given.account.totpStep,
    now: ctx.clock.now(),
  })
}

async function enrol(
  tx: Tx,
  ctx: Ctx,
  given: { challenge: StaffChallengeRow; account: StaffAccountRow },
): Promise<StaffAccountRow> {
  if (given.challenge.secretSealed === null) return given.account
  await recordAudit(tx, ctx, {
    action: 'staff.enrolSecondFactor',
    actor: `staff:${given.account.id}`,
    object: `staff:${given.account.id}`,
  })
  return saveAccount(tx, ctx, { ...given.account, totpSealed: given.challenge.secretSealed })
}
