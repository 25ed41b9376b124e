import { type Ctx, staffOf } from '../../platforms/context'
import { presentCall } from './present-call'
import type { CallView } from './schema'
import { seesCall } from './seen'
import { callUnderWay, extensionsOf } from './store'

/** What rings at my telephone or is with me now, and which telephones are mine. */
export async function readMine(
  ctx: Ctx,
): Promise<{ call: CallView | null; extensions: { companyId: string; extension: string }[] }> {
  const staff = staffOf(ctx)
  const { reader } = ctx.db
  const since = ctx.clock.now() - ctx.config.calls.talkingMinutes * 60_000
  const [row, extensions] = await Promise.all([
    callUnderWay(reader, staff.id, since),
    extensionsOf(reader, staff.id),
  ])
  return {
    call: row === null || !seesCall(staff, row) ? null : await presentCall(ctx, row),
    extensions: extensions.map(({ companyId, extension }) => ({ companyId, extension })),
  }
}
