import { inTransaction } from '../core/db/database'
import type { CallRow } from '../features/calls/entities'
import { insertCall } from '../features/calls/store'
import type { TestApp } from './harness'

/** A missed call that `takenBy` is about to call back. */
export async function buildCall(
  app: TestApp,
  of: { readonly companyId: string; readonly areaPath: string; readonly takenBy: string },
): Promise<string> {
  const { ids, clock, vault } = app.ctx()
  const [id, now] = [ids.next(), clock.now()]
  const caller = {
    numberSealed: vault.seal('13800138000'),
    numberIndex: id,
    numberKnown: 1,
    residentId: null,
  }
  const times = { startedAt: now, answeredAt: null, endedAt: now, lastEventAt: now }
  const back = { callBackById: of.takenBy, callBackByName: '王芳', callBackAt: null, callBackResult: null }
  const row: CallRow = {
    id,
    companyId: of.companyId,
    switchCallId: id,
    state: 'missed',
    ...caller,
    agentId: null,
    householdId: null,
    areaPath: of.areaPath,
    ...times,
    requestId: null,
    callBack: 'taken',
    missedTimes: 1,
    ...back,
    version: 1,
    createdAt: now,
    updatedAt: now,
  }
  await inTransaction(app.ctx(), (tx) => insertCall(tx, row))
  return id
}
