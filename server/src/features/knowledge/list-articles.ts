import type { Ctx } from '../../platforms/context'
import { AppError } from '../../core/errors'
import type { ArticleState } from './entities'
import { companiesOf } from './policy'
import { presentRows } from './present'
import { articlePage } from './store'

/** Articles of my companies, newest change first. Errors: not_found for a company outside my scope, invalid_input. */
export async function listArticles(
  ctx: Ctx,
  input: {
    readonly companyId?: string | undefined
    readonly state?: ArticleState | undefined
    readonly kind?: string | undefined
    readonly typeId?: string | undefined
    readonly due?: boolean | undefined
    readonly cursor?: string | undefined
    readonly limit: number
  },
) {
  const rows = await articlePage(ctx.db.reader, {
    companies: companiesOf(ctx, input.companyId),
    state: input.state ?? null,
    kind: input.kind ?? null,
    typeId: input.typeId ?? null,
    dueBy: input.due === true ? ctx.clock.now() : null,
    after: input.cursor === undefined ? null : readCursor(input.cursor),
    limit: input.limit + 1,
  })
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    items: await presentRows(ctx, page),
    nextCursor: rows.length > input.limit && last ? `${last.updatedAt}_${last.id}` : null,
  }
}

function readCursor(cursor: string): { at: number; id: string } {
  const found = /^(\d{1,15})_([0-9A-HJKMNP-TV-Z]{26})$/.exec(cursor)
  if (!found) throw new AppError('invalid_input', { detail: 'cursor' })
  return { at: Number(found[1]), id: found[2] ?? '' }
}
