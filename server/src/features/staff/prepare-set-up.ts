import { inTransaction } from '../../core/db/database'
import { sha256 } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import { hasAnyAccount } from './account-store'
import { randomPassword } from './password-hash'
import { saveSetUpCode } from './session-store'

const GOOD_FOR_HOURS = 24

/**
 * Makes the one-time code for the very first account, or answers null when there are accounts. Whoever starts the
 * process prints it once; only its hash is kept, and the next start makes another one.
 */
export async function prepareSetUp(ctx: Ctx): Promise<string | null> {
  if (await hasAnyAccount(ctx.db.reader)) return null
  const code = randomPassword(ctx)
  await inTransaction(ctx, (tx) =>
    saveSetUpCode(tx, sha256(code), ctx.clock.now() + GOOD_FOR_HOURS * 3_600_000),
  )
  return code
}
