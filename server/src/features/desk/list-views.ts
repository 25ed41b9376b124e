import { type Ctx, staffOf } from '../../platforms/context'
import type { ViewRow } from './entities'
import { viewsFor } from './store'

export interface SavedView {
  readonly id: string
  readonly name: string
  readonly query: string
  readonly shared: boolean
  readonly mine: boolean
}

/** My saved views, and those that colleagues share who see one of my companies. */
export async function listViews(ctx: Ctx): Promise<SavedView[]> {
  const me = staffOf(ctx)
  const rows = await viewsFor(ctx.db.reader, me.id)
  return rows
    .filter((row) => row.ownerId === me.id || meets(row, me.companies))
    .map((row) => ({
      id: row.id,
      name: row.name,
      query: row.query,
      shared: row.shared === 1,
      mine: row.ownerId === me.id,
    }))
}

function meets(row: Pick<ViewRow, 'companies'>, mine: readonly string[] | null): boolean {
  if (row.companies === null || mine === null) return true
  return (JSON.parse(row.companies) as string[]).some((id) => mine.includes(id))
}
