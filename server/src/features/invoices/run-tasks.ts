import { inTransaction } from '../../core/db/database'
import { backoff } from '../../core/jobs/define'
import { inLanes } from '../../core/jobs/runner'
import type { Ctx } from '../../platforms/context'
import type { TaskRow } from './entities'
import { fetchFile } from './fetch-file'
import { postToTax } from './post-to-tax'
import { sendMail } from './send-mail'
import { dueTasks, takeTask } from './task-store'

const BATCH = 50
const LANES = 4
/** A resident looks at the page while it is issued, so the first questions follow each other closely. */
const again: Readonly<Record<TaskRow['kind'], (attempt: number) => number>> = {
  issue: backoff(5_000, 600_000),
  red: backoff(5_000, 3_600_000),
  file: backoff(5_000, 1_800_000),
  mail: backoff(30_000, 1_800_000),
}

/**
 * Does what is due at the tax platform and by mail: claim, send, mark. No transaction is open while anything is sent, and
 * a process that dies in between leaves a task that is asked about before it is sent again.
 */
export async function runTasks(ctx: Ctx): Promise<void> {
  const due = await dueTasks(ctx.db.reader, ctx.clock.now(), BATCH)
  await inLanes(due, LANES, async (task) => {
    const next = ctx.clock.now() + again[task.kind](task.attempts + 1)
    if (!(await inTransaction(ctx, (tx) => takeTask(tx, task, next)))) return
    const taken = { ...task, attempts: task.attempts + 1, nextAttemptAt: next }
    try {
      if (task.kind === 'file') await fetchFile(ctx, taken)
      else if (task.kind === 'mail') await sendMail(ctx, taken)
      else await postToTax(ctx, taken)
    } catch (error) {
      ctx.log.warn({ taskId: task.id, kind: task.kind, attempt: taken.attempts, err: error }, 'invoices.task')
    }
  })
}
