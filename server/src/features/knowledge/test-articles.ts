import { DAY_MS } from '../../core/clock'
import type { Ctx } from '../../platforms/context'
import type { TestApp } from '../../testing/harness'
import { reviewArticle } from './review-article'
import { type Saved, saveArticle } from './save-article'
import { submitArticle } from './submit-article'

export const AUTHOR = '01J9AUTHAAAAAAAAAAAAAAAAAA'
export const REVIEWER = '01J9REVEAAAAAAAAAAAAAAAAAA'

export function draftOf(app: TestApp, over: Partial<Saved> = {}): Saved {
  return {
    companyId: 'heating',
    kind: 'article',
    title: '暖气不热怎么办',
    body: '先看入户阀门。',
    questions: [],
    live: [],
    fileIds: [],
    audience: 'public',
    typeIds: [],
    validFrom: null,
    validUntil: null,
    reviewAt: app.clock.now() + 180 * DAY_MS,
    whatChanged: '',
    ...over,
  }
}

/** A draft, handed in and published by somebody else; a new version where `articleId` is given. */
export async function publishArticle(
  app: TestApp,
  over: Partial<Saved> = {},
  before?: { readonly articleId: string; readonly revision: number },
): Promise<{ articleId: string; revision: number }> {
  const author: Ctx = app.asStaff(AUTHOR, { roles: ['agent'], name: '王晓' })
  const saved = await saveArticle(author, { ...draftOf(app, over), ...before })
  const articleId = saved.article.id
  const { article } = await submitArticle(author, { articleId, revision: saved.article.revision })
  const reviewer = app.asStaff(REVIEWER, { roles: ['publisher'], name: '刘芳' })
  const done = await reviewArticle(reviewer, { articleId, revision: article.revision, verdict: 'publish' })
  return { articleId, revision: done.article.revision }
}
