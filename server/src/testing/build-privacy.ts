import { inTransaction } from '../core/db/database'
import { copyFileTable, copyTable } from '../features/privacy/entities'
import { insertClosure } from '../features/privacy/store'
import type { TestApp } from './harness'

/** A copy of their data that lies ready. */
async function buildCopy(app: TestApp, residentId: string): Promise<string> {
  const { ids, clock, vault } = app.ctx()
  const [id, now] = [ids.next(), clock.now()]
  await inTransaction(app.ctx(), async (tx) => {
    await tx.insert(copyTable, {
      id,
      residentId,
      state: 'ready',
      records: 1,
      createdAt: now,
      readyAt: now,
      expiresAt: now + 86_400_000,
      openSlot: null,
    })
    await tx.insert(
      copyFileTable,
      (['json', 'csv'] as const).map((format) => ({
        copyId: id,
        format,
        name: ids.token(16),
        cipherSealed: vault.seal(ids.token(32)),
        bytes: 1,
        sha256: '0'.repeat(64),
      })),
    )
  })
  return id
}

/** The end of their account, asked for. */
async function buildClosure(app: TestApp, residentId: string): Promise<string> {
  const { ids, clock } = app.ctx()
  const [id, now] = [ids.next(), clock.now()]
  await inTransaction(app.ctx(), (tx) =>
    insertClosure(tx, { id, residentId, askedAt: now, dueAt: now + 7 * 86_400_000 }),
  )
  return id
}

/** What belongs to one resident alone. */
export async function buildPrivacy(
  app: TestApp,
  residentId: string,
): Promise<{ copyId: string; closureId: string }> {
  return { copyId: await buildCopy(app, residentId), closureId: await buildClosure(app, residentId) }
}

/** What a resident does about their own data, for the repeats. */
export function privacyRepeats(app: () => TestApp) {
  type Who = { id: string }
  const decision = { purpose: 'usage-comparison', version: '1', clientVersion: '0.1.0' }
  return {
    'privacy.decideConsent': () => ({
      input: { ...decision, granted: true },
      other: { ...decision, granted: false },
    }),
    'privacy.askCopy': () => ({ input: {} }),
    'privacy.takeCopy': async ({ id }: Who) => {
      const copyId = await buildCopy(app(), id)
      return { input: { copyId, format: 'json' }, other: { copyId, format: 'csv' } }
    },
    'privacy.askClosure': () => ({ input: {} }),
    'privacy.withdrawClosure': async ({ id }: Who) => ({
      input: { closureId: await buildClosure(app(), id) },
      other: { closureId: app().ctx().ids.next() },
    }),
  }
}
