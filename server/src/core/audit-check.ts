import { type AuditRow, auditMac } from './audit'
import { linkHash, readHead, saveChecked } from './audit-chain'
import { DAY_MS } from './clock'
import type { CoreCtx } from './context'
import { inTransaction, type Reader } from './db/database'
import type { Schedule } from './jobs/define'

const PAGE_ROWS = 2000
const MOST_FAULTS = 20

export interface AuditFault {
  readonly sequence: number | null
  readonly id: string | null
  readonly what: 'changed' | 'taken-out' | 'put-in' | 'end-cut-off' | 'head-changed'
}

export interface AuditCheck {
  /** How many rows the chain says it has. */
  readonly sealed: number
  /** How many of them were reckoned anew; fewer when the time was up. */
  readonly checked: number
  /** Rows that are not in the chain yet. */
  readonly waiting: number
  readonly headHash: string | null
  readonly faults: readonly AuditFault[]
  /** Up to which place, and whether that is the end. */
  readonly reached: number
  readonly isWhole: boolean
}

interface Pass {
  /** Begins behind this place; 0 is the first row. */
  readonly from?: number
  readonly until?: () => boolean
  readonly pageRows?: number
}

/**
 * Reckons the chain anew, from its first row or from where a pass stopped, until `until` says stop. One fault is told
 * once: each link is compared with the stored one before it, so a changed row does not make every later one wrong.
 */
export async function checkAudit(
  ctx: Pick<CoreCtx, 'db' | 'vault'>,
  { from: begin = 0, until = () => false, pageRows = PAGE_ROWS }: Pass = {},
): Promise<AuditCheck> {
  const { reader } = ctx.db
  const head = await readHead(reader, ctx.vault)
  const faults: AuditFault[] = []
  const say = (what: AuditFault['what'], sequence: number | null, id: string | null): void => {
    if (faults.length < MOST_FAULTS) faults.push({ sequence, id, what })
  }
  if (head && !head.isOurs) say('head-changed', head.sequence, null)
  const end = head?.sequence ?? 0
  let last = await linkAt(reader, begin)
  let checked = 0
  let from = begin === 0 ? Number.MIN_SAFE_INTEGER : begin
  let isWhole = false
  while (!isWhole && !until()) {
    const rows = await rowsBehind(reader, from, pageRows)
    for (const row of rows) {
      const sequence = Number(row.sequence)
      from = sequence
      if (sequence < 1 || sequence > end) {
        // Rows that were sealed while we read are not looked at; what claims to be beyond a later head is.
        if (sequence < 1 || !(await isSealed(ctx, sequence))) say('put-in', sequence, row.id)
        continue
      }
      if (sequence !== last.sequence + 1) say('taken-out', last.sequence + 1, null)
      else if (linkHash(ctx.vault, last.hash, row) !== row.hash || auditMac(ctx.vault, row) !== row.mac)
        say('changed', sequence, row.id)
      last = { sequence, hash: row.hash ?? '' }
      checked++
    }
    isWhole = rows.length < pageRows
  }
  if (isWhole && head && (last.sequence !== end || last.hash !== head.hash))
    say(last.sequence < end ? 'end-cut-off' : 'head-changed', last.sequence + 1, null)
  const waiting = await checkWaiting(ctx, say)
  const { sequence: reached } = last
  return { sealed: end, checked, waiting, headHash: head?.hash ?? null, faults, reached, isWhole }
}

function rowsBehind(reader: Reader, sequence: number, limit: number): Promise<AuditRow[]> {
  return reader.query<AuditRow>(
    `SELECT * FROM audit_log WHERE sequence > ? ORDER BY sequence LIMIT ${limit}`,
    [sequence],
  )
}

/** The link a pass goes on from. A row that is missing there leaves no hash that the next one could fit. */
async function linkAt(reader: Reader, sequence: number): Promise<{ sequence: number; hash: string }> {
  if (sequence === 0) return { sequence, hash: '' }
  const [row] = await reader.query<AuditRow>('SELECT * FROM audit_log WHERE sequence = ?', [sequence])
  return { sequence, hash: row?.hash ?? '' }
}

async function isSealed(ctx: Pick<CoreCtx, 'db' | 'vault'>, sequence: number): Promise<boolean> {
  return sequence <= ((await readHead(ctx.db.reader, ctx.vault))?.sequence ?? 0)
}

/** Rows that wait to be sealed have no link yet, but they have our hash of their own. */
async function checkWaiting(
  ctx: Pick<CoreCtx, 'db' | 'vault'>,
  say: (what: AuditFault['what'], sequence: null, id: string) => void,
): Promise<number> {
  const rows = await ctx.db.reader.query<AuditRow>(
    `SELECT * FROM audit_log WHERE sequence IS NULL ORDER BY id LIMIT ${PAGE_ROWS}`,
  )
  for (const row of rows) if (auditMac(ctx.vault, row) !== row.mac) say('put-in', null, row.id)
  return rows.length
}

/** A long chain is checked in parts, a minute each, and the whole of it once a day. */
const PART_MS = 60_000

/** Somebody on duty must see it, whether or not an auditor looks. */
export const checkAuditDaily: Schedule<CoreCtx> = {
  name: 'core.check-audit',
  everyMs: 5 * 60_000,
  run: async (ctx, stopping) => {
    const now = ctx.clock.now()
    const head = await readHead(ctx.db.reader, ctx.vault)
    if (!head || (head.checkedTo === 0 && now - head.checkedAt < DAY_MS)) return
    const stopAt = performance.now() + PART_MS
    const until = (): boolean => stopping.aborted || performance.now() > stopAt
    const { sealed, reached, isWhole, faults } = await checkAudit(ctx, { from: head.checkedTo, until })
    const checked = isWhole
      ? { checkedTo: 0, checkedAt: now }
      : { checkedTo: reached, checkedAt: head.checkedAt }
    await inTransaction(ctx, (tx) => saveChecked(tx, checked))
    if (faults.length > 0) ctx.log.error({ sealed, reached, faults }, 'audit.chain-broken')
    else if (isWhole) ctx.log.info({ sealed }, 'audit.chain-whole')
  },
}
