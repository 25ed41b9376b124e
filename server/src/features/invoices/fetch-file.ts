import { writeFile } from 'node:fs/promises'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { keepSealed, sealedPath } from '../files'
import type { TaskRow } from './entities'
import { findInvoice, lockInvoice, saveInvoice } from './store'
import { lockTask, saveTask, wakeMails } from './task-store'

/** After so many turns, some hours, somebody at the company looks. */
const TURNS = 20

/** Fetches the page of an issued invoice and keeps it sealed; then the mails that wait for it go out. */
export async function fetchFile(ctx: Ctx, task: TaskRow): Promise<void> {
  const row = await findInvoice(ctx.db.reader, task.invoiceId)
  if (row === null || row.invoiceNo === null) throw new Error(`The invoice ${task.invoiceId} has no number.`)
  const file = await ctx.platforms.tax(row.companyId).file(row.invoiceNo)
  if (file.state === 'later') {
    const isOver = task.attempts >= TURNS
    await inTransaction(ctx, async (tx) => {
      await saveTask(tx, {
        id: task.id,
        state: isOver ? 'failed' : 'due',
        nextAttemptAt: isOver ? null : task.nextAttemptAt,
        lastCode: file.code?.slice(0, 40) ?? null,
        endedAt: isOver ? ctx.clock.now() : null,
      })
    })
    return
  }
  // A name of its own for each turn: two of them never write into one file.
  const name = ctx.ids.token(16)
  await writeFile(await sealedPath(ctx, name), file.bytes, { mode: 0o600 })
  const kept = await keepSealed(ctx, name)
  await inTransaction(ctx, async (tx) => {
    const locked = await lockInvoice(tx, row.id)
    const known = await lockTask(tx, task.id)
    if (known.endedAt !== null) return
    const now = ctx.clock.now()
    await saveInvoice(
      tx,
      {
        ...locked,
        fileName: kept.name,
        fileBytes: kept.bytes,
        fileSha256: kept.sha256,
        fileCipherSealed: kept.cipherSealed,
      },
      now,
    )
    await saveTask(tx, { id: task.id, state: 'done', nextAttemptAt: null, lastCode: null, endedAt: now })
    await wakeMails(tx, row.id, now)
    tx.afterCommit(ctx.wakeJobs)
  })
}
