import type { z } from 'zod'
import { type Ctx, staffOf } from '../../platforms/context'
import { deskHouseholds } from '../households'
import { scopeSql } from '../staff'
import { companyAsked, idCursor } from './desk-case'
import type { SupplyRow } from './entities'
import { supplyPageOf } from './list-store'
import { presentSupply } from './present'
import type { heatingOperations } from './schema'

type Answer = z.output<(typeof heatingOperations)['heating.listSupplies']['output']>

/** Applications of one company in my scope. Errors: not_found, invalid_input. */
export async function listSupplies(
  ctx: Ctx,
  input: {
    readonly companyId?: string | undefined
    readonly tab: 'open' | 'all'
    readonly cursor?: string | undefined
    readonly limit: number
  },
): Promise<Answer> {
  const { tab, limit } = input
  const rows = await supplyPageOf(ctx.db.reader, {
    companyId: companyAsked(ctx, input.companyId),
    scope: scopeSql(staffOf(ctx), 's'),
    tab,
    after: idCursor(input.cursor),
    limit: limit + 1,
  })
  const page = rows.slice(0, limit)
  return {
    items: await presentDeskSupplies(ctx, page),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}

export async function presentDeskSupplies(ctx: Ctx, rows: readonly SupplyRow[]): Promise<Answer['items']> {
  const households = await deskHouseholds(
    ctx,
    rows.map(({ householdId }) => householdId),
  )
  return rows.map((row) => ({
    ...presentSupply(ctx, row),
    companyId: row.companyId,
    areaName: row.areaName,
    addressMasked: households.get(row.householdId)?.addressMasked ?? '',
    decidedByName: row.decidedByName,
    filedByName: row.filedByName,
    agreement: row.agreementSealed === null ? null : ctx.vault.open(row.agreementSealed),
  }))
}
