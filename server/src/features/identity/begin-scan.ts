import { inTransaction } from '../../core/db/database'
import { randomBelow, sha256 } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import { browserWords, networkWords } from './browser-words'
import { isScanSecret } from './scan-rules'
import { insertScan } from './scan-store'

/** Wrong numbers that a telephone may send before the code is dead. */
const TRIES = 3

export const networkIndexOf = (ctx: Ctx): string => ctx.vault.index('scan-network', ctx.ip ?? '')

/**
 * A browser asks to be signed in by scanning. What it gets is a link good for one telephone and some minutes, and a
 * secret for its cookie: the link alone, photographed or sent on, gives nobody a session.
 */
export async function beginScan(
  ctx: Ctx,
  browser: { readonly cookie: string | null; readonly agent: string },
): Promise<{ scanId: string; link: string; expiresAt: number; secret: string }> {
  const token = ctx.ids.token(16)
  const secret = isScanSecret(browser.cookie) ? browser.cookie : ctx.ids.token(16)
  const now = ctx.clock.now()
  const scanId = ctx.ids.next()
  const expiresAt = now + ctx.config.sessions.scanSeconds * 1000
  await inTransaction(ctx, (tx) =>
    insertScan(tx, {
      id: scanId,
      tokenHash: sha256(token),
      browserHash: sha256(secret),
      browserWords: browserWords(browser.agent),
      network: networkWords(ctx.ip),
      networkIndex: networkIndexOf(ctx),
      state: 'waiting',
      digits: String(10 + randomBelow(90)),
      triesLeft: TRIES,
      residentId: null,
      identityId: null,
      sessionId: null,
      createdAt: now,
      expiresAt,
    }),
  )
  return { scanId, link: `${ctx.config.http.publicUrl}/s/${token}`, expiresAt, secret }
}
