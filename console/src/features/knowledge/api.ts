import { queryClient, useAct, useRead } from '../../api/query'
import type { Input, Output } from '../../api/types'

export type Article = Output<'knowledge.get'>['article']
export type Version = Output<'knowledge.get'>['versions'][number]
export type Row = Output<'knowledge.list'>['items'][number]

const touched = ['knowledge.list', 'knowledge.get'] as const

export const useArticleList = (input: Input<'knowledge.list'>) =>
  useRead('knowledge.list', input, { keepOld: true })
export const useFind = (input: Input<'knowledge.find'> | null) => useRead('knowledge.find', input)
export const useArticle = (articleId: string | null) =>
  useRead('knowledge.get', articleId === null ? null : { articleId })
export const useReport = (input: Input<'knowledge.report'>) => useRead('knowledge.report', input)
export const useReaders = (articleId: string | null) =>
  useRead('knowledge.readers', articleId === null ? null : { articleId })
export const useSynonyms = () => useRead('knowledge.synonyms', {})
/** Service types by which articles are tagged. */
export const useTypesOf = (companyId: string | null) =>
  useRead('catalogue.read', companyId === null ? null : { companyId })

export const useSave = () => useAct('knowledge.save', ['knowledge.list'])
export const useSubmit = () => useAct('knowledge.submit', touched)
export const useReview = () => useAct('knowledge.review', touched)
export const useConfirm = () => useAct('knowledge.confirm', touched)
export const useRetire = () => useAct('knowledge.retire', touched)
export const useImport = () => useAct('knowledge.import', ['knowledge.list'])
export const useSaveSynonyms = () => useAct('knowledge.saveSynonyms', ['knowledge.synonyms'])

/** Acts answer with the whole article, so nobody asks again. */
export function keepArticle(answer: Output<'knowledge.get'>): void {
  queryClient.setQueryData(['knowledge.get', { articleId: answer.article.id }], answer)
}
