import { inTransaction, isDuplicate, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { wakeWatchers } from '../chat'
import { areaOf, callerOf, numberIndexOf, plainNumber } from './caller'
import type { CallRow } from './entities'
import { mergeEvent, stateOf } from './merge-event'
import {
  countMissedAgain,
  endCallBacksOf,
  insertCall,
  lockCallOfSwitch,
  lockOpenCallBack,
  saveCall,
  staffAtExtension,
} from './store'
import type { SwitchEvent } from './switch-event'

type Outcome = 'made' | 'changed' | 'repeated'
type Made = Pick<CallRow, 'residentId' | 'householdId' | 'areaPath'>

/** Keeps what the switch said of one call. Events may come in any order and again. */
export async function receiveCall(ctx: Ctx, companyId: string, event: SwitchEvent): Promise<Outcome> {
  const caller =
    event.from === null ? null : await callerOf(ctx.db.reader, ctx, { companyId, number: event.from })
  const [first] = caller?.householdIds ?? []
  const made: Made = {
    residentId: caller?.residentId ?? null,
    householdId: first ?? null,
    areaPath: await areaOf(ctx, first),
  }
  const keep = (): Promise<Outcome> => inTransaction(ctx, (tx) => keepEvent(tx, ctx, companyId, event, made))
  try {
    return await keep()
  } catch (error) {
    // Two events of a new call at the same moment: the other one made the row.
    if (!isDuplicate(error)) throw error
    return keep()
  }
}

async function keepEvent(
  tx: Tx,
  ctx: Ctx,
  companyId: string,
  event: SwitchEvent,
  made: Made,
): Promise<Outcome> {
  const agentId =
    event.extension === null ? null : await staffAtExtension(tx, { companyId, extension: event.extension })
  const known = await lockCallOfSwitch(tx, companyId, event.callId)
  const now = ctx.clock.now()
  if (!known) {
    const row = newCall(ctx, companyId, event, { ...made, agentId })
    await insertCall(tx, { ...row, ...(await callBackOf(tx, ctx, row, null)) })
    tellAgents(tx, ctx, companyId, [agentId])
    return 'made'
  }
  const merged = { ...known, ...mergeEvent(known, event, agentId) }
  const changed = { ...merged, ...(await callBackOf(tx, ctx, merged, known)) }
  if (isSame(known, changed)) return 'repeated'
  await saveCall(tx, { ...changed, version: known.version + 1, updatedAt: now })
  tellAgents(tx, ctx, companyId, [known.agentId, changed.agentId])
  return 'changed'
}

/** Screens pop, and close again, without waiting for the next look. */
function tellAgents(tx: Tx, ctx: Ctx, companyId: string, ids: readonly (string | null)[]): void {
  const staffIds = ids.flatMap((id) => id ?? [])
  if (staffIds.length === 0) return
  tx.afterCommit(() =>
    wakeWatchers(ctx, { list: { conversationId: null, companyId, why: 'call', staffIds } }),
  )
}

function newCall(
  ctx: Ctx,
  companyId: string,
  event: SwitchEvent,
  made: Made & { readonly agentId: string | null },
): CallRow {
  const now = ctx.clock.now()
  const number = event.from === null ? null : plainNumber(event.from)
  return {
    id: ctx.ids.next(),
    companyId,
    switchCallId: event.callId,
    state: stateOf(event.answeredAt, event.endedAt),
    numberSealed: number === null ? '' : ctx.vault.seal(number),
    numberIndex: number === null ? '' : numberIndexOf(ctx, number),
    numberKnown: number === null ? 0 : 1,
    ...made,
    startedAt: event.startedAt,
    answeredAt: event.answeredAt,
    endedAt: event.endedAt,
    lastEventAt: event.extension === null ? 0 : event.at,
    requestId: null,
    callBack: null,
    missedTimes: 0,
    callBackById: null,
    callBackByName: null,
    callBackAt: null,
    callBackResult: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  }
}

/**
 * A missed call goes on the list of those to be called back, once for each number: a further one is counted with it.
 * Whoever got through after all needs no call back any more.
 */
async function callBackOf(
  tx: Tx,
  ctx: Ctx,
  row: CallRow,
  before: CallRow | null,
): Promise<Partial<Pick<CallRow, 'callBack' | 'missedTimes'>>> {
  if (row.numberKnown === 0) return {}
  const of = { companyId: row.companyId, numberIndex: row.numberIndex }
  const wasAnswered = before !== null && before.answeredAt !== null
  if (row.answeredAt !== null && !wasAnswered) {
    await endCallBacksOf(tx, { ...of, at: row.answeredAt, now: ctx.clock.now(), exceptId: row.id })
    return row.callBack === 'open' ? { callBack: null, missedTimes: 0 } : {}
  }
  if (row.state !== 'missed' || before?.state === 'missed') return {}
  const since = row.startedAt - ctx.config.calls.sameCallerHours * 3_600_000
  const open = await lockOpenCallBack(tx, { ...of, since })
  if (open === null) return { callBack: 'open', missedTimes: 1 }
  await countMissedAgain(tx, open, ctx.clock.now())
  return {}
}

const COMPARED = [
  'state',
  'answeredAt',
  'endedAt',
  'agentId',
  'lastEventAt',
  'startedAt',
  'callBack',
] as const

function isSame(a: CallRow, b: CallRow): boolean {
  return COMPARED.every((name) => a[name] === b[name])
}
