import type { Ctx } from '../../platforms/context'
import { deskCompanies } from './desk-scope'
import { presentForDesk } from './present'
import type { DeskOutlet } from './schema'
import { outletsOf } from './store'

/** The outlets of my companies, by name. */
export async function listDeskOutlets(ctx: Ctx): Promise<{ outlets: DeskOutlet[] }> {
  const companies = deskCompanies(ctx)
  if (companies.length === 0) return { outlets: [] }
  return { outlets: (await outletsOf(ctx.db.reader, companies)).map(presentForDesk) }
}
