import type { Reader } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { noticesAffecting } from './affecting'
import { deskReach, sees } from './scope'
import { areasOf, findNotice } from './store'

/** Whether a live notice covers this household, by a knot of either tree or by name, or else this place. */
export async function coversPlace(
  reader: Reader,
  noticeId: string,
  at: { readonly householdId: string | null; readonly areaPath: string },
): Promise<boolean> {
  if (at.householdId !== null) {
    const covering = await noticesAffecting(reader, [at.householdId])
    return covering.some(({ id }) => id === noticeId)
  }
  return (await areasOf(reader, [noticeId])).some(({ path }) => at.areaPath.startsWith(path))
}

/** Whether the notice is one that this person reads on the desk. */
export async function mayRead(ctx: Ctx, noticeId: string): Promise<boolean> {
  const { reader } = ctx.db
  const notice = await findNotice(reader, noticeId)
  return notice !== null && sees(await deskReach(ctx), notice, await areasOf(reader, [noticeId]))
}
