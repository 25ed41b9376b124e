import type { Ctx } from '../../platforms/context'
import { troublesScope } from './troubles-scope'
import { countTroublesIn } from './troubles-store'

const NONE = { exception: 0, posting: 0, refund: 0, job: 0 }

/** How much of each kind is open in my companies, counted up to 999. */
export async function countTroubles(ctx: Ctx): Promise<typeof NONE> {
  const scope = troublesScope(ctx)
  return scope ? countTroublesIn(ctx.db.reader, scope) : NONE
}
