import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { isReadable } from './policy'
import { liveOf, questionsOf, typesOf } from './present'
import type { Hit } from './schema'
import { closeness } from './search/closeness'
import { excerptOf } from './search/excerpt'
import { readQuestion } from './search/read-question'
import { freshShelf, synonymsOf } from './search/shelf'
import { type LiveRow, liveByIds } from './store'

export interface KnowledgeQuestion {
  /** Whose articles are looked through; nothing of another company is ever found. */
  readonly companies: readonly string[]
  readonly q: string
  readonly limit: number
  /** `public` for residents; `all` for people at work. */
  readonly audience: 'public' | 'all'
  readonly kind?: string | undefined
  readonly typeId?: string | undefined
}

/** What is far behind the best find is no answer to the same question; */
const SHARE_OF_BEST = 0.12
/**
 * but of what speaks of all that the best one speaks of, some further behind may follow: words that mean the same raise
 * the best one alone, and whoever is cold wants to read of refunds and of measuring, too.
 */
const SHARE_OF_FULL = 0.04
/** So many more than asked for are read, because the order within them is settled by how they are put. */
const MORE = 6
/** How much it counts that a heading is put as it was asked. */
const PUT_SO = 2

/**
 * Published articles that fit what somebody typed, best first. The index proposes; the rows themselves decide who may
 * read them now, so that nothing is shown that was taken away a second ago. Errors: busy, where nothing was found and the
 * index of this process is not whole yet.
 */
export async function searchKnowledge(ctx: Ctx, asked: KnowledgeQuestion): Promise<Hit[]> {
  const shelf = await freshShelf(ctx)
  const { limit, kind, typeId } = asked
  const now = ctx.clock.now()
  const found = asked.companies.flatMap((companyId) => {
    const index = shelf.indexes.get(companyId)
    if (!index) return []
    const question = readQuestion(asked.q, synonymsOf(shelf, companyId), index)
    return index.find(question, limit + MORE, (facts) => {
      if (kind !== undefined && facts.kind !== kind) return false
      if (typeId !== undefined && !facts.typeIds.includes(`,${typeId},`)) return false
      return isReadable(facts, now, asked.audience)
    })
  })
  const near = found.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, limit + MORE)
  const rows = await liveByIds(
    ctx.db.reader,
    near.map(({ id }) => id),
  )
  const judged = near
    .flatMap((one) => {
      const row = rows.get(one.id)
      if (!row || !isReadable(row, now, asked.audience)) return []
      const headings = [row.title, ...questionsOf(row.questions)]
      return [{ ...one, row, score: one.score * (1 + PUT_SO * closeness(asked.q, headings)) }]
    })
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
  const [first] = judged
  const best = judged
    .filter(({ score, share }) => {
      const least = share >= (first?.share ?? 0) ? SHARE_OF_FULL : SHARE_OF_BEST
      return score >= least * (first?.score ?? 0)
    })
    .slice(0, limit)
    .map((one) => hitOf(one.row, one))
  if (best.length === 0 && !shelf.isWhole)
    throw new AppError('busy', { message: '知识库刚刚启动，请过几秒再搜。', retryAfterSeconds: 5 })
  return best
}

function hitOf(row: LiveRow, found: { readonly score: number; readonly words: readonly string[] }): Hit {
  return {
    articleId: row.id,
    companyId: row.companyId,
    kind: row.kind,
    title: row.title,
    excerpt: excerptOf(row.body, found.words),
    live: liveOf(row.live),
    typeIds: typesOf(row.typeIds),
    score: Math.round(found.score * 100) / 100,
  }
}
