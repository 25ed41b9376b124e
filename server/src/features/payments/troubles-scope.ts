import { type Ctx, staffOf } from '../../platforms/context'

/** Whose troubles this person sees. Money is kept by company and not by area. */
export interface TroublesScope {
  readonly companies: readonly string[]
  /** Also what belongs to no company: jobs, and money of orders that we cannot name a company for. */
  readonly isWholePortal: boolean
}

/** Null when nothing can be seen: by whoever sees some areas only, or asks for a company that is not theirs. */
export function troublesScope(ctx: Ctx, companyId?: string): TroublesScope | null {
  const { companies, areaPaths } = staffOf(ctx)
  if (areaPaths !== null) return null
  const all = ctx.config.companies.map(({ id }) => id)
  const mine = companies === null ? all : all.filter((id) => companies.includes(id))
  const seen = companyId === undefined ? mine : mine.filter((id) => id === companyId)
  if (seen.length === 0) return null
  return { companies: seen, isWholePortal: companies === null && companyId === undefined }
}
