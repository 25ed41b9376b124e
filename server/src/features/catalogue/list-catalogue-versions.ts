import type { z } from 'zod'
import type { Ctx } from '../../platforms/context'
import { currentCatalogue } from './current-catalogue'
import type { catalogueOperations } from './schema'
import { assertCompanyInScope } from './scope'
import { listVersions } from './store'

const MOST_SHOWN = 200

/** The versions of a company's catalogue, newest first; the first one is made when nobody has asked before. */
export async function listCatalogueVersions(
  ctx: Ctx,
  input: { companyId: string },
): Promise<z.input<(typeof catalogueOperations)['catalogue.versions']['output']>> {
  assertCompanyInScope(ctx, input.companyId)
  await currentCatalogue(ctx, input.companyId)
  const rows = await listVersions(ctx.db.reader, input.companyId, MOST_SHOWN)
  return {
    versions: rows.map((row) => ({
      version: row.version,
      at: Number(row.createdAt),
      byName: row.byName,
      note: row.note,
    })),
  }
}
