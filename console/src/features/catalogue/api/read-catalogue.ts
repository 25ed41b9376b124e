import { useRead } from '../../../api/query'

/** One version whole; the current one without a number. */
export const useCatalogue = (companyId: string, version: number | null) =>
  useRead('catalogue.get', version === null ? { companyId } : { companyId, version })

export const useVersions = (companyId: string) => useRead('catalogue.versions', { companyId })

export const useTeamNames = () => useRead('teams.list', {})
