import { useRead } from '../../../api/query'

/** Households in my scope by account number or address; asked only with four characters or more. */
export const useHouseholds = (companyId: string, q: string) =>
  useRead('desk.findHousehold', q.trim().length < 4 ? null : { companyId, q: q.trim() })
