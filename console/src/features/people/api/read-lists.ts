import { useQueries } from '@tanstack/react-query'
import { read } from '../../../api/client'
import { useRead } from '../../../api/query'

export const useTeams = () => useRead('teams.list', {})

/** Skills that the companies' types ask for. */
export function useSkills(companyIds: readonly string[]): string[] {
  const catalogues = useQueries({
    queries: companyIds.map((companyId) => ({
      queryKey: ['catalogue.get', { companyId }],
      queryFn: ({ signal }: { signal: AbortSignal }) => read('catalogue.get', { companyId }, { signal }),
      staleTime: 5 * 60_000,
    })),
  })
  const skills = catalogues.flatMap(({ data }) => data?.body.types.flatMap(({ skill }) => skill ?? []) ?? [])
  return [...new Set(skills)].sort()
}
