import { useRead } from '../../../api/query'

/** Requests by number or account number, to merge or link; nothing is asked before something was typed. */
export const useFoundRequests = (companyId: string, q: string) =>
  useRead('desk.list', q.trim().length < 3 ? null : { companyId, q: q.trim(), tab: 'all', limit: 20 }, {
    keepOld: true,
  })
