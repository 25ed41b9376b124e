import type { Ctx } from '../../platforms/context'
import { codeFaceOf } from '../households'
import { residentAliases } from '../identity'
import { proxyAt } from './store'

/** For whom the resident acts in a household now, masked, as a request names them; null when for themselves. */
export async function actsFor(ctx: Ctx, residentId: string, householdId: string): Promise<string | null> {
  const { reader } = ctx.db
  const residentIds = await residentAliases(reader, residentId)
  const proxy = await proxyAt(reader, { residentIds, householdId, at: ctx.clock.now() })
  if (proxy === null) return null
  return (await codeFaceOf(ctx, householdId))?.ownerNameMasked ?? null
}
