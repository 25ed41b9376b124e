import type { Ctx } from '../../platforms/context'
import { readReport } from './read-report'
import type { PaperLink } from './schema'
import { linkTo } from './ticket'
import { said } from './words'

/** Errors: as readReport. */
export async function linkReport(
  ctx: Ctx,
  input: { readonly householdId: string; readonly months: number; readonly format: 'xlsx' | 'csv' },
): Promise<PaperLink> {
  const { shortAddress } = await readReport(ctx, input)
  return linkTo(ctx, { kind: 'report', ...input }, `${said.report}-${shortAddress}`)
}
