import type { Ctx } from '../../platforms/context'
import type { ServiceType } from '../catalogue'
import { type AffectingNotice, noticesAffecting, subscriptionsAmong } from '../notices'

export interface KnownOutage {
  readonly noticeId: string
  readonly title: string
  readonly until: number | null
  readonly subscribed: boolean
}

/** Whoever reports this soon before a planned stop sees it begin already. */
const EARLY_MS = 30 * 60_000

/** Whether supply is gone by it now; a stop of next week explains nothing today. */
function isUnderWay(
  notice: Pick<AffectingNotice, 'state' | 'cutsSupply' | 'startsAt'>,
  now: number,
): boolean {
  return (
    notice.state === 'live' &&
    notice.cutsSupply === 1 &&
    (notice.startsAt === null || notice.startsAt <= now + EARLY_MS)
  )
}

/** The outages that cover a household now; to which of them a resident (all their ids) has subscribed. */
export async function knownOutages(
  ctx: Ctx,
  householdId: string | null,
  residentIds: readonly string[] = [],
): Promise<readonly KnownOutage[]> {
  if (householdId === null) return []
  const { reader } = ctx.db
  const now = ctx.clock.now()
  const notices = (await noticesAffecting(reader, [householdId])).filter((notice) => isUnderWay(notice, now))
  const subscribed = await subscriptionsAmong(
    reader,
    notices.map(({ id }) => id),
    residentIds,
  )
  return notices.map(({ id, title, endsAt }) => ({
    noticeId: id,
    title,
    until: endsAt,
    subscribed: subscribed.has(id),
  }))
}

/**
 * Those of them that may be behind a request of this type. Whoever complains about a bill is not told about pipes, and
 * a smell of gas is never taken for an outage that is known.
 */
export async function outagesBehind(
  ctx: Ctx,
  type: Pick<ServiceType, 'noSupply' | 'explainedByOutage'>,
  householdId: string | null,
  residentIds: readonly string[] = [],
): Promise<readonly KnownOutage[]> {
  return type.noSupply || type.explainedByOutage ? knownOutages(ctx, householdId, residentIds) : []
}
