import { DAY_MS, shanghaiDay } from '../../core/clock'
import type { Ctx } from '../../platforms/context'
import { type FileView, filesByIds, presentFile } from '../files'
import type { ArticleRow, ArticleVersionRow } from './entities'
import type { LiveName } from './schema'
import { type ReadCounts, readCounts } from './tally-store'

export const typesOf = (typeIds: string): string[] => typeIds.split(',').filter((id) => id !== '')
export const liveOf = (live: string): LiveName[] => JSON.parse(live) as LiveName[]
export const questionsOf = (questions: string): string[] => questions.split('\n').filter((one) => one !== '')
const idsOf = (files: string): string[] => JSON.parse(files) as string[]

/** The day from which the counts of a list are taken. */
const COUNTED_DAYS = 30
export const countedSince = (ctx: Ctx, days = COUNTED_DAYS): string =>
  shanghaiDay(ctx.clock.now() - days * DAY_MS)

const NONE: ReadCounts = { reads: 0, staffReads: 0, helpful: 0, unhelpful: 0 }

export async function presentRows(ctx: Ctx, rows: readonly ArticleRow[]) {
  const counts = await readCounts(
    ctx.db.reader,
    rows.map(({ id }) => id),
    countedSince(ctx),
  )
  const now = ctx.clock.now()
  return rows.map((row) => {
    const { reads, staffReads, helpful, unhelpful } = counts.get(row.id) ?? NONE
    return {
      id: row.id,
      companyId: row.companyId,
      kind: row.kind,
      state: row.state,
      title: row.title,
      audience: row.audience,
      typeIds: typesOf(row.typeIds),
      newestVersion: row.newestVersion,
      liveVersion: row.liveVersion,
      revision: row.revision,
      owner: { id: row.ownerId, name: row.ownerName },
      validFrom: row.validFrom,
      validUntil: row.validUntil,
      reviewAt: row.reviewAt,
      reviewIsDue: row.liveVersion !== null && row.reviewAt <= now,
      updatedAt: row.updatedAt,
      reads: reads + staffReads,
      helpful,
      unhelpful,
    }
  })
}

export async function presentVersions(ctx: Ctx, rows: readonly ArticleVersionRow[]) {
  const files = await filesByIds(
    ctx.db.reader,
    rows.flatMap((row) => idsOf(row.files)),
  )
  return rows.map((row) => ({
    version: row.version,
    kind: row.kind,
    audience: row.audience,
    typeIds: typesOf(row.typeIds),
    validFrom: row.validFrom,
    validUntil: row.validUntil,
    title: row.title,
    body: row.body,
    questions: questionsOf(row.questions),
    live: liveOf(row.live),
    files: idsOf(row.files).flatMap((id): FileView[] => {
      const file = files.get(id)
      return file ? [presentFile(ctx, file, { path: `/attachments/articles/${row.articleId}` })] : []
    }),
    whatChanged: row.whatChanged,
    by: row.byName,
    createdAt: row.createdAt,
    reviewedBy: row.reviewedByName,
    reviewedAt: row.reviewedAt,
    returnedBecause: row.returnedBecause,
    publishedAt: row.publishedAt,
    retiredAt: row.retiredAt,
    retiredBecause: row.retiredBecause,
  }))
}

/** Whoever reads a published answer, signed in or not: its pictures are shown to all of them alike. */
export const PUBLIC_VIEWER = 'answer:public'

export async function presentPublicFiles(
  ctx: Ctx,
  article: { readonly id: string; readonly files: string },
): Promise<FileView[]> {
  const ids = idsOf(article.files)
  const files = await filesByIds(ctx.db.reader, ids)
  return ids.flatMap((id) => {
    const file = files.get(id)
    const at = { path: `/attachments/answers/${article.id}`, viewer: PUBLIC_VIEWER }
    return file ? [presentFile(ctx, file, at)] : []
  })
}
