import { setTimeout as pause } from 'node:timers/promises'
import type { CoreCtx } from '../../../core/context'
import { inTransaction, type Tx } from '../../../core/db/database'
import { AppError } from '../../../core/errors'
import { insertLease, lockLease, prolongLease, takeLease } from './run-store'

/** A batch takes well under a second; a lease this old belongs to a process that is gone. */
const LEASE_MS = 15_000
const ASK_AGAIN_MS = 200
const WAIT_MAX_MS = 10 * 60_000

/** Leases of this very process. SQLite serves one process, so there any other lease is what a kill left behind. */
const held = new Set<string>()

/**
 * Waits until nobody else imports for this company and keeps it so while `work` runs. `prolong` must be called in
 * every writing transaction: it throws when the lease was lost, and the transaction goes with it.
 */
export async function withImportLease<T>(
  ctx: CoreCtx,
  companyId: string,
  work: (prolong: (tx: Tx) => Promise<void>) => Promise<T>,
): Promise<T> {
  const token = ctx.ids.token(16)
  await acquire(ctx, companyId, token)
  held.add(token)
  try {
    return await work(async (tx) => {
      const kept = await prolongLease(tx, { companyId, token, leaseUntil: ctx.clock.now() + LEASE_MS })
      if (!kept)
        throw new AppError('busy', {
          message: '另一个导入接管了这家公司，本次导入停在最后一批。请再运行一次。',
        })
    })
  } finally {
    held.delete(token)
    await inTransaction(ctx, (tx) => prolongLease(tx, { companyId, token, leaseUntil: 0 }))
  }
}

async function acquire(ctx: CoreCtx, companyId: string, token: string): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += ASK_AGAIN_MS) {
    const got = await inTransaction(ctx, async (tx) => {
      const now = ctx.clock.now()
      const mine = { companyId, token, leaseUntil: now + LEASE_MS }
      const current = await lockLease(tx, companyId)
      if (current === null) return insertLease(tx, mine)
      const orphaned = tx.engine === 'sqlite' && !held.has(current.token)
      if (current.leaseUntil > now && !orphaned) return false
      await takeLease(tx, mine)
      return true
    })
    if (got) return
    if (waitedMs >= WAIT_MAX_MS)
      throw new AppError('busy', { message: '这家公司有另一个导入一直没有结束，请稍后再试。' })
    await pause(ASK_AGAIN_MS)
  }
}
