import { enqueue } from '../../core/jobs/define'
import type { Tx } from '../../core/db/database'
import { type Ctx, staffOf } from '../../platforms/context'
import type { PrintForm } from './desk-schema'
import type { Target } from './desk-scope'
import { codeOrderJob } from './step-order'
import { insertOrder } from './order-store'
import type { CodeOrderRow } from './print-entities'

/** Writes an order down and promises its first step, in the caller's transaction. */
export async function beginOrder(
  tx: Tx,
  ctx: Ctx,
  of: { readonly target: Target; readonly form: PrintForm | null },
): Promise<CodeOrderRow> {
  const { target, form } = of
  const me = staffOf(ctx)
  const now = ctx.clock.now()
  const row: CodeOrderRow = {
    id: ctx.ids.next(),
    companyId: target.companyId,
    areaPath: target.areaPath,
    areaId: target.areaId,
    householdId: target.householdId,
    placeName: target.name,
    form,
    state: 'running',
    households: target.households,
    passed: 0,
    made: 0,
    leftOut: 0,
    files: 0,
    pages: 0,
    missing: 0,
    afterAreaId: null,
    afterHouseholdId: null,
    afterAddress: null,
    growing: null,
    step: 0,
    createdBy: me.id,
    createdByName: me.name,
    createdAt: now,
    updatedAt: now,
    endedAt: null,
  }
  await insertOrder(tx, row)
  await enqueue(tx, ctx, codeOrderJob, { orderId: row.id }, { key: `${row.id}:0` })
  return row
}
