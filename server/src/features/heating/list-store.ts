import type { Reader, SqlValue } from '../../core/db/database'
import { rowOf } from './case-store'
import type { CaseRow, SupplyRow } from './entities'

/** Pages for people at work. Conditions come from the scope of whoever asks. */
export interface Asked {
  readonly companyId: string
  readonly scope: { readonly sql: string; readonly params: readonly SqlValue[] }
  readonly after: string | null
  readonly limit: number
}

const TABS = {
  open: 'AND c.openSlot = 1',
  approve: "AND c.openSlot = 1 AND c.state IN ('agreed', 'half-approved', 'objected', 'final')",
  all: '',
} as const

/** Cases under way come oldest first, because those wait longest; all of them newest first. */
export async function casePage(
  reader: Reader,
  { companyId, scope, tab, after, limit }: Asked & { readonly tab: keyof typeof TABS },
): Promise<CaseRow[]> {
  const [beyond, order] = tab === 'all' ? ['<', 'DESC'] : ['>', 'ASC']
  const rows = await reader.query<CaseRow>(
    `SELECT c.* FROM heat_case c WHERE c.companyId = ? ${TABS[tab]} AND ${scope.sql}
      ${after === null ? '' : `AND c.id ${beyond} ?`} ORDER BY c.id ${order} LIMIT ${limit}`,
    [companyId, ...scope.params, ...(after === null ? [] : [after])],
  )
  return rows.map(rowOf)
}

export async function supplyPageOf(
  reader: Reader,
  { companyId, scope, tab, after, limit }: Asked & { readonly tab: 'open' | 'all' },
): Promise<SupplyRow[]> {
  const [beyond, order] = tab === 'all' ? ['<', 'DESC'] : ['>', 'ASC']
  return reader.query<SupplyRow>(
    `SELECT s.* FROM heat_supply s WHERE s.companyId = ? ${tab === 'open' ? 'AND s.openSlot = 1' : ''}
      AND ${scope.sql} ${after === null ? '' : `AND s.id ${beyond} ?`} ORDER BY s.id ${order} LIMIT ${limit}`,
    [companyId, ...scope.params, ...(after === null ? [] : [after])],
  )
}

interface Between {
  readonly fromAt: number
  readonly untilAt: number
}

/** What was approved between two moments, newest first. */
export async function ledgerPage(
  reader: Reader,
  { companyId, scope, after, limit, fromAt, untilAt }: Asked & Between,
): Promise<CaseRow[]> {
  const rows = await reader.query<CaseRow>(
    `SELECT c.* FROM heat_case c WHERE c.companyId = ? AND c.approvedAt >= ? AND c.approvedAt < ? AND ${scope.sql}
      ${after === null ? '' : 'AND c.id < ?'} ORDER BY c.id DESC LIMIT ${limit}`,
    [companyId, fromAt, untilAt, ...scope.params, ...(after === null ? [] : [after])],
  )
  return rows.map(rowOf)
}

export async function ledgerSums(
  reader: Reader,
  { companyId, scope, fromAt, untilAt }: Pick<Asked, 'companyId' | 'scope'> & Between,
): Promise<{ cases: number; amountFen: number; refundedFen: number; creditedFen: number }> {
  const [row] = await reader.query<
    Record<'cases' | 'amountFen' | 'refundedFen' | 'creditedFen', number | string | null>
  >(
    `SELECT COUNT(*) AS cases, SUM(c.amountFen) AS amountFen, SUM(c.refundedFen) AS refundedFen,
        SUM(c.creditedFen) AS creditedFen
      FROM heat_case c WHERE c.companyId = ? AND c.approvedAt >= ? AND c.approvedAt < ? AND ${scope.sql}`,
    [companyId, fromAt, untilAt, ...scope.params],
  )
  const of = (name: 'cases' | 'amountFen' | 'refundedFen' | 'creditedFen'): number => Number(row?.[name] ?? 0)
  return {
    cases: of('cases'),
    amountFen: of('amountFen'),
    refundedFen: of('refundedFen'),
    creditedFen: of('creditedFen'),
  }
}
