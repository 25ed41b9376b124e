import { DAY_MS } from '../../core/clock'
import type { Ctx } from '../../platforms/context'
import { companiesOf } from './policy'
import { countedSince } from './present'
import { missesSince, mostRead, remarksSince } from './tally-store'

const ARTICLES = 100
const MISSES = 100
const REMARKS = 50

/** What is read and helps, and what people look for in vain, over some days. Errors: not_found. */
export async function reportKnowledge(
  ctx: Ctx,
  input: { readonly companyId?: string | undefined; readonly days: number },
) {
  const companies = companiesOf(ctx, input.companyId)
  const { reader } = ctx.db
  const since = countedSince(ctx, input.days)
  const now = ctx.clock.now()
  const [articles, misses, remarks] = await Promise.all([
    mostRead(reader, companies, since, ARTICLES),
    missesSince(reader, companies, since, MISSES),
    remarksSince(reader, companies, now - input.days * DAY_MS, REMARKS),
  ])
  return {
    articles,
    misses,
    remarks: remarks.map(({ articleId, title, helpful, wordsSealed, at }) => ({
      articleId,
      title,
      helpful: helpful === 1,
      words: withoutNumbers(ctx.vault.open(wordsSealed)),
      at: Number(at),
    })),
    asOf: now,
  }
}

/** Five digits and more, however they are spaced, may be somebody's number. */
function withoutNumbers(words: string): string {
  return words.replace(/\d(?:[\s-]?\d){4,}/g, '****')
}
