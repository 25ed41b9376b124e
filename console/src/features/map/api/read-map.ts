import { useRead } from '../../../api/query'

/** Places change while people drive; live news refreshes it sooner. */
export const useMap = (companyId: string | null) =>
  useRead('map.read', companyId === null ? null : { companyId }, { keepOld: true, refetchMs: 30_000 })
