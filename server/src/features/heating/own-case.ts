import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { historyFrom } from '../households'
import { findCase, lockCase } from './case-store'
import type { CaseRow } from './entities'

/** A case of a household that is bound to me now. Errors: not_found; whether another's exists is told to nobody. */
export async function ownCase(ctx: Ctx, caseId: string): Promise<CaseRow> {
  const row = await findCase(ctx.db.reader, caseId)
  if (row === null) throw new AppError('not_found', { detail: 'no such case' })
  await assertSince(ctx, row)
  return row
}

/** Errors: not_found for what began before the resident's time in the household. */
export async function assertSince(
  ctx: Ctx,
  { householdId, createdAt }: Pick<CaseRow, 'householdId' | 'createdAt'>,
): Promise<void> {
  const history = (await historyFrom(ctx, residentOf(ctx).id, [householdId])).get(householdId)
  if (history === undefined || Number(createdAt) < history.from)
    throw new AppError('not_found', { detail: 'of another time' })
}

/** The same row under its lock. */
export async function lockKnownCase(tx: Tx, caseId: string): Promise<CaseRow> {
  const row = await lockCase(tx, caseId)
  if (row === null) throw new AppError('not_found', { detail: 'no such case' })
  return row
}
