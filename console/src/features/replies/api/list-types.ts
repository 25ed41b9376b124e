import { useRead } from '../../../api/query'

export const useTypesOf = (companyId: string | null) =>
  useRead('catalogue.read', companyId === null ? null : { companyId })
