import type { Ctx } from '../../platforms/context'
import { browserHashOf, stateNow } from './scan-rules'
import type { ScanState } from './scan-entities'
import { scanOfBrowser } from './scan-store'

interface Watched {
  readonly state: ScanState | 'expired'
  /** The number to type on the telephone; only once somebody has scanned. */
  readonly digits: string | null
  readonly expiresAt: number
}

/** How far the sign-in is. Whoever did not ask for it reads the same as of one that is long over. */
export async function watchScan(ctx: Ctx, by: { scanId: string; cookie: string | null }): Promise<Watched> {
  const row = await scanOfBrowser(ctx.db.reader, { id: by.scanId, browserHash: browserHashOf(by.cookie) })
  if (!row) return { state: 'expired', digits: null, expiresAt: 0 }
  const state = stateNow(row, ctx.clock.now())
  return { state, digits: state === 'seen' ? row.digits : null, expiresAt: row.expiresAt }
}
