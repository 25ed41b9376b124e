import type { AuditRow } from '../../core/audit'
import { pageOfAudit } from '../../core/audit-list'
import type { Ctx } from '../../platforms/context'
import { staffByIds } from './people'
import type { AuditLineView } from './schema'

interface Input {
  readonly actor?: string | undefined
  readonly action?: string | undefined
  readonly object?: string | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** The audit, newest first, with the names of those at work. */
export async function listAudit(
  ctx: Ctx,
  input: Input,
): Promise<{ items: AuditLineView[]; nextCursor: string | null }> {
  const { cursor, ...filter } = input
  const rows = await pageOfAudit(ctx.db.reader, { ...filter, before: cursor, limit: input.limit + 1 })
  const shown = rows.slice(0, input.limit)
  const ids = shown.flatMap((row) => [staffIn(row.actor)].filter((id) => id !== null))
  const names = await staffByIds(ctx.db.reader, ids)
  const items = shown.map((row) => present(row, names.get(staffIn(row.actor) ?? '')?.name ?? null))
  return { items, nextCursor: rows.length > input.limit ? (shown.at(-1)?.id ?? null) : null }
}

function staffIn(actor: string): string | null {
  return actor.startsWith('staff:') ? actor.slice('staff:'.length) : null
}

function present(row: AuditRow, actorName: string | null): AuditLineView {
  return {
    id: row.id,
    at: Number(row.at),
    actor: row.actor,
    actorName,
    action: row.action,
    object: row.object,
    // Under way, or its process died within the last minute.
    outcome: row.outcome ?? 'open',
    ip: row.ip,
    requestId: row.requestId,
    detail: row.detail,
    sequence: row.sequence,
  }
}
