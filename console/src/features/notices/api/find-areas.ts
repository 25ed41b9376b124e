import { useRead } from '../../../api/query'

/** Knots of one tree by their name. */
export const useFoundAreas = (companyId: string, tree: 'place' | 'supply', q: string) =>
  useRead('notices.areas', q.trim() === '' ? null : { companyId, tree, q: q.trim() }, { keepOld: true })
