import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { sha256 } from '../../core/ids'
import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from './resident-aliases'
import { openFor, scannerOf } from './scan-rules'
import { lockScan, saveScan } from './scan-store'

/** It was not the resident who asked: the PC is told, and its code is dead. Errors: those of opening. */
export async function refuseScan(ctx: Ctx, input: { token: string }): Promise<{ done: true }> {
  scannerOf(ctx)
  const ids = await residentAliases(ctx.db.reader, residentOf(ctx).id)
  await inTransaction(ctx, async (tx) => {
    const row = openFor(await lockScan(tx, sha256(input.token)), ids, ctx.clock.now())
    await saveScan(tx, { ...row, state: 'refused' })
    await recordAudit(tx, ctx, { action: 'scans.refuse', object: `scan:${row.id}` })
  })
  return { done: true }
}
