import { inTransaction } from '../core/db/database'
import { fileTable } from '../features/files/entities'
import type { FileKind } from '../features/files/schema'
import type { TestApp } from './harness'

let serial = 0

/** A file that is ready and attached to nothing; its bytes are nowhere. */
export async function buildReadyFile(
  app: TestApp,
  owner: { readonly kind: 'resident' | 'staff'; readonly id: string },
  kind: FileKind = 'image',
): Promise<string> {
  const { ids, clock } = app.ctx()
  const id = ids.next()
  const now = clock.now()
  await inTransaction(app.ctx(), (tx) =>
    tx.insert(fileTable, {
      id,
      ownerKind: owner.kind,
      ownerId: owner.id,
      residentId: owner.kind === 'resident' ? owner.id : null,
      clientId: `client-${id}`,
      day: '2026-11-22',
      slot: ++serial,
      kind,
      channel: 'wechat-mini',
      declaredBytes: 3,
      state: 'ready',
      reason: null,
      attempts: 1,
      storageKey: `key-${id}`,
      thumbKey: null,
      cipherSealed: null,
      sha256: null,
      thumbSha256: null,
      contentType: 'image/jpeg',
      bytes: 3,
      thumbBytes: null,
      width: 1,
      height: 1,
      durationMs: null,
      claim: null,
      claimedAt: null,
      checkState: 'none',
      checkTrace: null,
      checkLabel: null,
      checkAskedAt: null,
      checkedBy: null,
      createdAt: now,
      updatedAt: now,
    }),
  )
  return id
}
