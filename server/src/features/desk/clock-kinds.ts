import type { CoreCtx } from '../../core/context'
import type { Database } from '../../core/db/database'
import { type InboxRow, nextClockKinds } from '../requests'
import type { DeskRow } from './schema'

type Kind = NonNullable<DeskRow['clock']>['kind']

const KEPT_MAX = 50_000
const kept = new WeakMap<Database, Map<string, Kind | null>>()

/**
 * Which promise of each row is due next. It cannot change while version and due time stay, and every page that is open
 * asks for the same rows again and again, so what was found is kept for as long as both do.
 */
export async function clockKinds(
  ctx: CoreCtx,
  rows: readonly Pick<InboxRow, 'id' | 'version' | 'nextDueAt'>[],
): Promise<Map<string, Kind>> {
  const known = kept.get(ctx.db) ?? new Map<string, Kind | null>()
  kept.set(ctx.db, known)
  const keyOf = (row: (typeof rows)[number]): string => `${row.id} ${row.version} ${row.nextDueAt}`
  const unknown = rows.filter((row) => !known.has(keyOf(row)))
  if (unknown.length > 0) {
    const found = await nextClockKinds(
      ctx.db.reader,
      unknown.map(({ id }) => id),
    )
    if (known.size > KEPT_MAX) known.clear()
    for (const row of unknown) known.set(keyOf(row), found.get(row.id) ?? null)
  }
  return new Map(
    rows.flatMap((row): [string, Kind][] => {
      const kind = known.get(keyOf(row)) ?? null
      return kind === null ? [] : [[row.id, kind]]
    }),
  )
}
