import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { yuanInWords } from '../../core/money'
import { type Ctx, staffOf } from '../../platforms/context'
import { seasonBillOf } from '../billing'
import { giveBack } from '../payments'
import { assertState, changed } from './case-states'
import { saveCase } from './case-store'
import { assertSeen, isSilent } from './desk-case'
import type { CaseRow, CaseState } from './entities'
import { lockKnownCase } from './own-case'
import { PAYING_MS, silentMs } from './tend-cases'
import { paidInWords, tellOfCase } from './tell'

/**
 * Approves the sum that stands. From the configured sum on a second person must; with the last approval the money is on
 * its way in the same transaction, so that it is neither forgotten nor paid twice. Errors: not_found out of scope,
 * request_changed, amount_changed when another sum was shown, move_not_allowed.
 */
export async function approveCase(
  ctx: Ctx,
  input: { readonly caseId: string; readonly version: number; readonly amountFen: number },
): Promise<{ state: CaseState }> {
  return inTransaction(ctx, async (tx) => {
    const row = assertSeen(ctx, await lockKnownCase(tx, input.caseId))
    assertMayApprove(ctx, row, input)
    const staff = staffOf(ctx)
    const now = ctx.clock.now()
    if (row.state !== 'half-approved' && input.amountFen >= ctx.config.heating.secondPersonFromFen) {
      await saveCase(
        tx,
        changed(row, now, {
          state: 'half-approved',
          approver1Id: staff.id,
          approver1Name: staff.name,
          approved1At: now,
          nextLookAt: null,
        }),
      )
      return { state: 'half-approved' as const }
    }
    const first =
      row.state === 'half-approved'
        ? { approver2Id: staff.id, approver2Name: staff.name }
        : { approver1Id: staff.id, approver1Name: staff.name, approved1At: now }
    await carryOut(tx, ctx, changed(row, now, first), input.amountFen)
    return { state: 'approved' as const }
  })
}

function assertMayApprove(
  ctx: Ctx,
  row: CaseRow,
  input: { readonly version: number; readonly amountFen: number },
): void {
  assertState(row, input.version, ['final', 'agreed', 'half-approved'])
  if (row.state === 'final' && !isSilent(ctx, row, silentMs(ctx)))
    throw new AppError('move_not_allowed', { message: '住户还没有确认金额，请等住户确认。' })
  if (row.state === 'half-approved' && row.approver1Id === staffOf(ctx).id)
    throw new AppError('move_not_allowed', { message: '这个金额要两个人审核，请让另一位同事审核。' })
  if (row.amountFen === null || row.amountFen === 0)
    throw new AppError('move_not_allowed', { message: '没有要退的金额。' })
  if (row.amountFen !== input.amountFen)
    throw new AppError('amount_changed', { message: '退费金额刚刚变了，请刷新后核对。' })
}

async function carryOut(tx: Tx, ctx: Ctx, row: CaseRow, amountFen: number): Promise<void> {
  const now = ctx.clock.now()
  const bill = await seasonBillOf(tx, { householdId: row.householdId, period: row.season })
  if (bill === null)
    throw new AppError('move_not_allowed', { message: '本采暖季的账单不见了，请先在收费系统核对。' })
  const back = await giveBack(tx, ctx, {
    ref: row.number,
    billId: bill.id,
    amountFen,
    reason: `${row.kind === 'stop' ? '停热' : '室温不达标'}退热费 ${row.number}`,
  })
  await saveCase(tx, {
    ...row,
    ...back,
    state: 'approved',
    openSlot: null,
    approvedAt: now,
    closedAt: now,
    nextLookAt: now + PAYING_MS,
  })
  await tellOfCase(tx, ctx, row, {
    step: 'approved',
    state: `已同意退 ${yuanInWords(amountFen)} 元`.slice(0, 20),
    remark: paidInWords(back),
  })
}
