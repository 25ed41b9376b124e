import { useRead } from '../api/query'
import type { Company, Me } from '../api/types'

/** The companies that this person sees, in the portal's order. */
export function useCompanies(me: Me): readonly Company[] {
  const portal = useRead('portal.describe', {})
  const all = portal.data?.companies ?? []
  return me.companies === null ? all : all.filter((company) => me.companies?.includes(company.id))
}
