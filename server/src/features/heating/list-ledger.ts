import { DAY_MS, shanghaiDayStart } from '../../core/clock'
import type { z } from 'zod'
import { type Ctx, staffOf } from '../../platforms/context'
import { deskHouseholds } from '../households'
import { gaveBackOf } from '../payments'
import { scopeSql } from '../staff'
import { companyAsked, idCursor } from './desk-case'
import type { CaseRow } from './entities'
import { ledgerPage, ledgerSums } from './list-store'
import { approversOf } from './read-case'
import { STOPPED, type Refund } from './refund-of'
import type { heatingOperations, LedgerLine } from './schema'

type Answer = z.output<(typeof heatingOperations)['heating.listLedger']['output']>

/** What was paid back, with its case, its minutes without heat and its sums. Errors: not_found, invalid_input. */
export async function listLedger(
  ctx: Ctx,
  input: {
    readonly companyId?: string | undefined
    readonly from?: string | undefined
    readonly to?: string | undefined
    readonly cursor?: string | undefined
    readonly limit: number
  },
): Promise<Answer> {
  const { reader } = ctx.db
  const { limit } = input
  const asked = {
    companyId: companyAsked(ctx, input.companyId),
    scope: scopeSql(staffOf(ctx), 'c'),
    fromAt: input.from === undefined ? 0 : shanghaiDayStart(input.from),
    untilAt: input.to === undefined ? ctx.clock.now() + DAY_MS : shanghaiDayStart(input.to) + DAY_MS,
  }
  const [rows, sums] = await Promise.all([
    ledgerPage(reader, { ...asked, after: idCursor(input.cursor), limit: limit + 1 }),
    ledgerSums(reader, asked),
  ])
  const page = rows.slice(0, limit)
  const households = await deskHouseholds(
    ctx,
    page.map(({ householdId }) => householdId),
  )
  const items = await Promise.all(
    page.map((row) => lineOf(ctx, row, households.get(row.householdId)?.addressMasked ?? '')),
  )
  return { items, sums, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}

async function lineOf(ctx: Ctx, row: CaseRow, addressMasked: string): Promise<LedgerLine> {
  const back = await gaveBackOf(ctx.db.reader, row.number)
  // Only tend-cases.ts writes this column, and nothing is approved without it.
  const refund = JSON.parse(row.refund ?? '{"lines":[]}') as Pick<Refund, 'lines'>
  const minutes = (isStop: boolean): number =>
    refund.lines
      .filter(({ label }) => (label === STOPPED) === isStop)
      .reduce((sum, line) => sum + line.minutes, 0)
  return {
    id: row.id,
    number: row.number,
    addressMasked,
    season: row.season,
    approvedAt: Number(row.approvedAt),
    approvers: approversOf(row).map(({ name }) => name),
    coldDays: Math.round((minutes(false) / 1440) * 100) / 100,
    stoppedMinutes: minutes(true),
    amountFen: Number(row.amountFen),
    refundedFen: back.refundedFen,
    creditedFen: back.creditedFen,
    state: back.state,
  }
}
