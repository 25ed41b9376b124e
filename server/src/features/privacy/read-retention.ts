import type { Ctx } from '../../platforms/context'
import { register } from './register'
import { lastRuns, linesOf } from './store'

const RUNS_SHOWN = 30

/** The last runs, and one of them, the newest unless told, table by table. */
export async function readRetention(ctx: Ctx, input: { readonly runId?: string | undefined }) {
  const runs = await lastRuns(ctx.db.reader, RUNS_SHOWN)
  const runId = input.runId ?? runs[0]?.id
  const lines = runId === undefined ? [] : await linesOf(ctx.db.reader, runId)
  return {
    runs: runs.map((run) => ({
      ...run,
      startedAt: Number(run.startedAt),
      endedAt: run.endedAt === null ? null : Number(run.endedAt),
    })),
    lines: lines.map(({ tableName, due, ended, kept, behind, why }) => ({
      table: tableName,
      says: register.get(tableName)?.says ?? tableName,
      due,
      ended,
      kept,
      behind,
      why,
    })),
  }
}
