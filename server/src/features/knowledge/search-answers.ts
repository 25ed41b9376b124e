import { companyOf } from '../../core/config/companies'
import type { Ctx } from '../../platforms/context'
import type { Hit } from './schema'
import { searchKnowledge } from './search-knowledge'
import { countMiss } from './tally'

/** What residents find; what nobody finds is counted. Errors: not_found for a company that is not configured. */
export async function searchAnswers(
  ctx: Ctx,
  input: { readonly companyId?: string | undefined; readonly q: string; readonly limit: number },
): Promise<{ items: Hit[] }> {
  const companies =
    input.companyId === undefined
      ? ctx.config.companies.map(({ id }) => id)
      : [companyOf(ctx, input.companyId).id]
  const items = await searchKnowledge(ctx, { ...input, companies, audience: 'public' })
  if (items.length === 0) countMiss(ctx, companies, input.q)
  return { items }
}
