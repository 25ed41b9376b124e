import type { z } from 'zod'
import { type Ctx, staffOf } from '../../platforms/context'
import { deskHouseholds } from '../households'
import { findCase } from './case-store'
import { assertSeen, isSilent } from './desk-case'
import type { CaseRow } from './entities'
import { presentCase } from './present'
import type { heatingOperations } from './schema'
import { silentMs } from './tend-cases'

type Answer = z.output<(typeof heatingOperations)['heating.readCase']['output']>

/** One case for those who decide. Errors: not_found. */
export async function readCase(ctx: Ctx, input: { readonly caseId: string }): Promise<Answer> {
  const row = assertSeen(ctx, await findCase(ctx.db.reader, input.caseId))
  const [view, households] = await Promise.all([
    presentCase(ctx.db.reader, ctx, row),
    deskHouseholds(ctx, [row.householdId]),
  ])
  const silent = isSilent(ctx, row, silentMs(ctx))
  const household = households.get(row.householdId)
  return {
    ...view,
    // People at work see an address masked; whoever needs more asks at the household's panel, with a reason.
    shortAddress: household?.addressMasked ?? '',
    addressMasked: household?.addressMasked ?? '',
    isSilent: silent,
    needsSecond: (row.amountFen ?? 0) >= ctx.config.heating.secondPersonFromFen,
    mayApprove: mayApprove(ctx, row, silent),
    approvers: approversOf(row),
  }
}

function mayApprove(ctx: Ctx, row: CaseRow, silent: boolean): boolean {
  const { id, roles } = staffOf(ctx)
  if (!roles.some((role) => role === 'finance' || role === 'supervisor') || (row.amountFen ?? 0) === 0)
    return false
  if (row.state === 'half-approved') return row.approver1Id !== id
  return row.state === 'agreed' || silent
}

export function approversOf(row: CaseRow): { name: string; at: number }[] {
  return [
    ...(row.approver1Name !== null && row.approved1At !== null
      ? [{ name: row.approver1Name, at: row.approved1At }]
      : []),
    ...(row.approver2Name !== null && row.approvedAt !== null
      ? [{ name: row.approver2Name, at: row.approvedAt }]
      : []),
  ]
}
