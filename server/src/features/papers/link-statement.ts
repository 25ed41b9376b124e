import type { Ctx } from '../../platforms/context'
import { readStatement } from './read-statement'
import type { PaperLink } from './schema'
import { linkTo } from './ticket'
import { said } from './words'

/** Errors: as readStatement. */
export async function linkStatement(
  ctx: Ctx,
  input: {
    readonly householdId: string
    readonly from: string
    readonly to: string
    readonly format: 'pdf' | 'xlsx' | 'csv'
  },
): Promise<PaperLink> {
  const { shortAddress, from, to } = await readStatement(ctx, input)
  const { householdId, format } = input
  return linkTo(
    ctx,
    { kind: 'statement', householdId, from, to, format },
    `${said.statement}-${shortAddress}-${from}-${to}`,
  )
}
