import { inTransaction } from '../core/db/database'
import { sha256 } from '../core/ids'
import { beginScan } from '../features/identity/begin-scan'
import { openScan } from '../features/identity/open-scan'
import { sessionTable } from '../features/identity/entities'
import { watchScan } from '../features/identity/watch-scan'
import type { TestApp } from './harness'

/** A session of this resident's, as a wallet opens one. */
export async function buildSession(app: TestApp, residentId: string): Promise<string> {
  const { ids, clock } = app.ctx()
  const [id, now] = [ids.next(), clock.now()]
  await inTransaction(app.ctx(), (tx) =>
    tx.insert(sessionTable, {
      id,
      tokenHash: sha256(ids.token(16)),
      residentId,
      identityId: null,
      channel: 'wechat-mini',
      createdAt: now,
      lastSeenAt: now,
      expiresAt: now + 86_400_000,
      endedAt: null,
    }),
  )
  return id
}

/** A PC's code that this resident has scanned, or that nobody has yet. */
async function codeOf(app: TestApp, residentId: string | null): Promise<{ token: string; digits: string }> {
  const { scanId, link, secret } = await beginScan(app.ctx(), { cookie: null, agent: '' })
  const token = link.split('/s/')[1] ?? ''
  if (residentId !== null) await openScan(app.asResident(residentId), { token })
  const { digits } = await watchScan(app.ctx(), { scanId, cookie: secret })
  return { token, digits: digits ?? '' }
}

/** What a resident does about a PC, for the repeats. */
export function scanRepeats(app: () => TestApp) {
  const scanned = async (id: string | null) => ({ token: (await codeOf(app(), id)).token })
  return {
    'sessions.endOne': async ({ id }: { id: string }) => {
      const session = async () => ({ sessionId: await buildSession(app(), id) })
      return { input: await session(), other: await session() }
    },
    'scans.open': async () => ({ input: await scanned(null), other: await scanned(null) }),
    'scans.refuse': async ({ id }: { id: string }) => ({
      input: await scanned(id),
      other: await scanned(id),
    }),
    'scans.confirm': async ({ id }: { id: string }) => {
      const input = await codeOf(app(), id)
      return { input, other: { ...input, digits: '00' } }
    },
  }
}
