import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { listViews, type SavedView } from './list-views'
import { countViews, deleteView, insertView, updateView, viewNamed } from './store'

const VIEWS_PER_PERSON = 30

/**
 * Keeps the filters of the address under a name, under the same name anew, or throws a view of mine away. Errors:
 * not_found for a view that is not mine, too_many_views.
 */
export async function saveView(
  ctx: Ctx,
  input: { viewId: string | null; name: string; query: string | null; shared: boolean },
): Promise<SavedView[]> {
  const me = staffOf(ctx)
  const { viewId, query } = input
  await inTransaction(ctx, async (tx) => {
    if (query === null) {
      if (viewId === null || !(await deleteView(tx, viewId, me.id))) throw new AppError('not_found')
      return
    }
    const now = ctx.clock.now()
    const same = await viewNamed(tx, me.id, input.name)
    if (viewId !== null && same && same.id !== viewId) await deleteView(tx, same.id, me.id)
    const row = {
      id: viewId ?? same?.id ?? ctx.ids.next(),
      ownerId: me.id,
      name: input.name,
      query: query.replace(/^\?/, ''),
      shared: input.shared ? 1 : 0,
      companies: me.companies === null ? null : JSON.stringify(me.companies),
      updatedAt: now,
    }
    if (await updateView(tx, row)) return
    if (viewId !== null) throw new AppError('not_found', { detail: 'not my view' })
    if ((await countViews(tx, me.id)) >= VIEWS_PER_PERSON) throw new AppError('too_many_views')
    await insertView(tx, { ...row, createdAt: now })
  })
  return listViews(ctx)
}
