import { maskPhoneForStaff } from '../../core/mask'
import type { Ctx } from '../../platforms/context'
import { deskHouseholds } from '../households'
import { requestsByIds } from '../requests'
import { staffByIds } from '../staff'
import type { CallRow } from './entities'
import type { CallView } from './schema'

/** Calls as the console shows them, in their order. No number and no name is whole. */
export async function presentCalls(ctx: Ctx, rows: readonly CallRow[]): Promise<CallView[]> {
  const { reader } = ctx.db
  const [households, people, requests] = await Promise.all([
    deskHouseholds(
      ctx,
      rows.flatMap(({ householdId }) => householdId ?? []),
    ),
    staffByIds(
      reader,
      rows.flatMap(({ agentId }) => agentId ?? []),
    ),
    requestsByIds(
      reader,
      rows.flatMap(({ requestId }) => requestId ?? []),
    ),
  ])
  return rows.map((row) => {
    const household = row.householdId === null ? undefined : households.get(row.householdId)
    const number = row.requestId === null ? undefined : requests.get(row.requestId)?.number
    return {
      id: row.id,
      companyId: row.companyId,
      state: row.state,
      phoneMasked: row.numberKnown === 0 ? '号码未显示' : maskPhoneForStaff(ctx.vault.open(row.numberSealed)),
      nameMasked: household?.ownerNameMasked ?? null,
      shortAddress: household?.addressMasked ?? null,
      agent:
        row.agentId === null
          ? null
          : { id: row.agentId, name: people.get(row.agentId)?.name ?? '已停用的同事' },
      startedAt: row.startedAt,
      answeredAt: row.answeredAt,
      endedAt: row.endedAt,
      request: row.requestId === null || number === undefined ? null : { id: row.requestId, number },
      callBack: row.callBack,
      missedTimes: row.missedTimes,
      callBackBy: row.callBackById === null ? null : { id: row.callBackById, name: row.callBackByName ?? '' },
      callBackAt: row.callBackAt,
      callBackResult: row.callBackResult,
      version: row.version,
    }
  })
}

/** One call, for the answer of an act. */
export async function presentCall(ctx: Ctx, row: CallRow): Promise<CallView> {
  const [view] = await presentCalls(ctx, [row])
  if (!view) throw new Error('one call is presented as one view')
  return view
}
