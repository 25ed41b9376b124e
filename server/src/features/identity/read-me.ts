import { type Ctx, residentOf } from '../../platforms/context'
import { describeMe } from './present'
import type { Me } from './schema'

/** Who the resident that asks is to the portal. */
export async function readMe(ctx: Ctx): Promise<Me> {
  return describeMe(ctx, residentOf(ctx))
}
