import type { Ctx } from '../../platforms/context'
import { companiesOf } from './policy'
import type { Hit } from './schema'
import { searchKnowledge } from './search-knowledge'
import { countMiss } from './tally'

const FOUND_MAX = 20

/** The search of the desk: internal articles, cases and templates of my companies, too. Errors: not_found. */
export async function findArticles(
  ctx: Ctx,
  input: {
    readonly companyId?: string | undefined
    readonly kind?: string | undefined
    readonly typeId?: string | undefined
    readonly q: string
  },
): Promise<{ items: Hit[] }> {
  const companies = companiesOf(ctx, input.companyId)
  const { q, kind, typeId } = input
  const items = await searchKnowledge(ctx, { companies, q, kind, typeId, limit: FOUND_MAX, audience: 'all' })
  if (items.length === 0 && kind === undefined && typeId === undefined) countMiss(ctx, companies, q)
  return { items }
}
