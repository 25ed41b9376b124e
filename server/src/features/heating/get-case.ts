import type { Ctx } from '../../platforms/context'
import { ownCase } from './own-case'
import { presentCase } from './present'
import type { CaseView } from './schema'

/** One case of my household. Errors: not_found. */
export async function getCase(ctx: Ctx, input: { readonly caseId: string }): Promise<CaseView> {
  return presentCase(ctx.db.reader, ctx, await ownCase(ctx, input.caseId))
}
