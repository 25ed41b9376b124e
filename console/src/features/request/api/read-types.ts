import { useRead } from '../../../api/query'

/** What can be reported to a company. */
export const useTypes = (companyId: string) => useRead('catalogue.read', { companyId })
