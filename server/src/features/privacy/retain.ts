import { inTransaction } from '../../core/db/database'
import { type Retained, retainRows } from '../../core/personal/retain-rows'
import type { Ctx } from '../../platforms/context'
import { declaredTables } from './register'
import { insertRun } from './store'

/**
 * Ends what is too old in every table that says so, and writes down what was due, what was ended, and what was kept and
 * why (PIPL 47, security.md C13). Tables with a job of their own are looked at, so that a job that stands still is seen.
 */
export async function retain(ctx: Ctx, stopping?: AbortSignal): Promise<void> {
  const id = ctx.ids.next()
  const startedAt = ctx.clock.now()
  const lines: Retained[] = []
  for (const declared of declaredTables) {
    if (stopping?.aborted) return
    const line = await retainRows(ctx, declared, stopping)
    if (line !== null) lines.push(line)
  }
  const sum = (of: (line: Retained) => number): number => lines.reduce((total, line) => total + of(line), 0)
  const behind = sum(({ left }) => left)
  await inTransaction(ctx, (tx) =>
    insertRun(
      tx,
      {
        id,
        startedAt,
        endedAt: ctx.clock.now(),
        tables: lines.length,
        ended: sum(({ ended }) => ended),
        kept: sum(({ kept }) => kept),
        behind,
      },
      lines.map(({ table, due, ended, kept, left, why }) => ({
        runId: id,
        tableName: table,
        due,
        ended,
        kept,
        behind: left,
        why,
      })),
    ),
  )
  const say = behind > 0 ? 'warn' : 'info'
  ctx.log[say]({ runId: id, tables: lines.length, behind }, 'privacy.retained')
}
