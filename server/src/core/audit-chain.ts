import { type AuditRow, auditMac } from './audit'
import { monotonicMs } from './clock'
import type { CoreCtx } from './context'
import { inTransaction, isDuplicate, placeholders, type Reader, type Tx } from './db/database'
import { col, defineTable } from './db/tables'
import type { Schedule } from './jobs/define'

/**
 * The audit's rows hang on each other like the links of a chain: hash n is a keyed hash over hash n-1 and row n.
 * Whoever changes, takes out or puts in a row by SQL breaks it, and the head row, whose hash also goes to the log
 * every hour, tells when the end was cut off (security.md C33).
 */
interface AuditHeadRow {
  id: string
  sequence: number
  hash: string
  mac: string
  /** How far the check that runs by itself has come, and when it last came to the end. */
  checkedTo: number
  checkedAt: number
}

export const auditHeadTable = defineTable<AuditHeadRow>('audit_head', {
  columns: {
    id: col.key(8),
    sequence: col.int(),
    hash: col.key(64),
    mac: col.key(64),
    checkedTo: col.int(),
    checkedAt: col.instant(),
  },
  primaryKey: ['id'],
})

const HEAD = 'head'
/** A statement names each row three times, so that one of twice as many takes three times as long. */
const BATCH_ROWS = 100
const MOST_BATCHES = 200
/** An act that has not said how it went by then never will; its process is gone, or it is far too late. */
const OPEN_MS = 60_000

type Vault = CoreCtx['vault']

export interface ChainLink {
  readonly sequence: number
  readonly hash: string
}

export function linkHash(vault: Vault, before: string, row: Pick<AuditRow, 'id' | 'mac'>): string {
  return vault.index('audit-chain', `${before}\n${row.id}\n${row.mac}`)
}

function headMac(vault: Vault, link: ChainLink): string {
  return vault.index('audit-head', `${link.sequence}\n${link.hash}`)
}

/** The end of the chain, and whether it is the one that we wrote; null before the first row is sealed. */
export async function readHead(reader: Reader, vault: Vault): Promise<ChainHead | null> {
  const [head] = await reader.query<AuditHeadRow>('SELECT * FROM audit_head WHERE id = ?', [HEAD])
  if (!head) return null
  const { sequence, hash, mac, checkedTo, checkedAt } = head
  return { sequence, hash, isOurs: headMac(vault, head) === mac, checkedTo, checkedAt: Number(checkedAt) }
}

export interface ChainHead extends ChainLink {
  readonly isOurs: boolean
  readonly checkedTo: number
  readonly checkedAt: number
}

export async function saveChecked(
  tx: Tx,
  checked: { readonly checkedTo: number; readonly checkedAt: number },
): Promise<void> {
  await tx.execute('UPDATE audit_head SET checkedTo = ?, checkedAt = ? WHERE id = ?', [
    checked.checkedTo,
    checked.checkedAt,
    HEAD,
  ])
}

/**
 * Hangs finished rows on the chain, a batch per transaction; answers how many. After each it rests for as long as that
 * took, so that whoever writes meanwhile has the database as well.
 */
export async function sealAudit(ctx: CoreCtx, stopping?: AbortSignal): Promise<number> {
  let sealed = 0
  for (let batch = 0; batch < MOST_BATCHES && stopping?.aborted !== true; batch++) {
    const from = monotonicMs()
    const some = await inTransaction(ctx, (tx) => sealBatch(tx, ctx))
    sealed += some
    if (some < BATCH_ROWS) break
    await new Promise((resolve) => setTimeout(resolve, monotonicMs() - from))
  }
  return sealed
}

async function sealBatch(tx: Tx, ctx: CoreCtx): Promise<number> {
  const head = await lockHead(tx, ctx.vault)
  const now = ctx.clock.now()
  // Read without locks: rows that other transactions have written and not committed must not be waited for.
  const rows = await tx.query<AuditRow>(
    `SELECT * FROM audit_log WHERE sequence IS NULL AND (outcome IS NOT NULL OR at < ?)
      ORDER BY id LIMIT ${BATCH_ROWS}`,
    [now - OPEN_MS],
  )
  const links: (ChainLink & { readonly id: string })[] = []
  let link: ChainLink = head
  for (const row of rows) {
    const closed = row.outcome === null ? await giveUpOn(tx, ctx.vault, row) : row
    link = { sequence: link.sequence + 1, hash: linkHash(ctx.vault, link.hash, closed) }
    links.push({ ...link, id: row.id })
  }
  await saveLinks(tx, links)
  if (rows.length > 0)
    await tx.execute('UPDATE audit_head SET sequence = ?, hash = ?, mac = ? WHERE id = ?', [
      link.sequence,
      link.hash,
      headMac(ctx.vault, link),
      HEAD,
    ])
  return rows.length
}

/** One statement for a batch, because the chain grows with everything that the portal does. */
async function saveLinks(tx: Tx, links: readonly (ChainLink & { readonly id: string })[]): Promise<void> {
  if (links.length === 0) return
  const cases = links.map(() => 'WHEN ? THEN ?').join(' ')
  await tx.execute(
    `UPDATE audit_log SET sequence = CASE id ${cases} END, hash = CASE id ${cases} END
      WHERE sequence IS NULL AND id IN (${placeholders(links.length)})`,
    [
      ...links.flatMap(({ id, sequence }) => [id, sequence]),
      ...links.flatMap(({ id, hash }) => [id, hash]),
      ...links.map(({ id }) => id),
    ],
  )
}

/** The row under whose lock the chain grows: one process at a time, whatever the schedule says. */
async function lockHead(tx: Tx, vault: Vault): Promise<ChainLink> {
  const read = (): Promise<AuditHeadRow[]> =>
    tx.query<AuditHeadRow>(`SELECT * FROM audit_head WHERE id = ?${tx.forUpdate}`, [HEAD])
  const found = (await read())[0]
  if (found) return found
  const first = { sequence: 0, hash: '' }
  try {
    await tx.insert(auditHeadTable, {
      id: HEAD,
      ...first,
      mac: headMac(vault, first),
      checkedTo: 0,
      checkedAt: 0,
    })
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  return (await read())[0] ?? first
}

/** Nobody can say any more how it went. A row that was not ours stays as it is, so that it is found. */
async function giveUpOn(tx: Tx, vault: Vault, row: AuditRow): Promise<AuditRow> {
  const lost = { ...row, outcome: 'unknown' }
  lost.mac = auditMac(vault, row) === row.mac ? auditMac(vault, lost) : row.mac
  const given = await tx.execute(
    'UPDATE audit_log SET outcome = ?, mac = ? WHERE id = ? AND outcome IS NULL',
    [lost.outcome, lost.mac, row.id],
  )
  if (given === 1) return lost
  const [late] = await tx.query<AuditRow>(`SELECT * FROM audit_log WHERE id = ?${tx.forUpdate}`, [row.id])
  return late ?? row
}

export const sealAuditOften: Schedule<CoreCtx> = {
  name: 'core.seal-audit',
  everyMs: 10_000,
  run: async (ctx, stopping) => void (await sealAudit(ctx, stopping)),
}

/** The head goes where nobody with the database alone can reach: the log is collected elsewhere. */
export const logAuditHeadHourly: Schedule<CoreCtx> = {
  name: 'core.log-audit-head',
  everyMs: 3_600_000,
  run: async (ctx) => {
    const head = await readHead(ctx.db.reader, ctx.vault)
    if (head) ctx.log.info({ sequence: head.sequence, hash: head.hash }, 'audit.head')
  },
}
