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
  /** `done`, or why not; null while a staff act is under way. */
  outcome: string | null
  /** Keyed hash over all of the above, so that a row that somebody wrote or changed by SQL is known as such. */
  mac: string
  /** Its place in the chain and the chain's hash there; null until it is sealed (audit-chain.ts). */
  sequence: number | null
  hash: string | null
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
    outcome: col.key(32).orNull(),
    mac: col.key(64),
    sequence: col.int().orNull(),
    hash: col.key(64).orNull(),
  },
  primaryKey: ['id'],
  unique: { audit_by_sequence: ['sequence'] },
  indexes: {
    audit_by_object: ['object', 'id'],
    audit_by_actor: ['actor', 'id'],
    audit_by_action: ['action', 'id'],
  },
})

type Facts = Omit<AuditRow, 'mac' | 'sequence' | 'hash'>

/** What stands in the row's `mac` when nobody else has touched it. */
export function auditMac(vault: CoreCtx['vault'], row: Facts): string {
  return vault.index(
    'audit-row',
    JSON.stringify([
      row.id,
      Number(row.at),
      row.requestId,
      row.actor,
      row.action,
      row.object,
      row.ip,
      row.detail,
      row.outcome,
    ]),
  )
}

export interface AuditEntry {
  readonly action: string
  /** Whoever is signed in, unless it is told. */
  readonly actor?: string
  readonly object: string
  readonly detail?: object | undefined
  /** `done` unless it is told; an error's code otherwise. */
  readonly outcome?: string
}

/** Who did what to which object, in the transaction that does it. `detail` must hold no personal data. */
export async function recordAudit(tx: Tx, ctx: CoreCtx, entry: AuditEntry): Promise<void> {
  await write(tx, ctx, entry, entry.outcome ?? 'done')
}

/** The same for several acts at once, whose rows are one statement. */
export async function recordAudits(
  tx: Tx,
  acts: readonly { readonly ctx: CoreCtx; readonly entry: AuditEntry }[],
): Promise<void> {
  await tx.insert(
    auditTable,
    acts.map(({ ctx, entry }) => rowOf(ctx, entry, entry.outcome ?? 'done')),
  )
}

/** Writes down what is about to be done; `closeAudit` adds how it went. */
export async function openAudit(tx: Tx, ctx: CoreCtx, entry: AuditEntry): Promise<AuditRow> {
  return write(tx, ctx, entry, null)
}

/**
 * Adds how it went, and to what it was done where that is known only now. False when the row was closed meanwhile,
 * because the act took longer than anybody waits.
 */
export async function closeAudit(
  tx: Tx,
  ctx: CoreCtx,
  opened: AuditRow,
  end: { readonly outcome: string; readonly object?: string | undefined },
): Promise<boolean> {
  const closed = { ...opened, outcome: end.outcome, object: end.object ?? opened.object }
  const changed = await tx.execute(
    'UPDATE audit_log SET outcome = ?, object = ?, mac = ? WHERE id = ? AND outcome IS NULL AND sequence IS NULL',
    [closed.outcome, closed.object, auditMac(ctx.vault, closed), opened.id],
  )
  return changed === 1
}

async function write(tx: Tx, ctx: CoreCtx, entry: AuditEntry, outcome: string | null): Promise<AuditRow> {
  const row = rowOf(ctx, entry, outcome)
  await tx.insert(auditTable, row)
  return row
}

function rowOf(ctx: CoreCtx, entry: AuditEntry, outcome: string | null): AuditRow {
  const facts: Facts = {
    id: ctx.ids.next(),
    at: ctx.clock.now(),
    requestId: ctx.requestId,
    actor: entry.actor ?? actorOf(ctx),
    action: entry.action,
    object: entry.object.slice(0, 96),
    ip: ctx.ip,
    detail: entry.detail ? JSON.stringify(entry.detail) : null,
    outcome,
  }
  return { ...facts, mac: auditMac(ctx.vault, facts), sequence: null, hash: null }
}

function actorOf(ctx: CoreCtx): string {
  if (ctx.staff) return `staff:${ctx.staff.id}`
  return ctx.resident ? `resident:${ctx.resident.id}` : 'system'
}
