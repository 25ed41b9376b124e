import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { discardSealed, keepSealed, sealedPath } from '../files'
import { personOf } from '../identity'
import type { CopyFileRow } from './entities'
import { keysOf } from './register'
import { findCopy, insertCopyFiles, settleCopy } from './store'
import { writeCopy } from './write-copy'

const HOUR_MS = 3_600_000
/** Whoever has more rows than a run can write has a fault of ours in them, not a life. */
const MOST_MS = 240_000

/** Makes the two files of a copy, sealed in the storage. Run again it makes new ones; a copy that is ready stays. */
export async function makeCopy(ctx: Ctx, copyId: string): Promise<void> {
  const copy = await findCopy(ctx.db.reader, copyId)
  if (copy?.state !== 'waiting') return
  const keys = await keysOf(ctx, await personOf(ctx.db.reader, ctx, copy.residentId))
  const names = { json: ctx.ids.token(16), csv: ctx.ids.token(16) }
  const paths = { json: await sealedPath(ctx, names.json), csv: await sealedPath(ctx, names.csv) }
  let kept = false
  try {
    const signal = AbortSignal.any([ctx.stopping, AbortSignal.timeout(MOST_MS)])
    const records = await writeCopy(ctx, keys, paths, signal)
    const files: CopyFileRow[] = []
    for (const format of ['json', 'csv'] as const) {
      const { name, cipherSealed, bytes, sha256 } = await keepSealed(ctx, names[format])
      files.push({ copyId, format, name, cipherSealed, bytes, sha256 })
    }
    kept = await keep(ctx, files, { copyId, records })
  } finally {
    // Another run was faster, the account ended, or something broke: nobody would ever find these.
    if (!kept) for (const name of Object.values(names)) await discardSealed(ctx, name)
  }
}

async function keep(
  ctx: Ctx,
  files: readonly CopyFileRow[],
  of: { readonly copyId: string; readonly records: number },
): Promise<boolean> {
  const now = ctx.clock.now()
  const expiresAt = now + ctx.config.privacy.copy.keepHours * HOUR_MS
  return inTransaction(ctx, async (tx) => {
    const ready = { state: 'ready', records: of.records, readyAt: now, expiresAt } as const
    if (!(await settleCopy(tx, of.copyId, ready))) return false
    await insertCopyFiles(tx, files)
    return true
  })
}
