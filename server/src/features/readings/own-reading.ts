import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { historyFrom } from '../households'
import { residentAliases } from '../identity'
import type { ReadingRow } from './entities'
import { findReading } from './store'

/** A reading that this resident reported, or one of their time in a household that they have bound now. Errors: not_found. */
export async function ownReading(
  ctx: Ctx,
  residentId: string,
  readingId: string,
): Promise<{ row: ReadingRow; isMember: boolean }> {
  const { reader } = ctx.db
  const row = await findReading(reader, readingId)
  if (row === null) throw notThere()
  // Whoever moved out keeps what they reported; whoever reported it as a member no longer sees what came of it.
  const history = (await historyFrom(ctx, residentId, [row.householdId])).get(row.householdId)
  if (history !== undefined && Number(row.createdAt) >= history.from) return { row, isMember: true }
  const isReporter =
    row.source === 'visitor' && (await residentAliases(reader, residentId)).includes(row.residentId)
  if (!isReporter) throw notThere()
  return { row, isMember: false }
}

const notThere = (): AppError => new AppError('not_found', { detail: 'reading of somebody else' })
