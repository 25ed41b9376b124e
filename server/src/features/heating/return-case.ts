import { inTransaction, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { assertState, changed, NOT_APPROVED, OPEN_AGAIN } from './case-states'
import { lockCaseOfHome, saveCase } from './case-store'
import { assertSeen } from './desk-case'
import type { CaseRow, CaseState } from './entities'
import { lookAtCase } from './look-at-case'
import { silentMs } from './tend-cases'
import { tellOfCase } from './tell'

/**
 * Answers an objection, or sends a sum back before it is paid: it is reckoned again from what was measured, or stays
 * as it is with the answer beside it, and the resident is asked once more. Errors: not_found, request_changed,
 * move_not_allowed.
 */
export async function returnCase(
  ctx: Ctx,
  input: {
    readonly caseId: string
    readonly version: number
    readonly answer: string
    readonly recount: boolean
  },
): Promise<{ state: CaseState }> {
  return inTransaction(ctx, async (tx) => {
    const row = assertSeen(ctx, await lockCaseOfHome(tx, input.caseId))
    assertState(row, input.version, ['final', 'agreed', 'objected', 'half-approved'])
    const now = ctx.clock.now()
    const counts = row.kind === 'cold' && input.recount
    const next = counts
      ? { ...OPEN_AGAIN, nextLookAt: now }
      : {
          ...(input.recount ? await reckonedAgain(tx, ctx, row) : {}),
          ...NOT_APPROVED,
          state: 'final' as const,
          finalAt: now,
          answeredAt: null,
          nextLookAt: now + silentMs(ctx),
        }
    const returned = changed(row, now, { ...next, answer: input.answer })
    await saveCase(tx, returned)
    await tellOfCase(tx, ctx, returned, {
      step: `answer:${returned.version}`,
      state: counts ? '正在重新计算' : '答复了您，请再确认',
      remark: input.answer,
    })
    return { state: returned.state }
  })
}

/** Nothing is still being counted of outages that are over: what the notices keep now is the sum. */
async function reckonedAgain(
  tx: Tx,
  ctx: Ctx,
  row: CaseRow,
): Promise<Pick<CaseRow, 'amountFen' | 'reckonedAt' | 'refund'>> {
  const { refund } = await lookAtCase(tx, ctx, row)
  return { amountFen: refund.amountFen ?? 0, reckonedAt: ctx.clock.now(), refund: JSON.stringify(refund) }
}
