import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { sha256 } from '../../core/ids'
import { type Ctx, residentOf } from '../../platforms/context'
import { loginFailed } from './exchange-code'
import { residentAliases } from './resident-aliases'
import { openFor, scannerOf } from './scan-rules'
import { lockScan, saveScan } from './scan-store'

/**
 * The resident agrees that the PC is signed in as them, with the number that it shows. A wrong number counts, also
 * when it is sent twice at once; after the last the code is dead. Whoever was only sent a picture of a code cannot
 * know the number. Errors: scan_number_wrong, scan_refused and those of opening.
 */
export async function confirmScan(
  ctx: Ctx,
  input: { token: string; digits: string },
): Promise<{ done: true }> {
  scannerOf(ctx)
  const ids = await residentAliases(ctx.db.reader, residentOf(ctx).id)
  const triesLeft = await inTransaction(ctx, async (tx) => {
    const now = ctx.clock.now()
    const row = openFor(await lockScan(tx, sha256(input.token)), ids, now)
    // Nobody confirms what they have not been shown.
    if (row.state !== 'seen') throw new AppError('scan_unknown')
    if (row.digits === input.digits) {
      // From here on only the PC's next question is waited for.
      const expiresAt = now + ctx.config.sessions.ticketSeconds * 1000
      await saveScan(tx, { ...row, state: 'confirmed', expiresAt })
      await recordAudit(tx, ctx, {
        action: 'scans.confirm',
        object: `scan:${row.id}`,
        detail: { browser: row.browserWords },
      })
      return null
    }
    const left = row.triesLeft - 1
    await saveScan(tx, { ...row, triesLeft: left, state: left > 0 ? 'seen' : 'refused' })
    if (left === 0)
      await recordAudit(tx, ctx, {
        action: 'scans.confirm',
        object: `scan:${row.id}`,
        outcome: 'scan_refused',
      })
    return left
  })
  if (triesLeft === null) return { done: true }
  loginFailed(ctx, 'pc', 'scan_number_wrong')
  throw new AppError(triesLeft > 0 ? 'scan_number_wrong' : 'scan_refused')
}
