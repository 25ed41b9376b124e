import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { presentTitle } from './buyer'
import type { TitleView } from './schema'
import { titlesOf } from './title-store'

/** The titles that I keep, the default first. */
export async function listTitles(ctx: Ctx): Promise<{ items: TitleView[]; most: number }> {
  const { reader } = ctx.db
  const rows = await titlesOf(reader, await residentAliases(reader, residentOf(ctx).id))
  return { items: rows.map((row) => presentTitle(ctx, row)), most: ctx.config.invoices.titlesPerResident }
}
