import type { z } from 'zod'
import type { Ctx } from '../../platforms/context'
import { calendars } from './calendar-files'
import { catalogueVersion, currentCatalogue } from './current-catalogue'
import type { catalogueOperations } from './schema'
import { assertCompanyInScope } from './scope'

/** One version whole, for the console: the current one unless a number is given. Errors: not_found. */
export async function getCatalogue(
  ctx: Ctx,
  input: { companyId: string; version?: number | undefined },
): Promise<z.input<(typeof catalogueOperations)['catalogue.get']['output']>> {
  assertCompanyInScope(ctx, input.companyId)
  const current = await currentCatalogue(ctx, input.companyId)
  const wanted =
    input.version === undefined || input.version === current.version
      ? current
      : await catalogueVersion(ctx, input.companyId, input.version)
  return { companyId: input.companyId, ...wanted, calendars: [...calendars().byName.keys()] }
}
