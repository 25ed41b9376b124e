import type { CoreCtx } from '../../core/context'
import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { lockGuard, saveGuard } from './session-store'

/** Whom tries are counted for: a login name (whether there is such an account or not), and an address. */
export interface Tried {
  readonly loginName: string | null
}

export function nameGuard(ctx: Pick<CoreCtx, 'vault'>, loginName: string): string {
  return ctx.vault.index('staff-guard', `name:${loginName}`)
}

interface Guard {
  readonly key: string
  readonly most: number
}

function guardsOf(ctx: CoreCtx, tried: Tried): Guard[] {
  const { lockTries, lockTriesPerAddress } = ctx.config.staff
  const guards = [
    { key: ctx.vault.index('staff-guard', `address:${ctx.ip}`), most: lockTriesPerAddress },
    ...(tried.loginName === null ? [] : [{ key: nameGuard(ctx, tried.loginName), most: lockTries }]),
  ]
  // Always in one order, so that two attempts never wait for each other.
  return guards.sort((a, b) => (a.key < b.key ? -1 : 1))
}

/**
 * Counts a try before it is judged, so that many at once are not more than the limit. The try that reaches the limit
 * shuts the guard; a right one opens it again. Answers the error to throw once this transaction is committed.
 */
export async function takeTry(tx: Tx, ctx: CoreCtx, tried: Tried): Promise<AppError | null> {
  const now = ctx.clock.now()
  const windowMs = ctx.config.staff.lockMinutes * 60_000
  const guards = guardsOf(ctx, tried)
  const rows = []
  for (const guard of guards) rows.push(await lockGuard(tx, guard.key, now))
  const shut = rows.find((row) => row.lockedUntil !== null && Number(row.lockedUntil) > now)
  if (shut) {
    const retryAfterSeconds = Math.ceil((Number(shut.lockedUntil) - now) / 1000)
    const minutes = ctx.config.staff.lockMinutes
    return new AppError('staff_locked', {
      retryAfterSeconds,
      message: `试错次数太多，请${minutes}分钟后再试，或联系安全管理员。`,
    })
  }
  for (const [index, row] of rows.entries()) {
    const isOver = row.lockedUntil !== null || now - Number(row.since) >= windowMs
    const tries = isOver ? 1 : row.tries + 1
    const since = isOver || row.tries === 0 ? now : Number(row.since)
    const most = guards[index]?.most ?? 1
    await saveGuard(tx, { ...row, tries, since, lockedUntil: tries >= most ? now + windowMs : null })
  }
  return null
}

/** The try was right: it does not count. With `forget` the name starts anew, because its owner has come in. */
export async function giveBackTry(tx: Tx, ctx: CoreCtx, tried: Tried, forget: boolean): Promise<void> {
  const now = ctx.clock.now()
  for (const guard of guardsOf(ctx, tried)) {
    const row = await lockGuard(tx, guard.key, now)
    const isName = tried.loginName !== null && guard.key === nameGuard(ctx, tried.loginName)
    const tries = forget && isName ? 0 : Math.max(0, row.tries - 1)
    await saveGuard(tx, { ...row, tries, lockedUntil: tries >= guard.most ? row.lockedUntil : null })
  }
}

/** A security administrator lets the account in again. */
export async function openGuard(tx: Tx, ctx: CoreCtx, loginName: string): Promise<void> {
  const row = await lockGuard(tx, nameGuard(ctx, loginName), ctx.clock.now())
  await saveGuard(tx, { ...row, tries: 0, lockedUntil: null })
}
