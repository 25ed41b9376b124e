import { companyOf } from '../../core/config/companies'
import type { Ctx } from '../../platforms/context'
import { countedSince } from './present'
import { mostAsked } from './tally-store'

const TOPICS = 6
const KEPT_MS = 60_000

interface Topic {
  articleId: string
  companyId: string
  title: string
}

/** What residents ask most. Errors: not_found for a company that is not configured. */
export async function listTopics(
  ctx: Ctx,
  input: { readonly companyId?: string | undefined },
): Promise<{ items: Topic[] }> {
  const companies =
    input.companyId === undefined
      ? ctx.config.companies.map(({ id }) => id)
      : [companyOf(ctx, input.companyId).id]
  const lists = await Promise.all(companies.map((companyId) => topicsOf(ctx, companyId)))
  return { items: lists.flat() }
}

/** Asked by everybody who opens the chat, and the same for all of them: a minute old is good enough. */
async function topicsOf(ctx: Ctx, companyId: string): Promise<Topic[]> {
  const key = `knowledge:topics:${companyId}`
  const kept = await ctx.cache.get(key)
  if (kept !== null) return JSON.parse(kept) as Topic[]
  const now = ctx.clock.now()
  const asked = { companyId, since: countedSince(ctx), now, limit: TOPICS }
  const topics = (await mostAsked(ctx.db.reader, asked)).map(({ id, title }) => ({
    articleId: id,
    companyId,
    title,
  }))
  await ctx.cache.set(key, JSON.stringify(topics), KEPT_MS)
  return topics
}
