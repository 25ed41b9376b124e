import type { z } from 'zod'
import { companyOf } from '../../core/config/companies'
import type { Ctx } from '../../platforms/context'
import { presentOutlet } from './present'
import type { outletsOperations } from './schema'
import { openOutlets } from './store'

/** Every outlet in use, for anybody. Where somebody is, is neither asked nor known here. */
export async function listOutlets(
  ctx: Ctx,
  { companyId }: { companyId?: string | undefined },
): Promise<z.input<(typeof outletsOperations)['outlets.list']['output']>> {
  const companies = companyId === undefined ? ctx.config.companies : [companyOf(ctx, companyId)]
  const rows = await openOutlets(
    ctx.db.reader,
    companies.map(({ id }) => id),
  )
  return { asOf: ctx.clock.now(), outlets: rows.map((row) => presentOutlet(ctx, row)) }
}
