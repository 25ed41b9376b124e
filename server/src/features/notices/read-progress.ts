import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { bulkProgress } from '../notifications'
import { fanoutOfVersion } from './fan-out-store'
import type { ProgressView } from './schema'
import { deskReach, sees } from './scope'
import { areasOf, findNotice, versionsOf } from './store'

/** How far the newest version that was said has been carried; null while nothing was said. Errors: not_found. */
export async function readProgress(
  ctx: Ctx,
  input: { readonly noticeId: string },
): Promise<{ progress: ProgressView | null }> {
  const { reader } = ctx.db
  const reach = await deskReach(ctx)
  const notice = await findNotice(reader, input.noticeId)
  if (!notice || !sees(reach, notice, await areasOf(reader, [notice.id]))) throw new AppError('not_found')
  const said = (await versionsOf(reader, [notice.id])).findLast(({ bulkId }) => bulkId !== null)
  if (!said || said.bulkId === null) return { progress: null }
  const fanout = await fanoutOfVersion(reader, notice.id, said.version)
  const bulk = await bulkProgress(reader, ctx, said.bulkId)
  if (!bulk) return { progress: null }
  const { final } = bulk
  const isSpreading = fanout?.state === 'running' && bulk.state !== 'stopped'
  return {
    progress: {
      version: said.version,
      state: isSpreading ? 'spreading' : bulk.state === 'spreading' ? 'sending' : bulk.state,
      // Once the list is whole it is what it is: a correction goes to fewer, and who unbound is not on it.
      expected:
        isSpreading || bulk.state === 'stopped' ? Math.max(fanout?.expected ?? 0, bulk.made) : bulk.made,
      spread: bulk.made,
      waiting: bulk.waiting,
      sent: final.sent,
      inboxOnly: final.inbox,
      unknown: final.unknown,
      failed: final.failed,
      expired: final.expired,
      cancelled: final.cancelled,
      dropped: final.dropped,
      channels: bulk.channels.map((channel) => ({ ...channel })),
      perSecond: bulk.perSecond,
      etaAt: isSpreading ? null : bulk.etaAt,
      asOf: bulk.asOf,
    },
  }
}
