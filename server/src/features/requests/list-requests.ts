import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { RequestRow } from './entities'
import { myIds } from './own-request'
import { pageOfResident } from './resident-store'

export interface RequestPage {
  readonly rows: RequestRow[]
  readonly nextCursor: string | null
  readonly myIds: readonly string[]
}

/** What goes on comes first, each part newest first; `o.` and `c.` say in which part a page ended. */
export async function listRequests(
  ctx: Ctx,
  input: {
    readonly show: 'open' | 'closed' | 'all'
    readonly cursor?: string | undefined
    readonly limit: number
  },
): Promise<RequestPage> {
  const ids = await myIds(ctx)
  const { reader } = ctx.db
  const at = positionOf(input.cursor)
  const rows: RequestRow[] = []
  const wanted = input.limit + 1
  const isOver = (row: RequestRow): boolean => row.state === 'closed' || row.state === 'cancelled'
  if (input.show !== 'closed' && !at?.over)
    rows.push(
      ...(await pageOfResident(reader, ids, { over: false, before: at?.before ?? null, limit: wanted })),
    )
  if (input.show !== 'open' && rows.length < wanted)
    rows.push(
      ...(await pageOfResident(reader, ids, {
        over: true,
        before: at?.over ? at.before : null,
        limit: wanted - rows.length,
      })),
    )
  const shown = rows.slice(0, input.limit)
  const last = rows.length > input.limit ? shown.at(-1) : undefined
  return { rows: shown, nextCursor: last ? `${isOver(last) ? 'c' : 'o'}.${last.id}` : null, myIds: ids }
}

function positionOf(cursor: string | undefined): { over: boolean; before: string } | null {
  if (cursor === undefined) return null
  const [, part, before] = /^([oc])\.([0-9A-Z]{26})$/.exec(cursor) ?? []
  if (before === undefined) throw new AppError('invalid_input', { message: '列表已经更新，请下拉刷新。' })
  return { over: part === 'c', before }
}
