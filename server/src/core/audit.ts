import type { CoreCtx } from './context'
import type { Tx } from './db/database'
import { col, defineTable } from './db/tables'

export interface AuditRow {
  id: string
  at: number
  requestId: string
  actor: string
  action: string
  object: string
  ip: string | null
  detail: string | null
}

export const auditTable = defineTable<AuditRow>('audit_log', {
  columns: {
    id: col.key(26),
    at: col.instant(),
    requestId: col.key(64),
    actor: col.key(64),
    action: col.key(64),
    object: col.key(96),
    ip: col.key(64).orNull(),
    detail: col.text().orNull(),
  },
  primaryKey: ['id'],
  indexes: { audit_by_object: ['object', 'id'] },
})

/** Who did what to which object, in the transaction that does it. `detail` must hold no personal data. */
export async function recordAudit(
  tx: Tx,
  ctx: CoreCtx,
  entry: { action: string; actor?: string; object: string; detail?: object },
): Promise<void> {
  const actor = entry.actor ?? (ctx.resident ? `resident:${ctx.resident.id}` : 'system')
  await tx.insert(auditTable, {
    id: ctx.ids.next(),
    at: ctx.clock.now(),
    requestId: ctx.requestId,
    actor,
    action: entry.action,
    object: entry.object,
    ip: ctx.ip,
    detail: entry.detail ? JSON.stringify(entry.detail) : null,
  })
}
