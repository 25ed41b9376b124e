import { useRead } from '../../../api/query'

export const useCounts = (companyId: string | undefined) =>
  useRead('desk.counts', companyId === undefined ? {} : { companyId }, { keepOld: true, refetchMs: 60_000 })
