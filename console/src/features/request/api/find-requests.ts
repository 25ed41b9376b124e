import { useRead } from '../../../api/query'
import type { DeskRequest } from '../../../api/types'
import { isFindable } from '../findable'

/**
 * Requests to merge or link: by number, account or telephone where one was typed, else those that are open and of
 * the same type, because that is what a burst pipe looks like.
 */
export const useFoundRequests = (
  { companyId, typeId }: Pick<DeskRequest, 'companyId' | 'typeId'>,
  q: string,
) =>
  useRead(
    'desk.list',
    isFindable(q)
      ? { companyId, q: q.trim(), tab: 'all', limit: 20 }
      : { companyId, typeId, states: 'open', sort: 'newest', tab: 'all', limit: 50 },
    { keepOld: true },
  )
