import type { Context } from 'koa'
import { AppError } from '../../core/errors'
import { staffOf } from '../../platforms/context'
import type { RawRoute } from '../../platforms/feature'
import { deliverFile } from '../files'
import { staffDoor } from '../staff'
import { articleForReader } from './article-for-reader'
import { seesCompany } from './policy'
import { PUBLIC_VIEWER } from './present'
import { articleFiles, findArticle } from './store'

function idsIn(koa: Context): { articleId: string; fileId: string } {
  const { articleId, fileId } = koa['params'] as Record<string, unknown>
  return {
    articleId: typeof articleId === 'string' ? articleId : '',
    fileId: typeof fileId === 'string' ? fileId : '',
  }
}

/** Pictures of articles. Who may see them is asked now, whatever an address says that was made before. */
export const attachmentRoutes: RawRoute[] = [
  {
    name: 'knowledge.articleFile',
    method: 'GET',
    path: '/attachments/articles/:articleId/:fileId',
    kind: 'person',
    handle: async (koa, ctx) => {
      const { articleId, fileId } = idsIn(koa)
      const staff = staffOf(ctx)
      const article = await findArticle(ctx.db.reader, articleId)
      if (!article || !staffDoor.may('knowledge.get', staff) || !seesCompany(ctx, article.companyId))
        throw new AppError('not_found')
      if (!(await articleFiles(ctx.db.reader, articleId)).has(fileId)) throw new AppError('not_found')
      await deliverFile(koa, ctx, { fileId, query: koa.query, claim: `article:${articleId}` })
    },
  },
  {
    name: 'knowledge.answerFile',
    method: 'GET',
    path: '/attachments/answers/:articleId/:fileId',
    kind: 'page',
    handle: async (koa, ctx) => {
      const { articleId, fileId } = idsIn(koa)
      const article = await articleForReader(ctx, articleId, 'public')
      if (!(JSON.parse(article.files) as string[]).includes(fileId)) throw new AppError('not_found')
      const viewer = PUBLIC_VIEWER
      await deliverFile(koa, ctx, { fileId, query: koa.query, claim: `article:${articleId}`, viewer })
    },
  },
]
