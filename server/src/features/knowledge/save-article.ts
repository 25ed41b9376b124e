import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { claimFiles } from '../files'
import { staffByIds } from '../staff'
import type { ArticleRow, ArticleVersionRow } from './entities'
import { draftFault } from './draft-fault'
import { showArticle } from './get-article'
import { lockForChange } from './lock-article'
import { assertCompany } from './policy'
import type { Draft } from './schema'
import { articleFiles, insertArticle, insertVersion, rewriteDraft, updateArticle } from './store'

export type Saved = Omit<Draft, 'ownerId'> & { readonly ownerId?: string | undefined }

/**
 * Makes a draft, changes one, or begins a new version of what is published; what is published stays as it is until
 * somebody else has reviewed the new one. Errors: not_found, article_changed, invalid_input for types that the company
 * does not have, days that are the wrong way round, or a case or template for the public.
 */
export async function saveArticle(
  ctx: Ctx,
  input: Saved & { readonly articleId?: string | undefined; readonly revision?: number | undefined },
) {
  assertCompany(ctx, input.companyId)
  const fault = await draftFault(ctx, input)
  if (fault) throw wrong(fault.path, fault.message)
  const { articleId, revision = 0 } = input
  const saved = await inTransaction(ctx, async (tx) => {
    const owner = await ownerOf(tx, ctx, input.ownerId)
    if (articleId === undefined) return makeArticle(tx, ctx, input, owner)
    const { article, newest } = await lockForChange(tx, ctx, { articleId, revision, act: 'save' })
    if (article.companyId !== input.companyId) throw new AppError('not_found')
    return changeArticle(tx, ctx, {
      article,
      newest,
      input,
      owner: input.ownerId === undefined ? null : owner,
    })
  })
  return showArticle(ctx, saved.id)
}

interface Owner {
  readonly ownerId: string
  readonly ownerName: string
}

async function ownerOf(tx: Tx, ctx: Ctx, ownerId: string | undefined): Promise<Owner> {
  const me = staffOf(ctx)
  if (ownerId === undefined || ownerId === me.id) return { ownerId: me.id, ownerName: me.name }
  const owner = (await staffByIds(tx, [ownerId])).get(ownerId)
  if (!owner?.active) throw wrong('ownerId', '没有这位同事，请重新选')
  return { ownerId, ownerName: owner.name }
}

function wrong(path: string, message: string): AppError {
  return new AppError('invalid_input', { message: `${message}。`, fields: [{ path, message }] })
}

/** What a version says, of what was typed. */
function contentOf(input: Saved) {
  return {
    kind: input.kind,
    audience: input.audience,
    typeIds: `,${input.typeIds.map((id) => `${id},`).join('')}`,
    validFrom: input.validFrom,
    validUntil: input.validUntil,
    title: input.title,
    body: input.body,
    questions: [...new Set(input.questions)].join('\n'),
    live: JSON.stringify([...new Set(input.live)]),
    files: JSON.stringify([...new Set(input.fileIds)]),
    whatChanged: input.whatChanged,
  } satisfies Partial<ArticleVersionRow>
}

const UNDECIDED = {
  reviewedById: null,
  reviewedByName: null,
  reviewedAt: null,
  returnedBecause: null,
  publishedAt: null,
  retiredAt: null,
  retiredBecause: null,
} satisfies Partial<ArticleVersionRow>

/** A new article as a draft of mine. */
export async function makeArticle(tx: Tx, ctx: Ctx, input: Saved, owner: Owner): Promise<ArticleRow> {
  const now = ctx.clock.now()
  const content = contentOf(input)
  const { kind, audience, typeIds, validFrom, validUntil, title } = content
  const article: ArticleRow = {
    id: ctx.ids.next(),
    companyId: input.companyId,
    kind,
    audience,
    typeIds,
    validFrom,
    validUntil,
    title,
    ...owner,
    state: 'draft',
    newestVersion: 1,
    liveVersion: null,
    revision: 1,
    reviewAt: input.reviewAt,
    reviewToldAt: null,
    createdAt: now,
    updatedAt: now,
  }
  // Before its version names them: what a version names is taken for the article's already.
  await claimNew(tx, ctx, article.id, input.fileIds)
  await insertArticle(tx, article)
  const written = { articleId: article.id, version: 1, ...content, ...writtenBy(ctx, []) }
  await insertVersion(tx, { ...written, ...UNDECIDED })
  return article
}

async function changeArticle(
  tx: Tx,
  ctx: Ctx,
  asked: { article: ArticleRow; newest: ArticleVersionRow; input: Saved; owner: Owner | null },
): Promise<ArticleRow> {
  const { article, newest, input, owner } = asked
  const wasPublished = newest.publishedAt !== null
  const version = wasPublished ? newest.version + 1 : newest.version
  const content = contentOf(input)
  await claimNew(tx, ctx, article.id, input.fileIds)
  const authors = wasPublished ? [] : (JSON.parse(newest.authorIds) as string[])
  const row: ArticleVersionRow = {
    articleId: article.id,
    version,
    ...content,
    ...writtenBy(ctx, authors),
    ...UNDECIDED,
    returnedBecause: wasPublished ? null : newest.returnedBecause,
  }
  await (wasPublished ? insertVersion(tx, row) : rewriteDraft(tx, row))
  const { kind, audience, typeIds, validFrom, validUntil, title } = content
  return updateArticle(
    tx,
    article,
    {
      state: 'draft',
      newestVersion: version,
      title,
      ...(article.liveVersion === null ? { kind, audience, typeIds, validFrom, validUntil } : {}),
      ...owner,
      reviewAt: input.reviewAt,
      reviewToldAt: null,
    },
    ctx.clock.now(),
  )
}

function writtenBy(ctx: Ctx, before: readonly string[]) {
  const { id, name } = staffOf(ctx)
  const authorIds = JSON.stringify([...new Set([...before, id])])
  return { byId: id, byName: name, authorIds, createdAt: ctx.clock.now() }
}

/** Files that earlier versions have are the article's already, whoever brought them. */
async function claimNew(tx: Tx, ctx: Ctx, articleId: string, fileIds: readonly string[]): Promise<void> {
  const known = await articleFiles(tx, articleId)
  const fresh = fileIds.filter((id) => !known.has(id))
  const owner = { kind: 'staff' as const, id: staffOf(ctx).id }
  await claimFiles(tx, ctx, { fileIds: fresh, owner, claim: `article:${articleId}` })
}
