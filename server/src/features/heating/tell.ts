import type { Tx } from '../../core/db/database'
import { yuanInWords } from '../../core/money'
import type { Ctx } from '../../platforms/context'
import { membersOf } from '../households'
import { notifyResident } from '../notifications'
import { minuteInWords } from '../requests'
import type { CaseRow, SupplyRow } from './entities'

export const casePage = (id: string): string => `/heat/case/index?id=${id}`
export const supplyPage = (householdId: string): string => `/heat/home/index?householdId=${householdId}`

/** Says one step of a case to whoever asked for it; the same step is said once. */
export async function tellOfCase(
  tx: Tx,
  ctx: Ctx,
  row: CaseRow,
  said: { readonly step: string; readonly state: string; readonly remark: string },
): Promise<void> {
  if (row.residentId === null) return
  await notifyResident(tx, ctx, {
    residentId: row.residentId,
    companyId: row.companyId,
    householdId: row.householdId,
    template: 'heat-refund',
    reason: `heat:${row.id}:${said.step}`,
    facts: {
      number: row.number,
      state: said.state,
      time: minuteInWords(ctx.clock.now()),
      remark: said.remark.slice(0, 200),
    },
    page: casePage(row.id),
  })
}

/** Says what became of an application to whoever made it; of a caller's, to those who own the home in the portal. */
export async function tellOfSupply(
  tx: Tx,
  ctx: Ctx,
  row: SupplyRow,
  said: { readonly state: string; readonly remark: string },
): Promise<void> {
  const residentIds =
    row.residentId === null ? await ownersOf(tx, row.householdId) : ([row.residentId] as const)
  for (const residentId of residentIds)
    await notifyResident(tx, ctx, {
      residentId,
      companyId: row.companyId,
      householdId: row.householdId,
      template: 'heat-supply',
      reason: `heat-supply:${row.id}:${row.state}`,
      facts: {
        type: row.kind === 'stop' ? '停供申请' : '复热申请',
        state: said.state,
        time: minuteInWords(ctx.clock.now()),
        remark: said.remark.slice(0, 200),
      },
      page: supplyPage(row.householdId),
    })
}

async function ownersOf(tx: Tx, householdId: string): Promise<string[]> {
  const members = await membersOf(tx, householdId)
  return members.flatMap(({ residentId, role }) => (role === 'owner' ? [residentId] : []))
}

/** How a decision is carried out, in words. */
export function paidInWords({
  refundedFen,
  creditedFen,
}: {
  refundedFen: number
  creditedFen: number
}): string {
  const parts = [
    ...(refundedFen > 0 ? [`${yuanInWords(refundedFen)} 元原路退回`] : []),
    ...(creditedFen > 0 ? [`${yuanInWords(creditedFen)} 元存入收费系统抵扣`] : []),
  ]
  return parts.join('，')
}
