import type { z } from 'zod'
import { type Ctx, staffOf } from '../../platforms/context'
import { deskHouseholds } from '../households'
import { scopeSql } from '../staff'
import { roundsOf } from './case-store'
import { companyAsked, idCursor, isSilent } from './desk-case'
import { casePage } from './list-store'
import { presentSummary } from './present'
import type { heatingOperations } from './schema'
import { silentMs } from './tend-cases'

type Answer = z.output<(typeof heatingOperations)['heating.listCases']['output']>

/** Cases of one company in my scope. Errors: not_found, invalid_input. */
export async function listCases(
  ctx: Ctx,
  input: {
    readonly companyId?: string | undefined
    readonly tab: 'open' | 'approve' | 'all'
    readonly cursor?: string | undefined
    readonly limit: number
  },
): Promise<Answer> {
  const { reader } = ctx.db
  const { tab, limit } = input
  const rows = await casePage(reader, {
    companyId: companyAsked(ctx, input.companyId),
    scope: scopeSql(staffOf(ctx), 'c'),
    tab,
    after: idCursor(input.cursor),
    limit: limit + 1,
  })
  const page = rows.slice(0, limit)
  const [rounds, households] = await Promise.all([
    roundsOf(
      reader,
      page.map(({ id }) => id),
    ),
    deskHouseholds(
      ctx,
      page.map(({ householdId }) => householdId),
    ),
  ])
  return {
    items: page.map((row) => ({
      ...presentSummary(row, rounds),
      companyId: row.companyId,
      areaName: row.areaName,
      addressMasked: households.get(row.householdId)?.addressMasked ?? '',
      isSilent: isSilent(ctx, row, silentMs(ctx)),
    })),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}
