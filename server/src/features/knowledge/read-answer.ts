import { companyOf } from '../../core/config/companies'
import type { Ctx } from '../../platforms/context'
import { residentAliases } from '../identity'
import { articleForReader } from './article-for-reader'
import { liveOf, presentPublicFiles, typesOf } from './present'
import { countRead } from './tally'
import { findVote } from './tally-store'

/** One published answer, whole; counted as read. Errors: not_found. */
export async function readAnswer(ctx: Ctx, { articleId }: { readonly articleId: string }) {
  const row = await articleForReader(ctx, articleId, 'public')
  const mine = ctx.resident ? await residentAliases(ctx.db.reader, ctx.resident.id) : []
  const vote = await findVote(ctx.db.reader, row.id, mine.map(residentVoter))
  countRead(ctx, row.id, 'resident')
  return {
    id: row.id,
    companyId: row.companyId,
    companyName: companyOf(ctx, row.companyId).name,
    kind: row.kind,
    title: row.title,
    body: row.body,
    live: liveOf(row.live),
    files: await presentPublicFiles(ctx, row),
    typeIds: typesOf(row.typeIds),
    publishedAt: row.publishedAt,
    helpful: vote === null ? null : vote.helpful === 1,
  }
}

/** How a resident's vote is kept apart from others'. */
export function residentVoter(residentId: string): string {
  return `resident:${residentId}`
}
