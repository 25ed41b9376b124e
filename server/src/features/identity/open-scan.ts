import { inTransaction } from '../../core/db/database'
import { sha256 } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import { networkIndexOf } from './begin-scan'
import { residentAliases } from './resident-aliases'
import { openFor, scannerOf } from './scan-rules'
import { lockScan, saveScan } from './scan-store'
import { findSession } from './session-store'

interface OpenedScan {
  readonly browser: string
  readonly network: string
  readonly sameNetwork: boolean
  readonly askedAt: number
  readonly expiresAt: number
}

/**
 * A telephone has scanned a PC's code: from now on it is this resident's to decide, with time for reading, and what asks is
 * told in words. Errors: scan_needs_wallet, scan_unknown, scan_expired, scan_taken, scan_over.
 */
export async function openScan(ctx: Ctx, input: { token: string }): Promise<OpenedScan> {
  const scanner = scannerOf(ctx)
  const ids = await residentAliases(ctx.db.reader, scanner.id)
  const session = await findSession(ctx.db.reader, scanner.sessionId)
  return inTransaction(ctx, async (tx) => {
    const now = ctx.clock.now()
    const row = openFor(await lockScan(tx, sha256(input.token)), ids, now)
    const first = row.state === 'waiting'
    const expiresAt = first ? now + ctx.config.sessions.scanSeconds * 1000 : row.expiresAt
    if (first)
      await saveScan(tx, {
        ...row,
        state: 'seen',
        residentId: scanner.id,
        identityId: session?.identityId ?? null,
        expiresAt,
      })
    return {
      browser: row.browserWords,
      network: row.network,
      sameNetwork: row.networkIndex === networkIndexOf(ctx),
      askedAt: row.createdAt,
      expiresAt,
    }
  })
}
