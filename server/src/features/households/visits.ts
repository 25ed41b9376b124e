import type { CoreCtx } from '../../core/context'
import { inTransaction, type Reader, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { defineSchedule } from '../../platforms/feature'
import { residentAliases } from '../identity'
import { boundAmong } from './store'
import { deleteVisitsOfCodes, deleteVisitsOver, openVisits, saveVisit } from './visit-store'

/** Household → the code by which it is visited; null where the resident has bound it. */
export type Reached = ReadonlyMap<string, string | null>

/**
 * For what whoever holds the household's code may do there: pay, read the meter, report a fault. Errors: not_found
 * unless each of these households is bound to the resident, or visited by them now. Everything else about a
 * household asks `assertBound`.
 */
export async function assertReached(
  ctx: CoreCtx,
  residentId: string,
  householdIds: readonly string[],
): Promise<Reached> {
  const { reader } = ctx.db
  const wanted = [...new Set(householdIds)]
  const reached = new Map<string, string | null>()
  if (wanted.length === 0) return reached
  // Nearly everybody has bound what they ask for, and has one id only.
  for (const id of await boundAmong(reader, [residentId], wanted)) reached.set(id, null)
  if (reached.size === wanted.length) return reached
  const ids = await residentAliases(reader, residentId)
  for (const { householdId, codeId } of await openVisits(reader, ids, wanted, ctx.clock.now()))
    if (!reached.has(householdId)) reached.set(householdId, codeId)
  for (const id of await boundAmong(reader, ids, wanted)) reached.set(id, null)
  if (reached.size !== wanted.length) throw new AppError('not_found', { detail: 'household not reached' })
  return reached
}

/** Which of these households the resident has bound now; what they see of others is masked. */
export async function boundTo(
  reader: Reader,
  residentId: string,
  householdIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (householdIds.length === 0) return new Set()
  const wanted = [...new Set(householdIds)]
  const direct = await boundAmong(reader, [residentId], wanted)
  return direct.size === wanted.length
    ? direct
    : boundAmong(reader, await residentAliases(reader, residentId), wanted)
}

/** Lets the resident act at the household until then, by this code; a visit that is open already is moved. */
export async function grantVisit(
  tx: Tx,
  visit: {
    readonly residentId: string
    readonly householdId: string
    readonly codeId: string
    readonly until: number
  },
): Promise<void> {
  await saveVisit(tx, visit)
}

/** Whoever is visiting by one of these codes is out. */
export async function endVisitsOfCodes(tx: Tx, codeIds: readonly string[]): Promise<void> {
  if (codeIds.length > 0) await deleteVisitsOfCodes(tx, codeIds)
}

const HOUR_MS = 3_600_000

export const forgetVisitsHourly = defineSchedule({
  name: 'households.forget-visits',
  everyMs: HOUR_MS,
  run: async (ctx) => {
    await inTransaction(ctx, (tx) => deleteVisitsOver(tx, ctx.clock.now()))
  },
})
