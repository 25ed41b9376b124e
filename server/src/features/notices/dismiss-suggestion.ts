import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { isDone } from '../../core/http/shapes'
import { type Ctx, staffOf } from '../../platforms/context'
import { areasOfTrees } from '../households'
import { inScope } from '../staff'
import { dismiss, findSuggestion } from './suggestion-store'

/** No outage: the suggestion goes; the audit keeps why. Errors: not_found when it is gone or outside my scope. */
export async function dismissSuggestion(
  ctx: Ctx,
  input: { readonly suggestionId: string; readonly reason: string },
): Promise<typeof isDone> {
  const staff = staffOf(ctx)
  const { reader } = ctx.db
  const row = await findSuggestion(reader, input.suggestionId)
  const [area] = row ? await areasOfTrees(reader, [row.areaId]) : []
  if (!row || !inScope(staff, { companyId: row.companyId, areaPath: area?.path ?? '' }))
    throw new AppError('not_found')
  const isMine = await inTransaction(ctx, (tx) => dismiss(tx, row.id, staff.id))
  if (!isMine) throw new AppError('not_found', { message: '这条建议已经有人处理了，请刷新看看。' })
  return isDone
}
