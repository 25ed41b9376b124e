import { sha256 } from '../../core/ids'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import type { SignedInResident } from '../../core/context'
import type { ScanRow, ScanState } from './scan-entities'

export const SCAN_COOKIE = 'yihu_scan'

const SECRET = /^[0-9a-f]{32}$/

/** The hash under which a browser's scans stand; of a browser without the secret there are none. */
export const browserHashOf = (cookie: string | null): string =>
  sha256(cookie !== null && SECRET.test(cookie) ? cookie : '')

export const isScanSecret = (cookie: string | null): cookie is string =>
  cookie !== null && SECRET.test(cookie)

const WALLETS: readonly string[] = ['wechat-mini', 'wechat-oa', 'alipay-mini', 'alipay-web']

/**
 * Who scanned. Only a session that a wallet vouches for may sign a PC in: a link that was sent on and opened in any
 * other browser, or on the PC itself, leads nowhere. Errors: scan_needs_wallet.
 */
export function scannerOf(ctx: Ctx): SignedInResident {
  const resident = residentOf(ctx)
  if (!WALLETS.includes(resident.channel)) throw new AppError('scan_needs_wallet')
  return resident
}

/** What the row says now: what was not finished in time is over. */
export const stateNow = (row: Pick<ScanRow, 'state' | 'expiresAt'>, now: number): ScanState | 'expired' =>
  row.state !== 'refused' && row.state !== 'used' && now >= row.expiresAt ? 'expired' : row.state

/**
 * The row when this resident may still decide about it. Errors: scan_unknown; scan_expired; scan_taken when another
 * telephone was faster; scan_over when it was decided.
 */
export function openFor(row: ScanRow | null, residentIds: readonly string[], now: number): ScanRow {
  if (!row) throw new AppError('scan_unknown')
  const state = stateNow(row, now)
  if (row.residentId !== null && !residentIds.includes(row.residentId)) throw new AppError('scan_taken')
  if (state === 'expired') throw new AppError('scan_expired')
  if (state !== 'waiting' && state !== 'seen') throw new AppError('scan_over')
  return row
}
