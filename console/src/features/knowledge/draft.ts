import type { ActInput } from '../../api/types'
import type { Article, Version } from './api'

export type Draft = Omit<ActInput<'knowledge.save'>, 'articleId' | 'revision' | 'ownerId'>

const dayMs = 86_400_000
/** The next look at an article, where nobody says another day: half a year. */
const reviewAfterMs = 180 * dayMs

export const emptyDraft = (companyId: string, nowMs: number, question: string | null): Draft => ({
  companyId,
  kind: 'qa',
  title: question ?? '',
  body: '',
  questions: question === null ? [] : [question],
  live: [],
  fileIds: [],
  audience: 'public',
  typeIds: [],
  validFrom: null,
  validUntil: null,
  reviewAt: nowMs + reviewAfterMs,
  whatChanged: '',
})

/** The newest version as it would be saved again. */
export const draftOf = (article: Article, newest: Version): Draft => ({
  companyId: article.companyId,
  kind: newest.kind,
  title: newest.title,
  body: newest.body,
  questions: [...newest.questions],
  live: [...newest.live],
  fileIds: newest.files.map(({ fileId }) => fileId),
  audience: newest.audience,
  typeIds: [...newest.typeIds],
  validFrom: newest.validFrom,
  validUntil: newest.validUntil,
  reviewAt: article.reviewAt,
  whatChanged: '',
})

/** Cases and templates are tools of the trade: no resident reads them. */
export const mayBePublic = (kind: Draft['kind']): boolean => kind === 'article' || kind === 'qa'

/** One way to ask a line; what is empty or said twice is left out. */
export const questionsFrom = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
]

export type Fault = 'title' | 'body' | 'questions' | 'days' | 'review' | 'whatChanged'

/** What keeps a draft from being saved. */
export function faultsOf(draft: Draft, nowMs: number, isNew: boolean): Fault[] {
  const { title, body, questions, validFrom, validUntil, reviewAt, whatChanged } = draft
  const faults: Fault[] = []
  if (title.trim().length < 2) faults.push('title')
  if (body.trim() === '') faults.push('body')
  if (questions.length > 30 || questions.some((one) => one.length < 2 || one.length > 60))
    faults.push('questions')
  if (validFrom !== null && validUntil !== null && validUntil <= validFrom) faults.push('days')
  if (reviewAt <= nowMs) faults.push('review')
  // Who reads the versions later wants to know why there is another one.
  if (!isNew && whatChanged.trim() === '') faults.push('whatChanged')
  return faults
}

/** Markdown files within what the server takes at once; the others are named. */
export function importable<F extends { readonly name: string; readonly size: number }>(
  files: readonly F[],
): { readonly taken: F[]; readonly left: F[] } {
  let bytes = 0
  const taken = files.filter(({ name, size }) => {
    if (!/\.(md|markdown)$/i.test(name) || size > 60_000 || bytes + size > 900_000) return false
    bytes += size
    return true
  })
  const first = taken.slice(0, 50)
  return { taken: first, left: files.filter((file) => !first.includes(file)) }
}
